namespace Vedette.ML.OneClass;

/// <summary>How a <see cref="FourierOneClassSvm"/> is fitted.</summary>
public sealed record FourierOneClassSvmOptions
{
    /// <summary>Share of the fitted rows left outside the boundary. Default 0.5.</summary>
    public double Nu { get; init; } = 0.5;

    /// <summary>Number of random cosines; the kernel's error falls with its square root. Default 512.</summary>
    public int Components { get; init; } = 512;

    /// <summary>γ of the radial kernel; null, the default, for <see cref="GammaRule"/>.</summary>
    public double? Gamma { get; init; }

    /// <summary>How γ is chosen when <see cref="Gamma"/> is null. Default <see cref="GammaRule.Scale"/>.</summary>
    public GammaRule GammaRule { get; init; }

    /// <summary>Gradient steps; each draws one row. Default 50 000.</summary>
    public int Steps { get; init; } = 50_000;

    /// <summary>Seed of every random choice. Default 0.</summary>
    public ulong Seed { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Nu is not (> 0 and <= 1)) yield return $"Nu is {Nu}; it must be above 0 and at most 1.";
        if (Components is < 1 or > 100_000) yield return $"Components is {Components}; it must be 1 to 100000.";
        if (Gamma is { } gamma && !(gamma > 0 && double.IsFinite(gamma))) yield return $"Gamma is {gamma}; it must be positive.";
        if (!Enum.IsDefined(GammaRule)) yield return $"GammaRule is {GammaRule}, which is none of the known rules.";
        if (Steps is < 1 or > 100_000_000) yield return $"Steps is {Steps}; it must be 1 to 100000000.";
    }
}
