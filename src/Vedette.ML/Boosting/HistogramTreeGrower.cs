using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Vedette.ML.Binning;
using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>Grows one boosted tree after another over a binned table, by histograms of gradients.</summary>
/// <remarks>
/// Leaves are split in order of gain. Where no limit on leaves couples them, the order does not matter and the tree is the one that level by level gives;
/// then the youngest goes first, so that few histograms are alive at once. Only the smaller child's histogram is filled from rows; the other is the difference.
/// </remarks>
internal sealed class HistogramTreeGrower(BinnedRows table, GrowthLimits limits, int maxThreads)
{
    // Below this many additions a second thread costs more than it saves.
    private const int WorkPerThread = 1 << 18;

    private readonly SplitFinder _finder = new(table, limits);
    private readonly Stack<long[]> _spare = new();
    private readonly int[] _scratch = new int[table.RowCount];

    /// <summary>A leaf that may still be split; ranges are of the two row lists.</summary>
    private sealed record Open(int Node, int Start, int End, int OtherStart, int OtherEnd, int Depth, long Sum)
    {
        public BinSplit Split { get; set; }

        public long[]? Sums { get; set; }
    }

    /// <summary>Grows a tree on <paramref name="rows"/> and tells what it adds to each row's score.</summary>
    /// <param name="gradients">Fixed-point gradient and hessian per row of the table.</param>
    /// <param name="rows">Rows that decide on splits; reordered.</param>
    /// <param name="others">Rows that only receive an output; reordered.</param>
    /// <param name="features">Features that may be split.</param>
    /// <param name="scores">Score per row of the table; the outputs are added.</param>
    /// <param name="gains">Gain per feature; the splits' are added.</param>
    public DecisionTree Grow(FixedPointGradients gradients, int[] rows, int[] others, int[] features, float[] scores, double[] gains)
    {
        (_finder.GradientUnit, _finder.HessianUnit) = (gradients.GradientUnit, gradients.HessianUnit);
        var tree = new DecisionTree();
        var leaves = new List<Open>();
        bool byGain = limits.MaxLeaves < int.MaxValue;
        var queue = new PriorityQueue<Open, (double Gain, int Node)>();
        var root = new Open(tree.AddLeaf(0, 0), 0, rows.Length, 0, others.Length, 0, gradients.Sum(rows));
        root.Sums = Fill(rows, gradients.Pairs);
        Consider(root, features, leaves, queue, byGain);
        while (queue.TryDequeue(out var open, out _))
        {
            if (queue.Count + leaves.Count + 2 > limits.MaxLeaves)
            {
                Close(open, leaves);
                continue;
            }
            var (left, right) = Divide(open, tree, rows, others, gains);
            FillChildren(open, left, right, rows, gradients.Pairs);
            Consider(left, features, leaves, queue, byGain);
            Consider(right, features, leaves, queue, byGain);
        }
        foreach (var leaf in leaves) SetOutput(leaf, tree, rows, others, scores);
        return tree;
    }

    private void Consider(Open open, int[] features, List<Open> leaves, PriorityQueue<Open, (double, int)> queue, bool byGain)
    {
        if (open.Sums is not null) open.Split = _finder.Find(open.Sums, open.Sum, open.End - open.Start, features);
        if (open.Split.Exists) queue.Enqueue(open, byGain ? (-open.Split.Gain, open.Node) : (0, -open.Node));
        else Close(open, leaves);
    }

    private void Close(Open open, List<Open> leaves)
    {
        if (open.Sums is not null) _spare.Push(open.Sums);
        open.Sums = null;
        leaves.Add(open);
    }

    private (Open Left, Open Right) Divide(Open open, DecisionTree tree, int[] rows, int[] others, double[] gains)
    {
        var split = open.Split;
        var column = table.ByColumn.AsSpan(split.Feature * table.RowCount, table.RowCount);
        int middle = open.Start + RowPartition.Divide(rows.AsSpan(open.Start..open.End), column, split.Bin, split.MissingLeft, _scratch);
        int otherMiddle = open.OtherStart + RowPartition.Divide(others.AsSpan(open.OtherStart..open.OtherEnd), column, split.Bin, split.MissingLeft, _scratch);
        var left = new Open(tree.AddLeaf(0, 0), open.Start, middle, open.OtherStart, otherMiddle, open.Depth + 1, split.LeftSum);
        var right = new Open(tree.AddLeaf(0, 0), middle, open.End, otherMiddle, open.OtherEnd, open.Depth + 1, open.Sum - split.LeftSum);
        tree.Split(open.Node, split.Feature, Threshold(split), split.MissingLeft ? MissingValue.NaNLeft : MissingValue.NaNRight, left.Node, right.Node);
        gains[split.Feature] += split.Gain;
        return (left, right);
    }

    /// <summary>The last bin has no edge: splitting behind it parts the missing values from all others. +∞ then goes right with them, as no number is above it.</summary>
    private float Threshold(BinSplit split) =>
        split.Bin + 1 < table.Mapper.BinCount(split.Feature) ? table.Mapper.Edge(split.Feature, split.Bin) : float.PositiveInfinity;

    private void FillChildren(Open open, Open left, Open right, int[] rows, long[] pairs)
    {
        if (left.Depth >= limits.MaxDepth)
        {
            _spare.Push(open.Sums!);
            return;
        }
        bool leftIsSmaller = left.End - left.Start <= right.End - right.Start;
        var (smaller, larger) = leftIsSmaller ? (left, right) : (right, left);
        smaller.Sums = Fill(rows.AsSpan(smaller.Start..smaller.End), pairs);
        TensorPrimitives.Subtract<long>(open.Sums, smaller.Sums, open.Sums);
        larger.Sums = open.Sums;
    }

    private long[] Fill(ReadOnlySpan<int> rows, long[] pairs)
    {
        int width = table.FeatureCount;
        if (_spare.TryPop(out long[]? sums)) Array.Clear(sums);
        else sums = new long[width * BinMapper.Stride];
        int parts = (int)Math.Clamp((long)rows.Length * width / WorkPerThread, 1, Math.Min(8, width));
        if (parts == 1 || maxThreads == 1)
        {
            Histogram.Add(table, rows, pairs, sums, 0, width);
            return sums;
        }
        FillInParts(rows, pairs, sums, parts);
        return sums;
    }

    /// <summary>Each thread fills the histograms of some of the features.</summary>
    private unsafe void FillInParts(ReadOnlySpan<int> rows, long[] pairs, long[] sums, int parts)
    {
        int width = table.FeatureCount;
        int count = rows.Length;
        fixed (int* pinned = rows)
        {
            int* start = pinned;
            Workers.For(parts, maxThreads, part =>
                Histogram.Add(table, new ReadOnlySpan<int>(start, count), pairs, sums, part * width / parts, (part + 1) * width / parts));
        }
    }

    private void SetOutput(Open leaf, DecisionTree tree, int[] rows, int[] others, float[] scores)
    {
        double hessian = Histogram.Low(leaf.Sum) * _finder.HessianUnit;
        float output = (float)limits.Output(Histogram.High(leaf.Sum) * _finder.GradientUnit, hessian);
        CollectionsMarshal.AsSpan(tree.Nodes)[leaf.Node] = tree.Nodes[leaf.Node] with { Value = output, Cover = (float)hessian };
        foreach (int row in rows.AsSpan(leaf.Start..leaf.End)) scores[row] += output;
        foreach (int row in others.AsSpan(leaf.OtherStart..leaf.OtherEnd)) scores[row] += output;
    }
}
