namespace Vedette.ML.Subspace;

/// <summary>How <see cref="PrincipalComponents"/> finds centre and axes.</summary>
public sealed record PrincipalComponentsOptions
{
    /// <summary>
    /// Share of the rows, the most central ones, that centre and axes are taken from: 1, the default, for the classical estimate; 0.75 for one that a
    /// quarter of outliers cannot distort.
    /// </summary>
    public double CentralShare { get; init; } = 1;

    /// <summary>Share of the mean variance added along every axis, so that nearly dependent columns do not rule the distance. Default 0.</summary>
    public double Shrinkage { get; init; }

    /// <summary>Most rounds of choosing the central rows anew. Default 10.</summary>
    public int MaxRounds { get; init; } = 10;

    internal IEnumerable<string> Problems()
    {
        if (CentralShare is not (>= 0.5 and <= 1)) yield return $"CentralShare is {CentralShare}; it must be 0.5 to 1.";
        if (Shrinkage is not (>= 0 and <= 1)) yield return $"Shrinkage is {Shrinkage}; it must be 0 to 1.";
        if (MaxRounds is < 1 or > 100) yield return $"MaxRounds is {MaxRounds}; it must be 1 to 100.";
    }
}
