using Vedette.ML.Files;
using Vedette.ML.Preprocessing;

namespace Vedette.Engine.Learning;

/// <summary>Brings rows to the scale of the traffic they come from: logarithm, then mean 0 and standard deviation 1, kept within ±<see cref="Limit"/>.</summary>
/// <remarks>
/// Counts and sizes have long tails, which the logarithm sign(x)·ln(1 + |x|) draws in. Each stream of traffic has a scale of its own, so what a model learnt about a busy shop holds
/// for a quiet bank: it has learnt how far from ordinary a window is. Immutable, thread-safe.
/// </remarks>
internal sealed class FeatureScale
{
    public const float Limit = 10;

    private readonly StandardScaler _scaler;

    private FeatureScale(StandardScaler scaler) => _scaler = scaler;

    public int FeatureCount => _scaler.FeatureCount;

    public StandardScaler Scaler => _scaler;

    public static FeatureScale Fit(ReadOnlySpan<float> rows, int featureCount)
    {
        float[] logs = new float[rows.Length];
        Compress(rows, logs);
        return new FeatureScale(StandardScaler.Fit(logs, featureCount));
    }

    /// <summary>Scales rows; both spans may be the same memory.</summary>
    public void Apply(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        Compress(rows, scaled);
        _scaler.Transform(scaled, scaled);
        foreach (ref float value in scaled) value = Math.Clamp(value, -Limit, Limit);
    }

    public void Write(ModelWriter writer) => writer.WriteNested(_scaler.Save);

    public static FeatureScale Read(ModelReader reader, int featureCount)
    {
        var scaler = reader.ReadNested(StandardScaler.Load);
        if (scaler.FeatureCount != featureCount) throw new InvalidDataException($"The model file's scale has {scaler.FeatureCount} columns; {featureCount} are needed.");
        return new FeatureScale(scaler);
    }

    internal static void Compress(ReadOnlySpan<float> rows, Span<float> logs)
    {
        for (int i = 0; i < rows.Length; i++) logs[i] = MathF.CopySign(float.LogP1(MathF.Abs(rows[i])), rows[i]);
    }
}
