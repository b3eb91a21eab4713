using System.Buffers;
using System.Numerics.Tensors;
using Vedette.ML.Files;

namespace Vedette.ML.Isolation;

/// <summary>Extended isolation forest: random slanted cuts, free of the ghost regions that cuts along the axes leave.</summary>
/// <remarks>
/// S. Hariri, M. Carrasco Kind, R. J. Brunner, "Extended Isolation Forest", IEEE TKDE 33(4), 2021, https://doi.org/10.1109/TKDE.2019.2947676.
/// Columns must have comparable scales. Departs from the paper in three points: a plane that does not part a node's rows ends the branch instead of making
/// an empty leaf; a missing value (NaN) counts as its column's median among the rows fitted; values are cut at ±1e15, so that projections stay finite.
/// Fit is O(t·ψ·d·log ψ) and a score O(t·d·log ψ), for t trees of ψ rows of d features. Immutable once fitted; scoring is thread-safe and
/// uses the caller's thread.
/// </remarks>
public sealed class ExtendedIsolationForest : IOutlierModel
{
    internal const string Kind = "extended_isolation_forest/1";
    private const int TreesPerBatch = 64;
    private const int RowsPerBlock = 128;
    private const float Largest = 1e15f;

    private readonly HyperplaneTree[] _trees;
    private readonly float[] _medians;
    private readonly int _sampleSize;
    private readonly double _normalizer;

    private ExtendedIsolationForest(HyperplaneTree[] trees, float[] medians, int sampleSize)
    {
        (_trees, _medians, _sampleSize) = (trees, medians, sampleSize);
        _normalizer = IsolationMath.MeanPath(sampleSize);
    }

    public int FeatureCount => _medians.Length;

    public int TreeCount => _trees.Length;

    /// <summary>Grows the forest.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, columns of comparable scale. NaN marks a missing value.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Number and size of the trees.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, or an option is out of range.</exception>
    public static ExtendedIsolationForest Fit(ReadOnlySpan<float> rows, int featureCount, ExtendedIsolationForestOptions options)
    {
        int rowCount = Shape.RowCount(rows, featureCount);
        Options.Check(options.Problems(featureCount));
        int sampleSize = Math.Min(options.SampleSize, rowCount);
        int maxDepth = options.MaxDepth ?? IsolationMath.DepthLimit(sampleSize);
        int level = options.ExtensionLevel ?? featureCount - 1;
        float[] medians = Medians(rows, featureCount);
        var trees = new HyperplaneTree[options.Trees];
        for (int first = 0; first < trees.Length; first += TreesPerBatch)
        {
            int count = Math.Min(TreesPerBatch, trees.Length - first);
            var randoms = new SeededRandom[count];
            float[][] samples = new float[count][];
            for (int i = 0; i < count; i++)
            {
                randoms[i] = SeededRandom.Fork(options.Seed, first + i);
                samples[i] = IsolationMath.DrawRows(rows, featureCount, sampleSize, ref randoms[i]);
                Clean(samples[i], medians, samples[i]);
            }
            Workers.For(count, options.MaxThreads, i =>
                trees[first + i] = new HyperplaneTreeGrower(samples[i], featureCount, level, maxDepth).Grow(ref randoms[i]));
        }
        return new ExtendedIsolationForest(trees, medians, sampleSize);
    }

    /// <summary>Scores each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>), scaled as the rows fitted. NaN marks a missing value.</param>
    /// <param name="scores">Receives one score per row, in (0, 1]: below 0.5 is ordinary, near 1 is anomalous.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        float[] block = ArrayPool<float>.Shared.Rent(Math.Min(RowsPerBlock, Math.Max(1, scores.Length)) * FeatureCount);
        for (int done = 0; done < scores.Length; done += RowsPerBlock)
        {
            int count = Math.Min(RowsPerBlock, scores.Length - done);
            var cleaned = block.AsSpan(0, count * FeatureCount);
            Clean(rows.Slice(done * FeatureCount, count * FeatureCount), _medians, cleaned);
            ScoreBlock(cleaned, scores.Slice(done, count));
        }
        ArrayPool<float>.Shared.Return(block);
    }

    /// <summary>The score that a given share of rows exceeds: a threshold for <see cref="Score"/>.</summary>
    /// <param name="scores">Scores of the rows fitted, or of others known to be like them.</param>
    /// <param name="contamination">Share of rows to call anomalous, above 0 and up to 0.5.</param>
    /// <exception cref="ArgumentException">There are no scores, or the share is out of range.</exception>
    public static float Threshold(ReadOnlySpan<float> scores, double contamination) => IsolationMath.Threshold(scores, contamination);

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(_sampleSize);
        writer.Write<float>(_medians);
        writer.Write(_trees.Length);
        foreach (var tree in _trees)
        {
            writer.Write<int>(tree.Children);
            writer.Write<float>(tree.Offsets);
            writer.Write<float>(tree.Normals);
            writer.Write<int>(tree.NormalIndex);
        }
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static ExtendedIsolationForest Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int sampleSize = reader.ReadInt32(1, int.MaxValue);
        float[] medians = reader.ReadArray<float>();
        var trees = new HyperplaneTree[reader.ReadInt32(1, 10_000)];
        if (medians.Length == 0) throw new InvalidDataException("The model file holds a forest without features.");
        for (int i = 0; i < trees.Length; i++) trees[i] = ReadTree(reader, medians.Length);
        return new ExtendedIsolationForest(trees, medians, sampleSize);
    });

    private static HyperplaneTree ReadTree(ModelReader reader, int featureCount)
    {
        int[] children = reader.ReadArray<int>();
        float[] offsets = reader.ReadArray<float>(children.Length);
        float[] normals = reader.ReadArray<float>();
        int[] normalIndex = reader.ReadArray<int>(children.Length);
        int planes = normals.Length / featureCount;
        bool sound = children.Length > 0 && normals.Length % featureCount == 0;
        for (int i = 0; i < children.Length && sound; i++)
            sound = children[i] == 0 || (children[i] > i && children[i] < children.Length - 1 && normalIndex[i] >= 0 && normalIndex[i] < planes);
        if (!sound) throw new InvalidDataException("The model file holds a tree that leads nowhere.");
        return new HyperplaneTree(children, offsets, normals, normalIndex);
    }

    private void ScoreBlock(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Span<double> paths = stackalloc double[RowsPerBlock];
        paths.Clear();
        foreach (var tree in _trees)
            for (int row = 0; row < scores.Length; row++) paths[row] += Path(tree, rows.Slice(row * FeatureCount, FeatureCount));
        for (int row = 0; row < scores.Length; row++) scores[row] = IsolationMath.Score(paths[row] / _trees.Length, _normalizer);
    }

    private static float Path(HyperplaneTree tree, ReadOnlySpan<float> row)
    {
        int index = 0;
        while (tree.Children[index] != 0)
        {
            var normal = tree.Normals.AsSpan(tree.NormalIndex[index] * row.Length, row.Length);
            index = tree.Children[index] + (TensorPrimitives.Dot(normal, row) < tree.Offsets[index] ? 0 : 1);
        }
        return tree.Offsets[index];
    }

    private static void Clean(ReadOnlySpan<float> rows, float[] medians, Span<float> cleaned)
    {
        for (int start = 0; start < rows.Length; start += medians.Length)
            for (int feature = 0; feature < medians.Length; feature++)
            {
                float value = rows[start + feature];
                cleaned[start + feature] = float.IsNaN(value) ? medians[feature] : Math.Clamp(value, -Largest, Largest);
            }
    }

    /// <summary>Median of the values present in each column, over at most 4096 rows evenly spaced; 0 for a column without any.</summary>
    private static float[] Medians(ReadOnlySpan<float> rows, int featureCount)
    {
        const int mostRows = 4096;
        int rowCount = rows.Length / featureCount;
        int used = Math.Min(rowCount, mostRows);
        float[] medians = new float[featureCount];
        var present = new List<float>(used);
        for (int feature = 0; feature < featureCount; feature++)
        {
            present.Clear();
            for (int i = 0; i < used; i++)
            {
                float value = rows[(int)((long)i * rowCount / used) * featureCount + feature];
                if (!float.IsNaN(value)) present.Add(Math.Clamp(value, -Largest, Largest));
            }
            if (present.Count == 0) continue;
            present.Sort();
            medians[feature] = present[present.Count / 2];
        }
        return medians;
    }
}
