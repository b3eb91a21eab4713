using Vedette.ML.Binning;

namespace Vedette.ML.Boosting;

/// <summary>How a <see cref="LeafWiseBooster"/> is fitted. The defaults are LightGBM's, with one-sided sampling off.</summary>
public sealed record LeafWiseBoosterOptions
{
    /// <summary>What is minimised. Default log loss.</summary>
    public BoostingObjective Objective { get; init; } = BoostingObjective.Logistic;

    /// <summary>Number of trees. Default 100.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Most leaves of a tree. Default 31.</summary>
    public int MaxLeaves { get; init; } = 31;

    /// <summary>Most splits between the root and a leaf; null, the default, for 64.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Factor on each tree's output. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>L2 penalty on leaf outputs. Default 0.</summary>
    public double L2 { get; init; }

    /// <summary>L1 penalty on leaf outputs. Default 0.</summary>
    public double L1 { get; init; }

    /// <summary>Least number of rows in a leaf, estimated from the hessians. Default 20.</summary>
    public int MinRowsInLeaf { get; init; } = 20;

    /// <summary>Least sum of hessians in a leaf. Default 0.001.</summary>
    public double MinChildWeight { get; init; } = 0.001;

    /// <summary>Gain a split must exceed. Default 0.</summary>
    public double MinGain { get; init; }

    /// <summary>Whether trees grow on the rows of large gradient and a sample of the others (GOSS). Default false.</summary>
    public bool OneSidedSampling { get; init; }

    /// <summary>Under one-sided sampling, the share of rows kept for their gradient. Default 0.2.</summary>
    public double TopFraction { get; init; } = 0.2;

    /// <summary>Under one-sided sampling, the share of all rows drawn from the others. Default 0.1.</summary>
    public double OtherFraction { get; init; } = 0.1;

    /// <summary>Share of rows drawn, without repetition, for each tree; must be 1 under one-sided sampling. Default 1.</summary>
    public double RowFraction { get; init; } = 1;

    /// <summary>Share of features drawn for each tree. Default 1.</summary>
    public double ColumnFraction { get; init; } = 1;

    /// <summary>Weight of rows labelled 1 relative to those labelled 0. Default 1.</summary>
    public double PositiveWeight { get; init; } = 1;

    /// <summary>Most bins per feature, missing values aside. Default 255.</summary>
    public int MaxBins { get; init; } = BinMapper.MostBins;

    /// <summary>Rounds without a better validation loss after which fitting ends; used only if validation rows are given. Default 50.</summary>
    public int EarlyStoppingRounds { get; init; } = 50;

    /// <summary>Seed of every random choice. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads used to fit; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems()
    {
        foreach (string problem in BoosterProblems.Of(Objective, Rounds, LearningRate, L1, L2, MinChildWeight, MinGain)) yield return problem;
        foreach (string problem in BoosterProblems.OfSampling(RowFraction, ColumnFraction, PositiveWeight, MaxBins, EarlyStoppingRounds, MaxThreads))
            yield return problem;
        if (MaxLeaves is < 2 or > 65_536) yield return $"MaxLeaves is {MaxLeaves}; it must be 2 to 65536.";
        if (MaxDepth is < 1 or > 64) yield return $"MaxDepth is {MaxDepth}; it must be 1 to 64.";
        if (MinRowsInLeaf < 1) yield return $"MinRowsInLeaf is {MinRowsInLeaf}; it must be positive.";
        if (!OneSidedSampling) yield break;
        if (!(TopFraction > 0 && OtherFraction > 0 && TopFraction + OtherFraction <= 1))
            yield return $"TopFraction {TopFraction} and OtherFraction {OtherFraction} must be positive and add up to 1 at most.";
        if (RowFraction != 1) yield return $"RowFraction is {RowFraction}; under one-sided sampling it must be 1.";
    }

    internal BoostingPlan ToPlan() => new()
    {
        Objective = Objective,
        Rounds = Rounds,
        Limits = new GrowthLimits
        {
            MaxDepth = MaxDepth ?? 64,
            MaxLeaves = MaxLeaves,
            L1 = L1,
            L2 = L2,
            MinChildWeight = MinChildWeight,
            MinRows = MinRowsInLeaf,
            MinGain = MinGain,
            LearningRate = LearningRate,
        },
        MaxBins = MaxBins,
        RowFraction = RowFraction,
        ColumnFraction = ColumnFraction,
        PositiveWeight = PositiveWeight,
        Sampling = OneSidedSampling ? new GradientSampling(TopFraction, OtherFraction) : null,
        EarlyStoppingRounds = EarlyStoppingRounds,
        Seed = Seed,
        MaxThreads = MaxThreads,
    };
}
