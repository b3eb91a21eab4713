namespace Vedette.ML.Isolation;

/// <summary>How an <see cref="ExtendedIsolationForest"/> is grown.</summary>
public sealed record ExtendedIsolationForestOptions
{
    /// <summary>Number of trees. Default 100.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Rows drawn, without repetition, for each tree; all rows if there are fewer. Default 256.</summary>
    public int SampleSize { get; init; } = 256;

    /// <summary>
    /// Features in a split beyond the first: 0 cuts along axes like the plain forest, null, the default, takes all features (the paper's full extension).
    /// </summary>
    public int? ExtensionLevel { get; init; }

    /// <summary>Most splits between the root and a leaf; null, the default, for ⌈log₂ sample size⌉.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Seed of every random choice. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads used to fit; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems(int featureCount)
    {
        if (Trees is < 1 or > 10_000) yield return $"Trees is {Trees}; it must be 1 to 10000.";
        if (SampleSize is < 1 or > 65_536) yield return $"SampleSize is {SampleSize}; it must be 1 to 65536.";
        if (ExtensionLevel is { } level && (level < 0 || level >= featureCount))
            yield return $"ExtensionLevel is {ExtensionLevel}; it must be 0 to {featureCount - 1}, one less than the features.";
        if (MaxDepth is < 1 or > 64) yield return $"MaxDepth is {MaxDepth}; it must be 1 to 64.";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}
