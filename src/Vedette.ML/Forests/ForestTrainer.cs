using System.Collections.Concurrent;
using Vedette.ML.Binning;
using Vedette.ML.Boosting;
using Vedette.ML.Trees;

namespace Vedette.ML.Forests;

/// <summary>Draws a bag for each tree, grows the trees on as many threads as allowed, and adds up what they say.</summary>
internal sealed class ForestTrainer
{
    // Out-of-bag votes are summed as integers, whose sum does not depend on the order in which threads finish.
    private const double VoteUnit = 1L << 32;

    private readonly BinnedRows _table;
    private readonly float[] _labels;
    private readonly RandomForestClassifierOptions _options;
    private readonly ClassWeights _weights;
    private readonly double[][] _gains;
    private readonly long[] _votes;
    private readonly int[] _voters;

    public ForestTrainer(BinnedRows table, float[] labels, RandomForestClassifierOptions options)
    {
        (_table, _labels, _options) = (table, labels, options);
        _weights = Weigh(labels, options);
        _gains = new double[options.Trees][];
        Trees = new DecisionTree[options.Trees];
        _votes = new long[options.OutOfBag ? labels.Length : 0];
        _voters = new int[_votes.Length];
    }

    public DecisionTree[] Trees { get; }

    public void Run()
    {
        var growers = new ConcurrentBag<(ForestTreeGrower Grower, long[] Pairs)>();
        Workers.For(Trees.Length, _options.MaxThreads, tree =>
        {
            if (!growers.TryTake(out var tools)) tools = (new ForestTreeGrower(_table, _weights, _options), new long[_labels.Length]);
            Grow(tree, tools.Grower, tools.Pairs);
            growers.Add(tools);
        });
    }

    /// <summary>Each tree's gains as shares, averaged over the trees in their order.</summary>
    public float[] Importances()
    {
        double[] sums = new double[_table.FeatureCount];
        foreach (double[] gains in _gains)
        {
            double total = gains.Sum();
            for (int feature = 0; feature < sums.Length && total > 0; feature++) sums[feature] += gains[feature] / total;
        }
        return BoostedTrees.Normalize(sums);
    }

    public float[] OutOfBag()
    {
        float[] probabilities = new float[_votes.Length];
        for (int row = 0; row < probabilities.Length; row++)
            probabilities[row] = _voters[row] == 0 ? float.NaN : (float)(_votes[row] / VoteUnit / _voters[row]);
        return probabilities;
    }

    private void Grow(int tree, ForestTreeGrower grower, long[] pairs)
    {
        var random = SeededRandom.Fork(_options.Seed, tree);
        Array.Clear(pairs);
        for (int i = 0; i < pairs.Length; i++)
        {
            int row = _options.Bootstrap ? random.Next(pairs.Length) : i;
            pairs[row] += Histogram.Pack(_labels[row] == 1 ? 1 : 0, 1);
        }
        var rows = new List<int>(pairs.Length);
        var others = new List<int>(pairs.Length);
        for (int row = 0; row < pairs.Length; row++) (pairs[row] == 0 ? others : rows).Add(row);
        _gains[tree] = new double[_table.FeatureCount];
        Action<ReadOnlySpan<int>, float>? settle = _options.OutOfBag ? Vote : null;
        Trees[tree] = grower.Grow(pairs, [.. rows], _options.OutOfBag ? [.. others] : [], ref random, _gains[tree], settle);
    }

    private void Vote(ReadOnlySpan<int> rows, float value)
    {
        long vote = (long)(value * VoteUnit);
        foreach (int row in rows)
        {
            Interlocked.Add(ref _votes[row], vote);
            Interlocked.Increment(ref _voters[row]);
        }
    }

    private static ClassWeights Weigh(float[] labels, RandomForestClassifierOptions options)
    {
        double ones = labels.Sum(label => (double)label);
        double zeros = labels.Length - ones;
        bool balanced = options.Weighting == ClassWeighting.Balanced && ones > 0 && zeros > 0;
        return balanced
            ? new ClassWeights(labels.Length / (2 * zeros), labels.Length / (2 * ones) * options.PositiveWeight)
            : new ClassWeights(1, options.PositiveWeight);
    }
}
