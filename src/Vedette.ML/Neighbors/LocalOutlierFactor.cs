using Vedette.ML.Files;

namespace Vedette.ML.Neighbors;

/// <summary>Local outlier factor: a row in a thinner neighbourhood than its neighbours' own is anomalous.</summary>
/// <remarks>
/// M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander, "LOF: Identifying Density-Based Local Outliers", SIGMOD 2000,
/// https://doi.org/10.1145/335191.335388; definitions 3 to 7. As scikit-learn does, exactly k neighbours are taken where distances tie, and 1e-10 is
/// added to the mean reach so that duplicates have a finite density. Exact search; the columns should be scaled alike. Fit is O(rows²·features) and a
/// score O(rows·features). Immutable once fitted; scoring is thread-safe.
/// </remarks>
public sealed class LocalOutlierFactor : IOutlierModel
{
    internal const string Kind = "local_outlier_factor/1";
    private const float Softening = 1e-10f;

    private readonly LocalOutlierFactorOptions _options;
    private readonly float[] _rows;
    private readonly NeighborIndex _index;
    private readonly float[] _reach;
    private readonly float[] _density;
    private readonly float[] _fittedScores;

    private LocalOutlierFactor(LocalOutlierFactorOptions options, float[] rows, NeighborIndex index, float[] reach, float[] density, float[] fittedScores) =>
        (_options, _rows, _index, _reach, _density, _fittedScores) = (options, rows, index, reach, density, fittedScores);

    public int FeatureCount => _index.FeatureCount;

    /// <summary>The factor of each fitted row among the others: about 1 inside a cluster, larger outside. scikit-learn's <c>negative_outlier_factor_</c> negated.</summary>
    public ReadOnlySpan<float> FittedScores => _fittedScores;

    /// <summary>Measures the density around every row.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Number of neighbours.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, a value is not finite, or an option is out of range.</exception>
    public static LocalOutlierFactor Fit(ReadOnlySpan<float> rows, int featureCount, LocalOutlierFactorOptions options)
    {
        Options.Check(options.Problems());
        int count = Shape.RowCount(rows, featureCount);
        Shape.CheckFinite(rows, featureCount);
        float[] copy = rows.ToArray();
        var index = new NeighborIndex(copy, featureCount);
        var neighbors = index.Search(copy, Math.Min(options.Neighbors, count - 1), excludeSelf: true, options.MaxThreads);
        float[] reach = new float[count];
        for (int row = 0; row < count && neighbors.NeighborCount > 0; row++) reach[row] = neighbors.Distances(row)[^1];
        float[] density = new float[count];
        for (int row = 0; row < count; row++) density[row] = Density(neighbors, row, reach);
        float[] scores = new float[count];
        for (int row = 0; row < count; row++) scores[row] = Factor(neighbors, row, density, density[row]);
        return new LocalOutlierFactor(options, copy, index, reach, density, scores);
    }

    /// <summary>Scores rows as new ones, against the fitted rows. For the fitted rows themselves see <see cref="FittedScores"/>.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>), finite.</param>
    /// <param name="scores">Receives one factor per row, 0 or more: about 1 inside a cluster, larger outside. scikit-learn's <c>score_samples</c> negated.</param>
    /// <exception cref="ArgumentException">The two shapes disagree, or a value is not finite.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        Shape.CheckFinite(rows, FeatureCount);
        var neighbors = _index.Search(rows.ToArray(), Math.Min(_options.Neighbors, _index.RowCount), excludeSelf: false, _options.MaxThreads);
        for (int i = 0; i < scores.Length; i++) scores[i] = Factor(neighbors, i, _density, Density(neighbors, i, _reach));
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(FeatureCount);
        writer.Write(_options.Neighbors);
        writer.Write<float>(_rows);
        writer.Write<float>(_reach);
        writer.Write<float>(_density);
        writer.Write<float>(_fittedScores);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static LocalOutlierFactor Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int featureCount = reader.ReadInt32(1, int.MaxValue);
        var options = new LocalOutlierFactorOptions { Neighbors = reader.ReadInt32(1, 10_000) };
        float[] rows = reader.ReadArray<float>();
        if (rows.Length == 0 || rows.Length % featureCount != 0) throw new InvalidDataException("The model file does not hold whole rows.");
        int count = rows.Length / featureCount;
        return new LocalOutlierFactor(options, rows, new NeighborIndex(rows, featureCount),
            reader.ReadArray<float>(count), reader.ReadArray<float>(count), reader.ReadArray<float>(count));
    });

    /// <summary>Inverse of the mean reachability distance (definition 6).</summary>
    private static float Density(NeighborTable neighbors, int query, float[] reach)
    {
        if (neighbors.NeighborCount == 0) return 1;
        var distances = neighbors.Distances(query);
        var rows = neighbors.Rows(query);
        double sum = 0;
        for (int i = 0; i < rows.Length; i++) sum += Math.Max(distances[i], reach[rows[i]]);
        return (float)(1 / (sum / rows.Length + Softening));
    }

    /// <summary>Mean density of the neighbours over the row's own (definition 7).</summary>
    private static float Factor(NeighborTable neighbors, int query, float[] density, float own)
    {
        if (neighbors.NeighborCount == 0) return 1;
        double sum = 0;
        foreach (int row in neighbors.Rows(query)) sum += density[row];
        return (float)(sum / neighbors.NeighborCount / own);
    }
}
