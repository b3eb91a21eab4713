namespace Vedette.ML.Boosting;

/// <summary>What the boosters' options come down to.</summary>
internal sealed record BoostingPlan
{
    public required BoostingObjective Objective { get; init; }

    public required int Rounds { get; init; }

    public required GrowthLimits Limits { get; init; }

    public int MaxBins { get; init; } = Binning.BinMapper.MostBins;

    public double RowFraction { get; init; } = 1;

    public double ColumnFraction { get; init; } = 1;

    public double PositiveWeight { get; init; } = 1;

    /// <summary>One-sided sampling, or null.</summary>
    public GradientSampling? Sampling { get; init; }

    /// <summary>Rounds without a better validation loss after which fitting ends.</summary>
    public int EarlyStoppingRounds { get; init; } = int.MaxValue;

    public required ulong Seed { get; init; }

    public required int MaxThreads { get; init; }
}

/// <summary>Gradient-based one-side sampling (algorithm 2 of Ke et al.): rows of large gradient stay, a share of the others stands for all of them.</summary>
internal sealed record GradientSampling(double TopFraction, double OtherFraction);
