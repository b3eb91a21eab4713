namespace Vedette.ML.Clustering;

/// <summary>How <see cref="KMeans"/> searches.</summary>
public sealed record KMeansOptions
{
    /// <summary>Number of clusters; fewer are found if there are fewer distinct rows. Default 8.</summary>
    public int Clusters { get; init; } = 8;

    /// <summary>Independent starts, of which the best is kept. Default 10.</summary>
    public int Restarts { get; init; } = 10;

    /// <summary>Most rounds per start. Default 300.</summary>
    public int MaxIterations { get; init; } = 300;

    /// <summary>Stops when the centers together move less than this share of the columns' mean variance, squared. Default 0.0001.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Seed of the starts. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most threads used to fit; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Clusters is < 1 or > 100_000) yield return $"Clusters is {Clusters}; it must be 1 to 100000.";
        if (Restarts is < 1 or > 1000) yield return $"Restarts is {Restarts}; it must be 1 to 1000.";
        if (MaxIterations is < 1 or > 100_000) yield return $"MaxIterations is {MaxIterations}; it must be 1 to 100000.";
        if (!(Tolerance is >= 0 and < 1)) yield return $"Tolerance is {Tolerance}; it must be in [0, 1).";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}
