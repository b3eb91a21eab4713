namespace Vedette.Engine.Learning;

/// <summary>How far recent traffic has moved away from what the models were trained on.</summary>
/// <param name="Windows">Recent windows compared.</param>
/// <param name="Score">Population stability index of the consensus score: below 0.1 is usual, above 0.25 a different population.</param>
/// <param name="Features">The same by feature, the furthest first.</param>
public sealed record DriftReport(int Windows, double Score, IReadOnlyList<FeatureDrift> Features)
{
    /// <summary>From this index on a column counts as another population.</summary>
    public const double Moved = 0.25;

    /// <summary>True if the consensus or at least a quarter of the features have moved: time to train again.</summary>
    public bool IsDrifting => Score > Moved || Features.Count(static feature => feature.Psi > Moved) * 4 >= Features.Count;
}

/// <summary>Drift of one feature.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Psi">Population stability index.</param>
public sealed record FeatureDrift(string Name, double Psi);
