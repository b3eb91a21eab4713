using System.Numerics.Tensors;

namespace Vedette.ML.OneClass;

/// <summary>Similarities between a fixed set of rows and others, computed row by row.</summary>
internal sealed class KernelMatrix
{
    private readonly float[] _rows;
    private readonly float[] _squaredNorms;
    private readonly SvmKernel _kernel;
    private readonly float _gamma;

    public KernelMatrix(float[] rows, int featureCount, SvmKernel kernel, double gamma)
    {
        (_rows, FeatureCount, _kernel, _gamma) = (rows, featureCount, kernel, (float)gamma);
        _squaredNorms = new float[rows.Length / featureCount];
        for (int i = 0; i < _squaredNorms.Length; i++) _squaredNorms[i] = TensorPrimitives.SumOfSquares(Row(i));
    }

    public int FeatureCount { get; }

    public int RowCount => _squaredNorms.Length;

    public ReadOnlySpan<float> Row(int row) => _rows.AsSpan(row * FeatureCount, FeatureCount);

    /// <summary>The similarity of row <paramref name="row"/> to itself.</summary>
    public float Diagonal(int row) => _kernel == SvmKernel.Rbf ? 1 : _squaredNorms[row];

    /// <summary>The similarity of <paramref name="query"/> to every row.</summary>
    public void Fill(ReadOnlySpan<float> query, Span<float> similarities)
    {
        for (int i = 0; i < similarities.Length; i++) similarities[i] = TensorPrimitives.Dot(query, Row(i));
        if (_kernel == SvmKernel.Linear) return;
        float norm = TensorPrimitives.SumOfSquares(query);
        for (int i = 0; i < similarities.Length; i++)
            similarities[i] = -_gamma * MathF.Max(0, norm + _squaredNorms[i] - 2 * similarities[i]);
        TensorPrimitives.Exp(similarities, similarities);
    }
}
