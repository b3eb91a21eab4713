using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Isolation;

/// <summary>Isolation forest: a row that few random splits isolate is anomalous.</summary>
/// <remarks>
/// F. T. Liu, K. M. Ting, Z.-H. Zhou, "Isolation Forest", ICDM 2008, https://doi.org/10.1109/ICDM.2008.17; algorithms 1 to 3.
/// Departs from the paper in two points: a feature that is constant among a node's rows is never drawn for its split, and a missing value (NaN)
/// follows the larger part of the rows, so that a gap alone does not isolate. Infinities are values like others.
/// Fit is O(t·ψ·log ψ) and a score O(t·log ψ), for t trees of ψ rows. Immutable once fitted; scoring is thread-safe and uses the caller's thread.
/// </remarks>
public sealed class IsolationForest : IOutlierModel
{
    internal const string Kind = "isolation_forest/1";
    private const int TreesPerBatch = 64;

    private readonly TreeEnsemble _trees;
    private readonly int _sampleSize;
    private readonly double _normalizer;

    private IsolationForest(TreeEnsemble trees, int sampleSize)
    {
        (_trees, _sampleSize) = (trees, sampleSize);
        _normalizer = IsolationMath.MeanPath(sampleSize);
    }

    public int FeatureCount => _trees.FeatureCount;

    public int TreeCount => _trees.TreeCount;

    /// <summary>Grows the forest.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN marks a missing value. Needs no scaling.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Number and size of the trees.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, or an option is out of range.</exception>
    public static IsolationForest Fit(ReadOnlySpan<float> rows, int featureCount, IsolationForestOptions options)
    {
        Options.Check(options.Problems());
        int sampleSize = Math.Min(options.SampleSize, Shape.RowCount(rows, featureCount));
        int maxDepth = options.MaxDepth ?? IsolationMath.DepthLimit(sampleSize);
        var trees = new DecisionTree[options.Trees];
        // In batches, because a span cannot be handed to other threads and all samples at once could be larger than the rows.
        for (int first = 0; first < trees.Length; first += TreesPerBatch)
        {
            int count = Math.Min(TreesPerBatch, trees.Length - first);
            var randoms = new SeededRandom[count];
            float[][] samples = new float[count][];
            for (int i = 0; i < count; i++)
            {
                randoms[i] = SeededRandom.Fork(options.Seed, first + i);
                samples[i] = IsolationMath.DrawRows(rows, featureCount, sampleSize, ref randoms[i]);
            }
            Workers.For(count, options.MaxThreads, i =>
                trees[first + i] = new IsolationTreeGrower(samples[i], featureCount, maxDepth).Grow(ref randoms[i]));
        }
        return new IsolationForest(TreeEnsemble.Pack(trees, featureCount, 0), sampleSize);
    }

    /// <summary>Scores each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>). NaN marks a missing value.</param>
    /// <param name="scores">
    /// Receives one score per row, in (0, 1]: below 0.5 is ordinary, near 1 is anomalous. scikit-learn's <c>score_samples</c> is this number negated.
    /// </param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        _trees.Sum(rows, scores);
        foreach (ref float score in scores) score = IsolationMath.Score(score / (double)TreeCount, _normalizer);
    }

    /// <summary>The score that a given share of rows exceeds: a threshold for <see cref="Score"/>.</summary>
    /// <param name="scores">Scores of the rows fitted, or of others known to be like them.</param>
    /// <param name="contamination">Share of rows to call anomalous, above 0 and up to 0.5.</param>
    /// <returns>Rows that score higher are anomalous. scikit-learn's <c>offset_</c> is this number negated.</returns>
    /// <exception cref="ArgumentException">There are no scores, or the share is out of range.</exception>
    public static float Threshold(ReadOnlySpan<float> scores, double contamination) => IsolationMath.Threshold(scores, contamination);

    /// <summary>Which features made one row's score what it is.</summary>
    /// <param name="row">One row of <see cref="FeatureCount"/> values.</param>
    /// <param name="contributions">
    /// Receives one number per feature, in doublings of the score: log₂ score(row) = returned base + Σ contributions. Positive ones made the row more anomalous.
    /// </param>
    /// <returns>The base: log₂ of the score that a path of expected length would have.</returns>
    /// <remarks>
    /// Walking down a tree, each split changes the expected path length from its node's to the child's; the change belongs to the split's feature
    /// (the path attribution that A. Saabas proposed for forests in 2014, here on path lengths). O(t·log ψ).
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public double Contributions(ReadOnlySpan<float> row, Span<double> contributions)
    {
        double expected = _trees.PathContributions(row, contributions);
        double scale = _normalizer == 0 ? 0 : -1 / (_normalizer * TreeCount);
        foreach (ref double contribution in contributions) contribution *= scale;
        return _normalizer == 0 ? -1 : expected * scale;
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(_sampleSize);
        _trees.Write(writer);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static IsolationForest Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int sampleSize = reader.ReadInt32(1, int.MaxValue);
        var trees = TreeEnsemble.Read(reader);
        if (trees.TreeCount == 0) throw new InvalidDataException("The model file holds a forest without trees.");
        return new IsolationForest(trees, sampleSize);
    });

    /// <summary>What <see cref="Score"/> means, without packing tricks. Tests and benchmarks compare the two.</summary>
    internal void ScoreReference(ReadOnlySpan<float> rows, Span<float> scores)
    {
        _trees.SumReference(rows, scores);
        foreach (ref float score in scores) score = IsolationMath.Score(score / (double)TreeCount, _normalizer);
    }
}
