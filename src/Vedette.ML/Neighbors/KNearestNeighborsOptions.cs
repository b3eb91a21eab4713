namespace Vedette.ML.Neighbors;

/// <summary>Which distance <see cref="KNearestNeighbors"/> reports.</summary>
public enum NeighborDistance
{
    /// <summary>To the k-th neighbour.</summary>
    Kth,

    /// <summary>The mean over the k nearest.</summary>
    Mean,
}

/// <summary>How far <see cref="KNearestNeighbors"/> looks.</summary>
public sealed record KNearestNeighborsOptions
{
    /// <summary>Number of neighbours; all other rows if there are fewer. Default 5.</summary>
    public int Neighbors { get; init; } = 5;

    /// <summary>The distance that is the score. Default <see cref="NeighborDistance.Kth"/>.</summary>
    public NeighborDistance Distance { get; init; }

    /// <summary>Most threads used; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Neighbors is < 1 or > 10_000) yield return $"Neighbors is {Neighbors}; it must be 1 to 10000.";
        if (!Enum.IsDefined(Distance)) yield return $"Distance is {Distance}, which is none of the known kinds.";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}
