using System.Numerics.Tensors;
using Vedette.ML.Files;

namespace Vedette.ML.Neighbors;

/// <summary>Distance to the nearest rows: a row far from all others is anomalous.</summary>
/// <remarks>
/// S. Ramaswamy, R. Rastogi, K. Shim, "Efficient Algorithms for Mining Outliers from Large Data Sets", SIGMOD 2000 (k-th distance);
/// F. Angiulli, C. Pizzuti, "Fast Outlier Detection in High Dimensional Spaces", PKDD 2002 (mean distance). Exact search; the columns should be
/// scaled alike. Fit copies the rows; a score is O(rows·features). Immutable once fitted; scoring is thread-safe.
/// </remarks>
public sealed class KNearestNeighbors : IOutlierModel
{
    internal const string Kind = "k_nearest_neighbors/1";

    private readonly KNearestNeighborsOptions _options;
    private readonly float[] _rows;
    private readonly NeighborIndex _index;

    private KNearestNeighbors(float[] rows, int featureCount, KNearestNeighborsOptions options)
    {
        (_rows, _options) = (rows, options);
        _index = new NeighborIndex(rows, featureCount);
    }

    public int FeatureCount => _index.FeatureCount;

    /// <summary>Keeps the rows to compare with.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Number of neighbours and kind of distance.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, a value is not finite, or an option is out of range.</exception>
    public static KNearestNeighbors Fit(ReadOnlySpan<float> rows, int featureCount, KNearestNeighborsOptions options)
    {
        Options.Check(options.Problems());
        Shape.RowCount(rows, featureCount);
        Shape.CheckFinite(rows, featureCount);
        return new KNearestNeighbors(rows.ToArray(), featureCount, options);
    }

    /// <summary>Scores rows that need not be among those fitted; one that is counts as its own nearest neighbour.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>), finite.</param>
    /// <param name="scores">Receives one distance per row, 0 or more, in the units of the columns.</param>
    /// <exception cref="ArgumentException">The two shapes disagree, or a value is not finite.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        Shape.CheckFinite(rows, FeatureCount);
        Fill(_index.Search(rows.ToArray(), Math.Min(_options.Neighbors, _index.RowCount), excludeSelf: false, _options.MaxThreads), scores);
    }

    /// <summary>Scores the fitted rows themselves, each against all others.</summary>
    /// <param name="scores">Receives one distance per fitted row; 0 if there is only one.</param>
    /// <exception cref="ArgumentException">There is not one score per fitted row.</exception>
    public void ScoreFitted(Span<float> scores)
    {
        Shape.CheckResults(_rows, FeatureCount, scores);
        Fill(_index.Search(_rows, Math.Min(_options.Neighbors, _index.RowCount - 1), excludeSelf: true, _options.MaxThreads), scores);
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(FeatureCount);
        writer.Write(_options.Neighbors);
        writer.Write((int)_options.Distance);
        writer.Write<float>(_rows);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static KNearestNeighbors Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int featureCount = reader.ReadInt32(1, int.MaxValue);
        var options = new KNearestNeighborsOptions { Neighbors = reader.ReadInt32(1, 10_000), Distance = (NeighborDistance)reader.ReadInt32(0, 1) };
        float[] rows = reader.ReadArray<float>();
        if (rows.Length == 0 || rows.Length % featureCount != 0) throw new InvalidDataException("The model file does not hold whole rows.");
        return new KNearestNeighbors(rows, featureCount, options);
    });

    private void Fill(NeighborTable neighbors, Span<float> scores)
    {
        if (neighbors.NeighborCount == 0)
        {
            scores.Clear();
            return;
        }
        for (int i = 0; i < scores.Length; i++)
        {
            var distances = neighbors.Distances(i);
            scores[i] = _options.Distance == NeighborDistance.Kth ? distances[^1] : TensorPrimitives.Sum(distances) / distances.Length;
        }
    }
}
