namespace Vedette.ML.Isolation;

/// <summary>How an <see cref="IsolationForest"/> is grown. The defaults are the paper's.</summary>
public sealed record IsolationForestOptions
{
    /// <summary>Number of trees. Default 100.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Rows drawn, without repetition, for each tree; all rows if there are fewer. Default 256.</summary>
    public int SampleSize { get; init; } = 256;

    /// <summary>Most splits between the root and a leaf; null, the default, for ⌈log₂ sample size⌉, the depth of a balanced tree.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Seed of every random choice. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads used to fit; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Trees is < 1 or > 10_000) yield return $"Trees is {Trees}; it must be 1 to 10000.";
        if (SampleSize is < 1 or > 65_536) yield return $"SampleSize is {SampleSize}; it must be 1 to 65536.";
        if (MaxDepth is < 1 or > 64) yield return $"MaxDepth is {MaxDepth}; it must be 1 to 64.";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}
