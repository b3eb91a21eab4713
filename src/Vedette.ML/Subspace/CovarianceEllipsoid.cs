using System.Numerics.Tensors;

namespace Vedette.ML.Subspace;

/// <summary>Centre and principal axes of a set of rows, and the distance of a row in units of the spread along each axis.</summary>
internal sealed class CovarianceEllipsoid
{
    /// <summary>An axis with less than this share of the longest one's variance counts as without extent.</summary>
    private const double NegligibleVariance = 1e-9;

    private readonly double[] _center;
    private readonly double[] _axes;
    private readonly double[] _precisions;

    public CovarianceEllipsoid(double[] center, double[] axes, double[] precisions) => (_center, _axes, _precisions) = (center, axes, precisions);

    public ReadOnlySpan<double> Center => _center;

    /// <summary>Unit vectors, one per row.</summary>
    public ReadOnlySpan<double> Axes => _axes;

    /// <summary>Inverse variance along each axis; 0 for an axis without extent.</summary>
    public ReadOnlySpan<double> Precisions => _precisions;

    /// <summary>Fits centre and axes to the chosen rows; <paramref name="shrinkage"/> of the mean variance is added along every axis.</summary>
    public static CovarianceEllipsoid Fit(ReadOnlySpan<float> rows, int features, ReadOnlySpan<int> chosen, double shrinkage)
    {
        double[] center = new double[features];
        foreach (int row in chosen)
            for (int i = 0; i < features; i++) center[i] += rows[row * features + i];
        TensorPrimitives.Divide(center, chosen.Length, center);
        double[] covariance = Covariance(rows, features, chosen, center);
        (double[] variances, double[] axes) = SymmetricEigen.Decompose(covariance, features);
        double ridge = shrinkage * Math.Max(0, TensorPrimitives.Sum<double>(variances)) / features;
        double negligible = NegligibleVariance * TensorPrimitives.Max<double>(variances);
        double[] precisions = new double[features];
        for (int i = 0; i < features; i++)
        {
            double variance = Math.Max(0, variances[i]) + ridge;
            precisions[i] = variance > 0 && variance > negligible ? 1 / variance : 0;
        }
        return new CovarianceEllipsoid(center, axes, precisions);
    }

    /// <summary>Squared Mahalanobis distance. <paramref name="scratch"/> holds one value per feature.</summary>
    public double SquaredDistance(ReadOnlySpan<float> row, Span<double> scratch)
    {
        int features = _center.Length;
        for (int i = 0; i < features; i++) scratch[i] = row[i] - _center[i];
        double sum = 0;
        for (int axis = 0; axis < features; axis++)
        {
            if (_precisions[axis] == 0) continue;
            double projection = TensorPrimitives.Dot(_axes.AsSpan(axis * features, features), scratch);
            sum += projection * projection * _precisions[axis];
        }
        return sum;
    }

    private static double[] Covariance(ReadOnlySpan<float> rows, int features, ReadOnlySpan<int> chosen, double[] center)
    {
        double[] covariance = new double[features * features];
        double[] centered = new double[features];
        foreach (int row in chosen)
        {
            for (int i = 0; i < features; i++) centered[i] = rows[row * features + i] - center[i];
            for (int i = 0; i < features; i++)
            {
                var upper = covariance.AsSpan(i * features + i, features - i);
                TensorPrimitives.MultiplyAdd(centered.AsSpan(i), centered[i], upper, upper);
            }
        }
        double divisor = Math.Max(1, chosen.Length - 1);
        for (int i = 0; i < features; i++)
            for (int j = i; j < features; j++) covariance[j * features + i] = covariance[i * features + j] /= divisor;
        return covariance;
    }
}
