namespace Vedette.ML.Clustering;

/// <summary>What <see cref="Dbscan"/> calls dense.</summary>
public sealed record DbscanOptions
{
    /// <summary>Radius of a row's surroundings, in the units of the (scaled) columns. Default 0.5.</summary>
    public float Radius { get; init; } = 0.5f;

    /// <summary>Rows within the radius, itself included, that make a row a core of a cluster. Default 5.</summary>
    public int MinRows { get; init; } = 5;

    internal IEnumerable<string> Problems()
    {
        if (!(Radius > 0) || !float.IsFinite(Radius * Radius)) yield return $"Radius is {Radius}; it must be positive and its square finite.";
        if (MinRows < 1) yield return $"MinRows is {MinRows}; it must be at least 1.";
    }
}
