using Vedette.ML.Files;

namespace Vedette.ML.Clustering;

/// <summary>Clusters of any shape: rows in dense surroundings, and whatever lies within reach of them; the rest is noise.</summary>
/// <remarks>
/// M. Ester et al., "A Density-Based Algorithm for Discovering Clusters", KDD 1996. Equal rows are handled as one, so repeated traffic costs nothing.
/// Fit needs O(n·log n) questions' work while surroundings hold few distinct rows, and O(n²) if the radius spans most of them: draw a sample of at most some
/// ten thousand rows then. Immutable once fitted; thread-safe. A score is d/(d + radius) for the distance d to the nearest core row, in [0, 1]: 0.5 at the
/// edge of a cluster, 1 for a row that is not finite or if there is no cluster.
/// </remarks>
public sealed class Dbscan : IOutlierModel
{
    /// <summary>Cluster of rows that belong to none.</summary>
    public const int Noise = -1;

    private const string Kind = "dbscan/1";

    private readonly float[] _cores;
    private readonly int[] _clusters;
    private readonly float _radius;
    private readonly KdTree _tree;

    private Dbscan(float[] cores, int[] clusters, int featureCount, float radius)
    {
        (_cores, _clusters, FeatureCount, _radius) = (cores, clusters, featureCount, radius);
        _tree = new KdTree(cores, featureCount);
        ClusterCount = clusters.Length == 0 ? 0 : clusters.Max() + 1;
    }

    public int FeatureCount { get; }

    public int ClusterCount { get; }

    /// <summary>Number of distinct core rows.</summary>
    public int CoreCount => _clusters.Length;

    /// <summary>Finds clusters.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="options">What is dense.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, a value is not finite, or options out of range; all problems are named.</exception>
    public static Dbscan Fit(ReadOnlySpan<float> rows, int featureCount, DbscanOptions options) =>
        Fit(rows, featureCount, options, new int[Shape.RowCount(rows, featureCount)]);

    /// <summary>Finds clusters and tells each row's.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="options">What is dense.</param>
    /// <param name="clusters">Receives 0, 1, … in order of first core row, or <see cref="Noise"/>. A row in reach of two clusters goes to the first.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or options out of range; all problems are named.</exception>
    public static Dbscan Fit(ReadOnlySpan<float> rows, int featureCount, DbscanOptions options, Span<int> clusters)
    {
        Options.Check(options.Problems());
        int count = Shape.RowCount(rows, featureCount);
        if (clusters.Length != count) throw new ArgumentException($"{clusters.Length} places do not fit {count} rows.", nameof(clusters));
        SquaredDistance.CheckFinite(rows, featureCount);
        var distinct = new DistinctRows(rows, featureCount);
        var cores = new List<int>();
        int[] labels = Expand(distinct, featureCount, options, cores);
        for (int row = 0; row < count; row++) clusters[row] = labels[distinct.IndexOf[row]];
        cores.Sort();
        float[] points = new float[cores.Count * featureCount];
        for (int i = 0; i < cores.Count; i++)
            distinct.Values.AsSpan(cores[i] * featureCount, featureCount).CopyTo(points.AsSpan(i * featureCount));
        return new Dbscan(points, [.. cores.Select(core => labels[core])], featureCount, options.Radius);
    }

    /// <summary>Cluster of a new row: that of the nearest core row within the radius, or <see cref="Noise"/>.</summary>
    /// <exception cref="ArgumentException">Not one row.</exception>
    public int Predict(ReadOnlySpan<float> row)
    {
        float distance = Distance(row, out int core);
        return distance <= _radius ? _clusters[core] : Noise;
    }

    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        for (int row = 0; row < scores.Length; row++)
        {
            float distance = Distance(rows.Slice(row * FeatureCount, FeatureCount), out _);
            scores[row] = float.IsInfinity(distance) ? 1 : distance / (distance + _radius);
        }
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(FeatureCount);
        writer.Write(_radius);
        writer.Write<int>(_clusters);
        writer.Write<float>(_cores);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static Dbscan Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int featureCount = reader.ReadInt32(1, 1 << 20);
        float radius = reader.ReadSingle();
        int[] clusters = reader.ReadArray<int>();
        float[] cores = reader.ReadArray<float>();
        if (!(radius > 0) || (long)clusters.Length * featureCount != cores.LongLength || cores.Any(value => !float.IsFinite(value)) || clusters.Any(c => c < 0))
            throw new InvalidDataException($"The model file holds {cores.Length} values for {clusters.Length} core rows of {featureCount}.");
        return new Dbscan(cores, clusters, featureCount, radius);
    });

    /// <summary>Grows each cluster from its first core row; fills <paramref name="cores"/>.</summary>
    private static int[] Expand(DistinctRows distinct, int featureCount, DbscanOptions options, List<int> cores)
    {
        var tree = new KdTree(distinct.Values, featureCount);
        int[] labels = new int[distinct.Counts.Length];
        Array.Fill(labels, Noise);
        bool[] asked = new bool[labels.Length];
        var near = new List<int>();
        var waiting = new Stack<int>();
        int clusters = 0;
        for (int first = 0; first < labels.Length; first++)
        {
            if (asked[first] || labels[first] != Noise) continue;
            waiting.Push(first);
            bool found = false;
            while (waiting.TryPop(out int row))
            {
                if (asked[row]) continue;
                asked[row] = true;
                tree.Within(distinct.Values.AsSpan(row * featureCount, featureCount), options.Radius * options.Radius, near);
                if (near.Sum(other => (long)distinct.Counts[other]) < options.MinRows) continue;
                found = true;
                cores.Add(row);
                labels[row] = clusters;
                foreach (int other in near)
                {
                    if (labels[other] == Noise) labels[other] = clusters;
                    if (!asked[other]) waiting.Push(other);
                }
            }
            if (found) clusters++;
        }
        return labels;
    }

    private float Distance(ReadOnlySpan<float> row, out int core)
    {
        if (row.Length != FeatureCount) throw new ArgumentException($"{row.Length} values are not one row of {FeatureCount} features.", nameof(row));
        core = _tree.Nearest(row, out float squared);
        return MathF.Sqrt(squared);
    }
}
