using Vedette.ML.Files;

namespace Vedette.ML.Clustering;

/// <summary>k-means: each row belongs to the nearest of k centers, which lie in the middle of their rows.</summary>
/// <remarks>
/// S. Lloyd, "Least Squares Quantization in PCM", IEEE Trans. Inf. Theory 28(2), 1982; seeding of D. Arthur, S. Vassilvitskii, "k-means++", SODA 2007.
/// Fit is O(restarts · iterations · rows · clusters · features). Immutable once fitted; thread-safe. Scale the columns first.
/// </remarks>
public sealed class KMeans
{
    private const string Kind = "k_means/1";

    private readonly float[] _centers;
    private readonly CenterTable _table;

    private KMeans(float[] centers, int featureCount, double inertia)
    {
        (_centers, FeatureCount, Inertia) = (centers, featureCount, inertia);
        _table = new CenterTable(centers, featureCount);
    }

    public int FeatureCount { get; }

    public int ClusterCount => _centers.Length / FeatureCount;

    /// <summary>Row-major, shape (<see cref="ClusterCount"/>, <see cref="FeatureCount"/>).</summary>
    public ReadOnlySpan<float> Centers => _centers;

    /// <summary>Sum of squared distances of the training rows to their centers.</summary>
    public double Inertia { get; }

    /// <summary>Finds clusters.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="options">How to search.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, a value is not finite, or options out of range; all problems are named.</exception>
    public static KMeans Fit(ReadOnlySpan<float> rows, int featureCount, KMeansOptions options)
    {
        Options.Check(options.Problems());
        Shape.RowCount(rows, featureCount);
        SquaredDistance.CheckFinite(rows, featureCount);
        float[] copy = rows.ToArray();
        double maxShift = options.Tolerance * MeanVariance(rows, featureCount);
        var runs = new LloydRun[options.Restarts];
        Workers.For(options.Restarts, options.MaxThreads, index =>
        {
            var random = SeededRandom.Fork(options.Seed, index);
            runs[index] = new LloydRun(copy, featureCount, options.Clusters, ref random);
            runs[index].Iterate(options.MaxIterations, maxShift);
        });
        LloydRun best = runs.MinBy(run => run.Inertia)!;
        return new KMeans(best.Centers, featureCount, best.Inertia);
    }

    /// <summary>Finds each row's cluster.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>).</param>
    /// <param name="clusters">Receives the index of the nearest center; -1 for a row with a value that is not finite.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    public void Predict(ReadOnlySpan<float> rows, Span<int> clusters)
    {
        if ((long)clusters.Length * FeatureCount != rows.Length)
            throw new ArgumentException($"{rows.Length} values are not {clusters.Length} rows of {FeatureCount} features.", nameof(rows));
        for (int row = 0; row < clusters.Length; row++) clusters[row] = Predict(rows.Slice(row * FeatureCount, FeatureCount), out _);
    }

    /// <summary>Finds one row's cluster.</summary>
    /// <param name="row">One row.</param>
    /// <param name="distance">Euclidean distance to the center; infinite if a value is not finite.</param>
    /// <returns>Index of the nearest center; -1 for a row with a value that is not finite.</returns>
    /// <exception cref="ArgumentException">Not one row.</exception>
    public int Predict(ReadOnlySpan<float> row, out float distance)
    {
        if (row.Length != FeatureCount) throw new ArgumentException($"{row.Length} values are not one row of {FeatureCount} features.", nameof(row));
        int cluster = _table.Nearest(row, out float squared);
        distance = MathF.Sqrt(squared);
        return cluster;
    }

    /// <summary>Writes the model as one <see cref="ModelFile"/>.</summary>
    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(FeatureCount);
        writer.Write(Inertia);
        writer.Write<float>(_centers);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static KMeans Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int featureCount = reader.ReadInt32(1, int.MaxValue);
        double inertia = reader.ReadDouble();
        float[] centers = reader.ReadArray<float>();
        if (centers.Length == 0 || centers.Length % featureCount != 0)
            throw new InvalidDataException($"The model file holds {centers.Length} values for centers of {featureCount}.");
        return new KMeans(centers, featureCount, inertia);
    });

    private static double MeanVariance(ReadOnlySpan<float> rows, int featureCount)
    {
        double sum = 0;
        int count = rows.Length / featureCount;
        for (int column = 0; column < featureCount; column++)
        {
            double mean = 0, squares = 0;
            for (int i = column; i < rows.Length; i += featureCount) mean += rows[i] / (double)count;
            for (int i = column; i < rows.Length; i += featureCount) squares += (rows[i] - mean) * (rows[i] - mean);
            sum += squares / count;
        }
        return sum / featureCount;
    }
}
