using System.Numerics.Tensors;
using Vedette.ML.Files;

namespace Vedette.ML.OneClass;

/// <summary>One-class support vector machine: a row outside the smallest region that holds a given share of the rows is anomalous.</summary>
/// <remarks>
/// B. Schölkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola, R. C. Williamson, "Estimating the Support of a High-Dimensional Distribution",
/// Neural Computation 13(7), 2001. Exact, as libsvm is: fit is O(rows²·features) to O(rows³) and meant for up to some ten thousand rows, beyond which
/// <see cref="FourierOneClassSvm"/> approximates it in linear time; a score is O(support vectors·features). The columns should be scaled alike.
/// Immutable once fitted; scoring is thread-safe.
/// </remarks>
public sealed class OneClassSvm : IOutlierModel
{
    internal const string Kind = "one_class_svm/1";

    private readonly KernelMatrix _kernel;
    private readonly float[] _vectors;
    private readonly float[] _weights;
    private readonly SvmKernel _kind;
    private readonly double _gamma;
    private readonly double _offset;

    private OneClassSvm(float[] vectors, float[] weights, int featureCount, SvmKernel kind, double gamma, double offset)
    {
        (_vectors, _weights, _kind, _gamma, _offset) = (vectors, weights, kind, gamma, offset);
        _kernel = new KernelMatrix(vectors, featureCount, kind, gamma);
    }

    public int FeatureCount => _kernel.FeatureCount;

    public int SupportVectorCount => _weights.Length;

    /// <summary>Finds the region.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Share of rows outside, and kernel.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, a value is not finite, or an option is out of range.</exception>
    public static OneClassSvm Fit(ReadOnlySpan<float> rows, int featureCount, OneClassSvmOptions options)
    {
        Options.Check(options.Problems());
        int count = Shape.RowCount(rows, featureCount);
        Shape.CheckFinite(rows, featureCount);
        double gamma = Gammas.Choose(options.Gamma, options.GammaRule, rows, featureCount);
        var solver = new OneClassSolver(new KernelMatrix(rows.ToArray(), featureCount, options.Kernel, gamma), options.Nu, options.CacheBytes);
        double offset = solver.Solve(options.Tolerance);
        var vectors = new List<float>();
        var weights = new List<float>();
        for (int i = 0; i < count; i++)
        {
            if (solver.Alpha[i] <= 0) continue;
            weights.Add((float)solver.Alpha[i]);
            vectors.AddRange(rows.Slice(i * featureCount, featureCount));
        }
        return new OneClassSvm([.. vectors], [.. weights], featureCount, options.Kernel, gamma, offset);
    }

    /// <summary>Scores each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>), finite.</param>
    /// <param name="scores">Receives one number per row: above 0 outside the region, below 0 inside. scikit-learn's <c>decision_function</c> negated.</param>
    /// <exception cref="ArgumentException">The two shapes disagree, or a value is not finite.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        Shape.CheckFinite(rows, FeatureCount);
        float[] similarities = new float[_weights.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            _kernel.Fill(rows.Slice(row * FeatureCount, FeatureCount), similarities);
            scores[row] = (float)(_offset - TensorPrimitives.Dot<float>(similarities, _weights));
        }
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(FeatureCount);
        writer.Write((int)_kind);
        writer.Write(_gamma);
        writer.Write(_offset);
        writer.Write<float>(_weights);
        writer.Write<float>(_vectors);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static OneClassSvm Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int featureCount = reader.ReadInt32(1, int.MaxValue);
        var kernel = (SvmKernel)reader.ReadInt32(0, 1);
        double gamma = reader.ReadDouble();
        double offset = reader.ReadDouble();
        float[] weights = reader.ReadArray<float>();
        float[] vectors = reader.ReadArray<float>();
        if (weights.Length == 0 || vectors.LongLength != (long)weights.Length * featureCount)
            throw new InvalidDataException("The model file's support vectors and weights do not fit each other.");
        return new OneClassSvm(vectors, weights, featureCount, kernel, gamma, offset);
    });
}
