namespace Vedette.ML.Boosting;

/// <summary>How a <see cref="GradientBoosting"/> model is fitted. The defaults are scikit-learn's.</summary>
public sealed record GradientBoostingOptions
{
    /// <summary>What is minimised. Default log loss.</summary>
    public BoostingObjective Objective { get; init; } = BoostingObjective.Logistic;

    /// <summary>Number of trees. Default 100.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Most splits between the root and a leaf. Default 3.</summary>
    public int MaxDepth { get; init; } = 3;

    /// <summary>Factor on each tree's output. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Least number of rows in a leaf. Default 1.</summary>
    public int MinRowsInLeaf { get; init; } = 1;

    /// <summary>Share of rows drawn, without repetition, for each tree. Default 1.</summary>
    public double RowFraction { get; init; } = 1;

    /// <summary>Seed of the row sampling. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads used to fit; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(Objective)) yield return $"Objective is {Objective}, which is none.";
        if (Rounds is < 1 or > 100_000) yield return $"Rounds is {Rounds}; it must be 1 to 100000.";
        if (MaxDepth is < 1 or > 20) yield return $"MaxDepth is {MaxDepth}; it must be 1 to 20.";
        if (!(LearningRate is > 0 and <= 1)) yield return $"LearningRate is {LearningRate}; it must be above 0 and at most 1.";
        if (MinRowsInLeaf < 1) yield return $"MinRowsInLeaf is {MinRowsInLeaf}; it must be positive.";
        if (!(RowFraction is > 0 and <= 1)) yield return $"RowFraction is {RowFraction}; it must be above 0 and at most 1.";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}
