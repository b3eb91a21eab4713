using System.Numerics.Tensors;

namespace Vedette.ML.OneClass;

/// <summary>Random features whose dot product approximates the radial kernel.</summary>
/// <remarks>A. Rahimi, B. Recht, "Random Features for Large-Scale Kernel Machines", NIPS 2007, algorithm 1.</remarks>
internal sealed class RandomCosines
{
    private readonly float[] _directions;
    private readonly float[] _phases;
    private readonly float _scale;

    public RandomCosines(float[] directions, float[] phases)
    {
        (_directions, _phases) = (directions, phases);
        _scale = MathF.Sqrt(2f / phases.Length);
    }

    public int FeatureCount => _directions.Length / _phases.Length;

    public int ComponentCount => _phases.Length;

    /// <summary>One row of <see cref="FeatureCount"/> values per component.</summary>
    public ReadOnlySpan<float> Directions => _directions;

    public ReadOnlySpan<float> Phases => _phases;

    public static RandomCosines Draw(int featureCount, int components, double gamma, ref SeededRandom random)
    {
        float[] directions = new float[components * featureCount];
        float[] phases = new float[components];
        double deviation = Math.Sqrt(2 * gamma);
        foreach (ref float value in directions.AsSpan()) value = (float)(deviation * random.NextGaussian());
        foreach (ref float value in phases.AsSpan()) value = (float)(2 * Math.PI * random.NextDouble());
        return new RandomCosines(directions, phases);
    }

    /// <summary>Maps one row to <see cref="ComponentCount"/> values.</summary>
    public void Map(ReadOnlySpan<float> row, Span<float> mapped)
    {
        for (int i = 0; i < mapped.Length; i++)
            mapped[i] = TensorPrimitives.Dot(row, _directions.AsSpan(i * row.Length, row.Length)) + _phases[i];
        // Far from the origin the arguments outgrow what the vectorised cosine reduces accurately; one turn less or more is the same angle.
        foreach (ref float angle in mapped) angle -= MathF.Round(angle / MathF.Tau) * MathF.Tau;
        TensorPrimitives.Cos(mapped, mapped);
        TensorPrimitives.Multiply(mapped, _scale, mapped);
    }
}
