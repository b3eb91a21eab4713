using Vedette.ML.Binning;

namespace Vedette.ML.Forests;

/// <summary>How a <see cref="RandomForestClassifier"/> is grown.</summary>
public sealed record RandomForestClassifierOptions
{
    /// <summary>Number of trees. Default 100.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Most splits between the root and a leaf. Default 15.</summary>
    public int MaxDepth { get; init; } = 15;

    /// <summary>Least number of rows in a leaf, repetitions counted. Default 1.</summary>
    public int MinRowsInLeaf { get; init; } = 1;

    /// <summary>Features tried at each split; null, the default, for the square root of their number.</summary>
    public int? FeaturesPerSplit { get; init; }

    /// <summary>Whether each tree sees as many rows as there are, drawn with repetition; otherwise all rows once. Default true.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>How rows of the two classes are weighted. Default <see cref="ClassWeighting.Uniform"/>.</summary>
    public ClassWeighting Weighting { get; init; }

    /// <summary>Weight of rows labelled 1 relative to those labelled 0, on top of <see cref="Weighting"/>. Default 1.</summary>
    public double PositiveWeight { get; init; } = 1;

    /// <summary>Whether every row is also predicted by the trees that did not see it. Needs <see cref="Bootstrap"/>. Default false.</summary>
    public bool OutOfBag { get; init; }

    /// <summary>Most bins per feature, missing values aside. Default 255.</summary>
    public int MaxBins { get; init; } = BinMapper.MostBins;

    /// <summary>Seed of every random choice. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads used to fit; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems(int featureCount)
    {
        if (Trees is < 1 or > 10_000) yield return $"Trees is {Trees}; it must be 1 to 10000.";
        if (MaxDepth is < 1 or > 64) yield return $"MaxDepth is {MaxDepth}; it must be 1 to 64.";
        if (MinRowsInLeaf < 1) yield return $"MinRowsInLeaf is {MinRowsInLeaf}; it must be positive.";
        if (FeaturesPerSplit is { } tried && (tried < 1 || tried > featureCount))
            yield return $"FeaturesPerSplit is {FeaturesPerSplit}; it must be 1 to {featureCount}, the number of features.";
        if (!Enum.IsDefined(Weighting)) yield return $"Weighting is {Weighting}, which is none.";
        if (!(PositiveWeight > 0 && double.IsFinite(PositiveWeight))) yield return $"PositiveWeight is {PositiveWeight}; it must be positive.";
        if (OutOfBag && !Bootstrap) yield return "OutOfBag needs Bootstrap: without it no row is out of a bag.";
        if (MaxBins is < 2 or > BinMapper.MostBins) yield return $"MaxBins is {MaxBins}; it must be 2 to {BinMapper.MostBins}.";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}

/// <summary>Weights of the two classes.</summary>
public enum ClassWeighting
{
    /// <summary>Every row counts alike.</summary>
    Uniform,

    /// <summary>Each class counts as much as the other, however many rows it has.</summary>
    Balanced,
}
