namespace Vedette.ML.Neighbors;

/// <summary>How far <see cref="LocalOutlierFactor"/> looks.</summary>
public sealed record LocalOutlierFactorOptions
{
    /// <summary>Number of neighbours (the paper's MinPts); all other rows if there are fewer. Default 20.</summary>
    public int Neighbors { get; init; } = 20;

    /// <summary>Most threads used; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Neighbors is < 1 or > 10_000) yield return $"Neighbors is {Neighbors}; it must be 1 to 10000.";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}
