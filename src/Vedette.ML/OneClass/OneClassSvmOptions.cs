namespace Vedette.ML.OneClass;

/// <summary>The similarity that a one-class machine compares rows by.</summary>
public enum SvmKernel
{
    /// <summary>exp(−γ‖a−b‖²).</summary>
    Rbf,

    /// <summary>The dot product.</summary>
    Linear,
}

/// <summary>How a <see cref="OneClassSvm"/> is fitted. The defaults are scikit-learn's.</summary>
public sealed record OneClassSvmOptions
{
    /// <summary>Upper bound of the share of fitted rows outside the boundary, and lower bound of the share of support vectors. Default 0.5.</summary>
    public double Nu { get; init; } = 0.5;

    /// <summary>Similarity of two rows. Default <see cref="SvmKernel.Rbf"/>.</summary>
    public SvmKernel Kernel { get; init; }

    /// <summary>γ of the radial kernel; null, the default, for <see cref="GammaRule"/>.</summary>
    public double? Gamma { get; init; }

    /// <summary>How γ is chosen when <see cref="Gamma"/> is null. Default <see cref="GammaRule.Scale"/>.</summary>
    public GammaRule GammaRule { get; init; }

    /// <summary>Largest violation of the optimality conditions that is left. Default 0.001.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Memory for rows of the kernel matrix, in bytes. Default 200 MB. The result does not depend on it.</summary>
    public long CacheBytes { get; init; } = 200L << 20;

    internal IEnumerable<string> Problems()
    {
        if (Nu is not (> 0 and <= 1)) yield return $"Nu is {Nu}; it must be above 0 and at most 1.";
        if (!Enum.IsDefined(Kernel)) yield return $"Kernel is {Kernel}, which is none of the known kernels.";
        if (!Enum.IsDefined(GammaRule)) yield return $"GammaRule is {GammaRule}, which is none of the known rules.";
        if (Gamma is { } gamma && !(gamma > 0 && double.IsFinite(gamma))) yield return $"Gamma is {gamma}; it must be positive.";
        if (Tolerance is not (> 0 and < 1)) yield return $"Tolerance is {Tolerance}; it must be between 0 and 1.";
        if (CacheBytes < 0) yield return $"CacheBytes is {CacheBytes}; it must not be negative.";
    }
}
