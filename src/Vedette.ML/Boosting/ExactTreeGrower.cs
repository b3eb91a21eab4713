using System.Runtime.InteropServices;
using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>Grows regression trees level by level: one pass over each column, in order of value, finds the best split of every node of a level.</summary>
internal sealed class ExactTreeGrower
{
    private const int Settled = -1;

    private readonly GradientBoostingOptions _options;
    private readonly int _featureCount;
    private readonly float[][] _columns;
    private readonly int[][] _sorted;
    private readonly int[] _nodeOf;

    public ExactTreeGrower(ReadOnlySpan<float> rows, int featureCount, GradientBoostingOptions options)
    {
        (_options, _featureCount) = (options, featureCount);
        int rowCount = rows.Length / featureCount;
        _nodeOf = new int[rowCount];
        _columns = new float[featureCount][];
        _sorted = new int[featureCount][];
        for (int feature = 0; feature < featureCount; feature++)
        {
            _columns[feature] = new float[rowCount];
            for (int row = 0; row < rowCount; row++) _columns[feature][row] = rows[row * featureCount + feature];
        }
        Workers.For(featureCount, options.MaxThreads, feature =>
        {
            float[] keys = [.. _columns[feature]];
            _sorted[feature] = Enumerable.Range(0, rowCount).ToArray();
            Array.Sort(keys, _sorted[feature]);
        });
    }

    /// <summary>Sums over a node's sampled rows.</summary>
    private struct Sums
    {
        public int Count;
        public double Residual;
        public double Square;
        public double Hessian;
    }

    private record struct Split(int Feature, float Threshold, double Gain);

    /// <summary>Grows a tree on the rows in the sample and adds its outputs, times the learning rate, to the scores of all rows.</summary>
    public DecisionTree Grow(double[] residuals, double[] hessians, bool[] inSample, double[] scores, double[] gains)
    {
        var tree = new DecisionTree();
        tree.AddLeaf(0, 0);
        Array.Clear(_nodeOf);
        int[] leafOf = new int[_nodeOf.Length];
        int firstNode = 0;
        for (int depth = 0; firstNode < tree.Nodes.Count; depth++)
        {
            var sums = SumLevel(tree, firstNode, residuals, hessians, inSample);
            var splits = depth < _options.MaxDepth ? FindSplits(sums, residuals, inSample) : NoSplits(sums.Length);
            int levelEnd = tree.Nodes.Count;
            for (int i = 0; i < sums.Length; i++) SplitOrSettle(tree, firstNode + i, sums[i], splits[i], gains);
            MoveRows(tree, firstNode, levelEnd, leafOf);
            firstNode = levelEnd;
        }
        for (int row = 0; row < scores.Length; row++) scores[row] += tree.Nodes[leafOf[row]].Value;
        return tree;
    }

    private Sums[] SumLevel(DecisionTree tree, int firstNode, double[] residuals, double[] hessians, bool[] inSample)
    {
        var sums = new Sums[tree.Nodes.Count - firstNode];
        for (int row = 0; row < _nodeOf.Length; row++)
        {
            if (_nodeOf[row] == Settled || !inSample[row]) continue;
            ref var sum = ref sums[_nodeOf[row]];
            sum.Count++;
            sum.Residual += residuals[row];
            sum.Square += residuals[row] * residuals[row];
            sum.Hessian += hessians[row];
        }
        return sums;
    }

    /// <summary>Best split per node of the level; ties go to the first feature. Features are searched in parallel and compared in order.</summary>
    private Split[] FindSplits(Sums[] sums, double[] residuals, bool[] inSample)
    {
        var found = new Split[_featureCount][];
        Workers.For(_featureCount, _options.MaxThreads, feature => found[feature] = FindSplits(feature, sums, residuals, inSample));
        var best = NoSplits(sums.Length);
        for (int node = 0; node < sums.Length; node++)
            foreach (var candidates in found)
                if (candidates[node].Gain > best[node].Gain) best[node] = candidates[node];
        return best;
    }

    private static Split[] NoSplits(int count)
    {
        var none = new Split[count];
        foreach (ref var split in none.AsSpan()) split.Gain = -1;
        return none;
    }

    private Split[] FindSplits(int feature, Sums[] sums, double[] residuals, bool[] inSample)
    {
        float[] column = _columns[feature];
        var best = NoSplits(sums.Length);
        int[] counts = new int[sums.Length];
        double[] left = new double[sums.Length];
        float[] last = new float[sums.Length];
        foreach (int row in _sorted[feature])
        {
            int node = _nodeOf[row];
            if (node == Settled || !inSample[row]) continue;
            float value = column[row];
            int leftCount = counts[node], rightCount = sums[node].Count - leftCount;
            if (value > last[node] && leftCount >= _options.MinRowsInLeaf && rightCount >= _options.MinRowsInLeaf)
            {
                // Friedman's improvement: w_l·w_r/(w_l + w_r) · (mean_l − mean_r)².
                double difference = left[node] / leftCount - (sums[node].Residual - left[node]) / rightCount;
                double gain = (double)leftCount * rightCount / (leftCount + rightCount) * difference * difference;
                if (gain > best[node].Gain) best[node] = new Split(feature, Between(last[node], value), gain);
            }
            counts[node]++;
            left[node] += residuals[row];
            last[node] = value;
        }
        return best;
    }

    private static float Between(float lower, float upper)
    {
        float middle = (float)(((double)lower + upper) / 2);
        return middle > lower && middle <= upper ? middle : upper;
    }

    private void SplitOrSettle(DecisionTree tree, int node, Sums sums, Split split, double[] gains)
    {
        double variance = sums.Count == 0 ? 0 : sums.Square / sums.Count - Math.Pow(sums.Residual / sums.Count, 2);
        if (split.Gain < 0 || variance <= 1e-15)
        {
            double step = sums.Hessian > 1e-150 ? sums.Residual / sums.Hessian : 0;
            CollectionsMarshal.AsSpan(tree.Nodes)[node] = tree.Nodes[node] with { Value = (float)(step * _options.LearningRate), Cover = sums.Count };
            return;
        }
        int left = tree.AddLeaf(0, 0);
        tree.Split(node, split.Feature, split.Threshold, MissingValue.NaNRight, left, tree.AddLeaf(0, 0));
        gains[split.Feature] += split.Gain;
    }

    /// <summary>Rows of split nodes move to the children, numbered from the next level's first; rows of leaves are settled.</summary>
    private void MoveRows(DecisionTree tree, int firstNode, int levelEnd, int[] leafOf)
    {
        for (int row = 0; row < _nodeOf.Length; row++)
        {
            if (_nodeOf[row] == Settled) continue;
            var node = tree.Nodes[firstNode + _nodeOf[row]];
            if (node.Feature == TreeNode.Leaf)
            {
                leafOf[row] = firstNode + _nodeOf[row];
                _nodeOf[row] = Settled;
            }
            else _nodeOf[row] = (_columns[node.Feature][row] < node.Threshold ? node.Left : node.Right) - levelEnd;
        }
    }
}
