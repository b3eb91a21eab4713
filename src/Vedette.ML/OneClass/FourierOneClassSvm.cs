using System.Numerics.Tensors;
using Vedette.ML.Files;

namespace Vedette.ML.OneClass;

/// <summary>One-class support vector machine with a radial kernel, approximated in time linear in the number of rows.</summary>
/// <remarks>
/// The problem of <see cref="OneClassSvm"/> in the space of <see cref="RandomCosines"/>: min ν/2‖w‖² − νρ + mean(max(0, ρ − w·z)), by averaged
/// stochastic gradient (S. Shalev-Shwartz et al., "Pegasos", ICML 2007; suffix averaging by A. Rakhlin, O. Shamir, K. Sridharan, ICML 2012). ρ is
/// then the ν-quantile of w·z over the rows, which is its optimum for that w. Fit is O(steps·components·features), a score O(components·features).
/// The columns should be scaled alike. Immutable once fitted; scoring is thread-safe.
/// </remarks>
public sealed class FourierOneClassSvm : IOutlierModel
{
    internal const string Kind = "fourier_one_class_svm/1";
    private const int MaxOffsetRows = 20_000;

    private readonly RandomCosines _cosines;
    private readonly float[] _weights;
    private readonly float _offset;

    private FourierOneClassSvm(RandomCosines cosines, float[] weights, float offset) => (_cosines, _weights, _offset) = (cosines, weights, offset);

    public int FeatureCount => _cosines.FeatureCount;

    /// <summary>Finds the boundary.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Share of rows outside, kernel and effort.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, a value is not finite, or an option is out of range.</exception>
    public static FourierOneClassSvm Fit(ReadOnlySpan<float> rows, int featureCount, FourierOneClassSvmOptions options)
    {
        Options.Check(options.Problems());
        int count = Shape.RowCount(rows, featureCount);
        Shape.CheckFinite(rows, featureCount);
        var random = SeededRandom.Fork(options.Seed, 0);
        var cosines = RandomCosines.Draw(featureCount, options.Components, Gammas.Choose(options.Gamma, options.GammaRule, rows, featureCount), ref random);
        float[] weights = Descend(rows, count, cosines, options, ref random);
        return new FourierOneClassSvm(cosines, weights, Offset(rows, count, cosines, weights, options.Nu));
    }

    /// <summary>Scores each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>), finite.</param>
    /// <param name="scores">Receives one number per row: above 0 outside the boundary, below 0 inside.</param>
    /// <exception cref="ArgumentException">The two shapes disagree, or a value is not finite.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        Shape.CheckFinite(rows, FeatureCount);
        float[] mapped = new float[_cosines.ComponentCount];
        for (int row = 0; row < scores.Length; row++)
        {
            _cosines.Map(rows.Slice(row * FeatureCount, FeatureCount), mapped);
            scores[row] = _offset - TensorPrimitives.Dot<float>(mapped, _weights);
        }
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(FeatureCount);
        writer.Write(_offset);
        writer.Write<float>(_weights);
        writer.Write(_cosines.Phases);
        writer.Write(_cosines.Directions);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static FourierOneClassSvm Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int featureCount = reader.ReadInt32(1, int.MaxValue);
        float offset = reader.ReadSingle();
        float[] weights = reader.ReadArray<float>();
        float[] phases = reader.ReadArray<float>(weights.Length);
        float[] directions = reader.ReadArray<float>();
        if (weights.Length == 0 || directions.LongLength != (long)weights.Length * featureCount)
            throw new InvalidDataException("The model file's directions and weights do not fit each other.");
        return new FourierOneClassSvm(new RandomCosines(directions, phases), weights, offset);
    });

    private static float[] Descend(ReadOnlySpan<float> rows, int count, RandomCosines cosines, FourierOneClassSvmOptions options, ref SeededRandom random)
    {
        int components = cosines.ComponentCount;
        int features = cosines.FeatureCount;
        double nu = options.Nu;
        float[] weights = new float[components];
        float[] mapped = new float[components];
        double[] average = new double[components];
        double offset = 0;
        int averaged = 0;
        for (int step = 1; step <= options.Steps; step++)
        {
            cosines.Map(rows.Slice(random.Next(count) * features, features), mapped);
            bool outside = step == 1 || TensorPrimitives.Dot<float>(weights, mapped) < offset;
            double rate = 1 / (nu * (step + 1));
            TensorPrimitives.Multiply(weights, (float)(1 - rate * nu), weights);
            if (outside) TensorPrimitives.MultiplyAdd(mapped, (float)rate, weights, weights);
            offset += rate * (nu - (outside ? 1 : 0));
            if (step <= options.Steps / 2) continue;
            averaged++;
            for (int i = 0; i < components; i++) average[i] += weights[i];
        }
        for (int i = 0; i < components; i++) weights[i] = (float)(average[i] / averaged);
        return weights;
    }

    private static float Offset(ReadOnlySpan<float> rows, int count, RandomCosines cosines, float[] weights, double nu)
    {
        int stride = (count + MaxOffsetRows - 1) / MaxOffsetRows;
        float[] margins = new float[(count + stride - 1) / stride];
        float[] mapped = new float[weights.Length];
        for (int i = 0; i < margins.Length; i++)
        {
            cosines.Map(rows.Slice(i * stride * cosines.FeatureCount, cosines.FeatureCount), mapped);
            margins[i] = TensorPrimitives.Dot<float>(weights, mapped);
        }
        Array.Sort(margins);
        return margins[Math.Min(margins.Length - 1, (int)(nu * margins.Length))];
    }
}
