using Vedette.ML.Files;

namespace Vedette.ML.Subspace;

/// <summary>Distance from the centre along the principal components, each in units of its own spread: a row that breaks the correlations is anomalous.</summary>
/// <remarks>
/// M.-L. Shyu, S.-C. Chen, K. Sarinnapakorn, L. Chang, "A Novel Anomaly Detection Scheme Based on Principal Component Classifier", ICDM workshop 2003:
/// the sum over all components of squared score over eigenvalue. With <see cref="PrincipalComponentsOptions.CentralShare"/> below 1 centre and
/// components come from the most central rows, chosen by the concentration steps of P. J. Rousseeuw, K. Van Driessen, "A Fast Algorithm for the Minimum
/// Covariance Determinant Estimator", Technometrics 41(3), 1999, from one deterministic start: the rows nearest to the medians.
/// A direction in which the fitted rows do not vary is left out. Fit is O(rounds·(rows·features² + features³)), a score O(features²).
/// Immutable once fitted; scoring is thread-safe.
/// </remarks>
public sealed class PrincipalComponents : IOutlierModel
{
    internal const string Kind = "principal_components/1";

    private readonly CovarianceEllipsoid _ellipsoid;

    private PrincipalComponents(CovarianceEllipsoid ellipsoid) => _ellipsoid = ellipsoid;

    public int FeatureCount => _ellipsoid.Center.Length;

    /// <summary>Finds centre and components.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Classical or robust estimate.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, a value is not finite, or an option is out of range.</exception>
    public static PrincipalComponents Fit(ReadOnlySpan<float> rows, int featureCount, PrincipalComponentsOptions options)
    {
        Options.Check(options.Problems());
        int count = Shape.RowCount(rows, featureCount);
        Shape.CheckFinite(rows, featureCount);
        int kept = Math.Min(count, (int)Math.Ceiling(options.CentralShare * count));
        if (kept == count) return new PrincipalComponents(CovarianceEllipsoid.Fit(rows, featureCount, Enumerable.Range(0, count).ToArray(), options.Shrinkage));
        double[] distances = DistancesFromMedians(rows, featureCount, count);
        int[] central = Smallest(distances, kept);
        CovarianceEllipsoid ellipsoid = CovarianceEllipsoid.Fit(rows, featureCount, central, options.Shrinkage);
        for (int round = 1; round < options.MaxRounds; round++)
        {
            Measure(ellipsoid, rows, distances);
            int[] next = Smallest(distances, kept);
            if (next.AsSpan().SequenceEqual(central)) break;
            central = next;
            ellipsoid = CovarianceEllipsoid.Fit(rows, featureCount, central, options.Shrinkage);
        }
        return new PrincipalComponents(ellipsoid);
    }

    /// <summary>Scores each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>), finite.</param>
    /// <param name="scores">Receives one squared distance per row, 0 or more; its mean over rows like those fitted is the number of components.</param>
    /// <exception cref="ArgumentException">The two shapes disagree, or a value is not finite.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        Shape.CheckFinite(rows, FeatureCount);
        double[] scratch = new double[FeatureCount];
        for (int row = 0; row < scores.Length; row++)
            scores[row] = (float)Math.Min(float.MaxValue, _ellipsoid.SquaredDistance(rows.Slice(row * FeatureCount, FeatureCount), scratch));
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(_ellipsoid.Center);
        writer.Write(_ellipsoid.Axes);
        writer.Write(_ellipsoid.Precisions);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static PrincipalComponents Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        double[] center = reader.ReadArray<double>();
        if (center.Length is 0 or > 30_000) throw new InvalidDataException($"The model file holds a centre of {center.Length} features.");
        return new PrincipalComponents(
            new CovarianceEllipsoid(center, reader.ReadArray<double>(center.Length * center.Length), reader.ReadArray<double>(center.Length)));
    });

    private static void Measure(CovarianceEllipsoid ellipsoid, ReadOnlySpan<float> rows, double[] distances)
    {
        int features = ellipsoid.Center.Length;
        double[] scratch = new double[features];
        for (int row = 0; row < distances.Length; row++) distances[row] = ellipsoid.SquaredDistance(rows.Slice(row * features, features), scratch);
    }

    private static double[] DistancesFromMedians(ReadOnlySpan<float> rows, int features, int count)
    {
        double[] distances = new double[count];
        float[] column = new float[count];
        for (int feature = 0; feature < features; feature++)
        {
            for (int row = 0; row < count; row++) column[row] = rows[row * features + feature];
            Array.Sort(column);
            double median = column[count / 2];
            double spread = (double)column[count * 3 / 4] - column[count / 4];
            if (!(spread > 0)) spread = Math.Max(double.Epsilon, ((double)column[^1] - column[0]) / 4);
            for (int row = 0; row < count; row++)
            {
                double z = (rows[row * features + feature] - median) / spread;
                distances[row] += z * z;
            }
        }
        return distances;
    }

    /// <summary>The rows with the smallest distances, in ascending order of row; of equal distances the first rows.</summary>
    private static int[] Smallest(double[] distances, int count)
    {
        int[] order = new int[distances.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => distances[a] != distances[b] ? distances[a].CompareTo(distances[b]) : a.CompareTo(b));
        int[] smallest = order[..count];
        Array.Sort(smallest);
        return smallest;
    }
}
