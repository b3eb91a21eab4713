namespace Vedette.ML.Linear;

/// <summary>Penalties and limits of a <see cref="LogisticRegression"/>.</summary>
public sealed record LogisticRegressionOptions
{
    /// <summary>Weight of the sum of absolute weights beside the mean loss per row: drives weights to exactly zero. Default 0.</summary>
    public double L1 { get; init; }

    /// <summary>Weight of half the sum of squared weights beside the mean loss per row. Default 0.001. scikit-learn's C is 1/(rows · L2).</summary>
    public double L2 { get; init; } = 1e-3;

    /// <summary>Whether no weight may be negative: a feature can only raise the probability. Default false.</summary>
    public bool NonNegative { get; init; }

    /// <summary>How much a row of each class counts. Default <see cref="ClassWeighting.Uniform"/>.</summary>
    public ClassWeighting Weighting { get; init; }

    /// <summary>Most Newton steps. Default 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Stops when a step promises to lower the objective by less than this share. Default 1e-9.</summary>
    public double Tolerance { get; init; } = 1e-9;

    internal IEnumerable<string> Problems()
    {
        if (!(L1 is >= 0 and <= 1e6)) yield return $"L1 is {L1}; it must be in [0, 1000000].";
        if (!(L2 is >= 0 and <= 1e6)) yield return $"L2 is {L2}; it must be in [0, 1000000].";
        if (!Enum.IsDefined(Weighting)) yield return $"Weighting is {Weighting}; it must be Uniform or Balanced.";
        if (MaxIterations is < 1 or > 100_000) yield return $"MaxIterations is {MaxIterations}; it must be 1 to 100000.";
        if (!(Tolerance is > 0 and < 1)) yield return $"Tolerance is {Tolerance}; it must be in (0, 1).";
    }
}
