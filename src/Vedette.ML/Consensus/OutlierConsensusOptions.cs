namespace Vedette.ML.Consensus;

/// <summary>How an <see cref="OutlierConsensus"/> is fitted. There is nothing to tune per table.</summary>
public sealed record OutlierConsensusOptions
{
    /// <summary>
    /// Rows that neighbours, densities and tails are taken from; a random sample if the table has more. Default 10 000. Time to score grows with it.
    /// </summary>
    public int MaxReferenceRows { get; init; } = 10_000;

    /// <summary>Seed of every random choice. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads used; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (MaxReferenceRows is < 100 or > 1_000_000) yield return $"MaxReferenceRows is {MaxReferenceRows}; it must be 100 to 1000000.";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}
