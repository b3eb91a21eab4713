using System.Numerics;
using Vedette.ML.Binning;
using Vedette.ML.Trees;

namespace Vedette.ML.Forests;

/// <summary>Grows one classification tree on a bag of binned rows, trying a few random features at each split.</summary>
internal sealed class ForestTreeGrower(BinnedRows table, ClassWeights weights, RandomForestClassifierOptions options)
{
    private readonly long[] _counts = new long[BinMapper.Stride];
    private readonly ulong[] _occupied = new ulong[BinMapper.Stride / 64];
    private readonly int[] _features = new int[table.FeatureCount];
    private readonly int[] _scratch = new int[table.RowCount];
    private readonly int _tried = options.FeaturesPerSplit ?? Math.Max(1, (int)Math.Sqrt(table.FeatureCount));

    private readonly record struct Pending(int Node, int Start, int End, int OtherStart, int OtherEnd, int Depth, long Counts);

    /// <summary>Grows a tree.</summary>
    /// <param name="pairs">Per row of the table, how often the bag holds it: as class 1 in the high half, at all in the low half.</param>
    /// <param name="rows">Rows in the bag, each once; reordered.</param>
    /// <param name="others">Rows out of the bag; reordered.</param>
    /// <param name="random">Draws the features.</param>
    /// <param name="gains">Impurity decrease per feature; the splits' are added.</param>
    /// <param name="settle">Told, for each leaf, which of the others reach it, and its value.</param>
    public DecisionTree Grow(long[] pairs, int[] rows, int[] others, ref SeededRandom random, double[] gains, Action<ReadOnlySpan<int>, float>? settle)
    {
        // Features are drawn by shuffling: start from the same order whatever was grown before.
        for (int feature = 0; feature < _features.Length; feature++) _features[feature] = feature;
        var tree = new DecisionTree();
        var pending = new Stack<Pending>();
        long counts = 0;
        foreach (int row in rows) counts += pairs[row];
        pending.Push(new Pending(AddNode(tree, counts), 0, rows.Length, 0, others.Length, 0, counts));
        while (pending.TryPop(out var part))
        {
            var split = FindSplit(part, pairs, rows, ref random);
            if (split.Gain <= 0)
            {
                settle?.Invoke(others.AsSpan(part.OtherStart..part.OtherEnd), tree.Nodes[part.Node].Value);
                continue;
            }
            gains[split.Feature] += split.Gain;
            var (left, right) = Divide(tree, part, split, rows, others);
            pending.Push(right);
            pending.Push(left);
        }
        return tree;
    }

    private int AddNode(DecisionTree tree, long counts)
    {
        var (all, ones) = weights.Of(counts);
        return tree.AddLeaf((float)(ones / all), (float)all);
    }

    private GiniSplit FindSplit(Pending part, long[] pairs, int[] rows, ref SeededRandom random)
    {
        var split = new GiniSplit { Gain = 0 };
        uint all = Histogram.Low(part.Counts);
        int ones = Histogram.High(part.Counts);
        if (part.Depth >= options.MaxDepth || all < 2 * options.MinRowsInLeaf || ones == 0 || ones == all) return split;
        // Constant features do not count as tried, as in the reference implementation: a node is a leaf only if none of its features varies.
        int tried = 0;
        for (int untried = _features.Length; untried > 0 && (tried < _tried || split.Gain <= 0); untried--)
        {
            int drawn = random.Next(untried);
            (_features[drawn], _features[untried - 1]) = (_features[untried - 1], _features[drawn]);
            int feature = _features[untried - 1];
            Count(feature, rows.AsSpan(part.Start..part.End), pairs);
            int bins = 0;
            foreach (ulong word in _occupied) bins += BitOperations.PopCount(word);
            if (bins < 2) continue;
            tried++;
            split.Consider(feature, _counts, _occupied, part.Counts, weights, options.MinRowsInLeaf);
        }
        return split;
    }

    /// <summary>Counts the classes per bin. A node of few rows touches few bins, so only those are cleared and visited.</summary>
    private unsafe void Count(int feature, ReadOnlySpan<int> rows, long[] pairs)
    {
        const int fewRows = 512;
        ClearOccupied();
        // A bin is a byte and rows are those of the table, so every index is in bounds.
        fixed (byte* bins = &table.ByColumn[feature * table.RowCount])
        fixed (long* counts = _counts, pair = pairs)
        {
            if (rows.Length >= fewRows)
            {
                foreach (int row in rows) counts[bins[row]] += pair[row];
                for (int bin = 0; bin < BinMapper.Stride; bin++) if (counts[bin] != 0) _occupied[bin >> 6] |= 1UL << bin;
                return;
            }
            fixed (ulong* occupied = _occupied)
            {
                foreach (int row in rows)
                {
                    int bin = bins[row];
                    counts[bin] += pair[row];
                    occupied[bin >> 6] |= 1UL << bin;
                }
            }
        }
    }

    private void ClearOccupied()
    {
        for (int word = 0; word < _occupied.Length; word++)
            for (ulong bits = _occupied[word]; bits != 0; bits &= bits - 1)
                _counts[word * 64 + BitOperations.TrailingZeroCount(bits)] = 0;
        Array.Clear(_occupied);
    }

    private (Pending Left, Pending Right) Divide(DecisionTree tree, Pending part, GiniSplit split, int[] rows, int[] others)
    {
        var column = table.ByColumn.AsSpan(split.Feature * table.RowCount, table.RowCount);
        // Where the node saw no missing value, one that comes later follows the side of more rows.
        bool missingLeft = split.SawMissing ? split.MissingLeft : 2L * Histogram.Low(split.LeftCounts) >= Histogram.Low(part.Counts);
        int middle = part.Start + RowPartition.Divide(rows.AsSpan(part.Start..part.End), column, split.Bin, missingLeft, _scratch);
        int otherMiddle = part.OtherStart + RowPartition.Divide(others.AsSpan(part.OtherStart..part.OtherEnd), column, split.Bin, missingLeft, _scratch);
        long rightCounts = part.Counts - split.LeftCounts;
        int left = AddNode(tree, split.LeftCounts);
        int right = AddNode(tree, rightCounts);
        float threshold = split.Bin + 1 < table.Mapper.BinCount(split.Feature) ? table.Mapper.Edge(split.Feature, split.Bin) : float.PositiveInfinity;
        tree.Split(part.Node, split.Feature, threshold, missingLeft ? MissingValue.NaNLeft : MissingValue.NaNRight, left, right);
        return (new Pending(left, part.Start, middle, part.OtherStart, otherMiddle, part.Depth + 1, split.LeftCounts),
            new Pending(right, middle, part.End, otherMiddle, part.OtherEnd, part.Depth + 1, rightCounts));
    }
}
