using Vedette.ML.Binning;

namespace Vedette.ML.Boosting;

/// <summary>How a <see cref="LevelWiseBooster"/> is fitted. The defaults are XGBoost's.</summary>
public sealed record LevelWiseBoosterOptions
{
    /// <summary>What is minimised. Default log loss.</summary>
    public BoostingObjective Objective { get; init; } = BoostingObjective.Logistic;

    /// <summary>Number of trees. Default 100.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Most splits between the root and a leaf. Default 6.</summary>
    public int MaxDepth { get; init; } = 6;

    /// <summary>Factor on each tree's output (η). Default 0.3.</summary>
    public double LearningRate { get; init; } = 0.3;

    /// <summary>L2 penalty on leaf outputs (λ). Default 1.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>L1 penalty on leaf outputs (α). Default 0.</summary>
    public double L1 { get; init; }

    /// <summary>Least sum of hessians in a child. Default 1.</summary>
    public double MinChildWeight { get; init; } = 1;

    /// <summary>Gain a split must exceed (γ), on the reference implementation's scale. Default 0.</summary>
    public double MinGain { get; init; }

    /// <summary>Share of rows drawn, without repetition, for each tree. Default 1.</summary>
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

    internal IEnumerable<string> Problems() =>
    [
        .. BoosterProblems.Of(Objective, Rounds, LearningRate, L1, L2, MinChildWeight, MinGain),
        .. BoosterProblems.OfSampling(RowFraction, ColumnFraction, PositiveWeight, MaxBins, EarlyStoppingRounds, MaxThreads),
        .. MaxDepth is < 1 or > 20 ? [$"MaxDepth is {MaxDepth}; it must be 1 to 20."] : Array.Empty<string>(),
    ];

    internal BoostingPlan ToPlan() => new()
    {
        Objective = Objective,
        Rounds = Rounds,
        Limits = new GrowthLimits
        {
            MaxDepth = MaxDepth,
            MaxLeaves = int.MaxValue,
            L1 = L1,
            L2 = L2,
            MinChildWeight = MinChildWeight,
            MinGain = MinGain,
            LearningRate = LearningRate,
        },
        MaxBins = MaxBins,
        RowFraction = RowFraction,
        ColumnFraction = ColumnFraction,
        PositiveWeight = PositiveWeight,
        EarlyStoppingRounds = EarlyStoppingRounds,
        Seed = Seed,
        MaxThreads = MaxThreads,
    };
}
