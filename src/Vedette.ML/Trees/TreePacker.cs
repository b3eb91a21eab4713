namespace Vedette.ML.Trees;

/// <summary>Lays trees out as <see cref="TreeEnsemble"/> keeps them.</summary>
internal sealed class TreePacker(int featureCount)
{
    private readonly Dictionary<InputColumn, int> _columnIndex = [];
    private readonly List<InputColumn> _columns = [];
    private ulong[] _nodes = [];
    private float[] _values = [];
    private float[] _covers = [];

    public delegate TreeEnsemble Packed(ulong[] nodes, float[] values, float[] covers, int[] roots, InputColumn[] columns);

    public TreeEnsemble Pack(IReadOnlyList<DecisionTree> trees, Packed finish)
    {
        int count = trees.Sum(tree => tree.Nodes.Count);
        (_nodes, _values, _covers) = (new ulong[count], new float[count], new float[count]);
        int[] roots = new int[trees.Count + 1];
        for (int tree = 0; tree < trees.Count; tree++) roots[tree + 1] = PackTree(trees[tree].Nodes, roots[tree]);
        // A foreign tree may list nodes that it no longer uses; they are not laid out.
        int used = roots[^1];
        return finish(_nodes[..used], _values[..used], _covers[..used], roots, [.. _columns]);
    }

    private int PackTree(List<TreeNode> source, int start)
    {
        int[] order = new int[source.Count];
        int filled = 1;
        for (int i = 0; i < filled; i++)
        {
            var node = source[order[i]];
            (_values[start + i], _covers[start + i]) = (node.Value, node.Cover);
            if (node.Feature == TreeNode.Leaf)
            {
                _nodes[start + i] = TreeEnsemble.PackNode(0, 0, InputColumn.UnreachableKey);
                continue;
            }
            if (filled - i > TreeEnsemble.MaxDistance) throw new ArgumentException("A tree is too wide for the packed form.");
            _nodes[start + i] = TreeEnsemble.PackNode(Column(node), filled - i, InputColumn.KeyOf(node.Threshold));
            order[filled++] = node.Left;
            order[filled++] = node.Right;
        }
        for (int i = filled - 1; i >= 0; i--) SetMean(start + i);
        return start + filled;
    }

    /// <summary>An inner node's value is the mean of what lies below it, weighted by cover: the expectation before the split is known.</summary>
    private void SetMean(int index)
    {
        int distance = TreeEnsemble.DistanceOf(_nodes[index]);
        if (distance == 0) return;
        int left = index + distance;
        double cover = (double)_covers[left] + _covers[left + 1];
        double weight = cover > 0 ? _covers[left] / cover : 0.5;
        _values[index] = (float)(weight * _values[left] + (1 - weight) * _values[left + 1]);
    }

    private int Column(TreeNode node)
    {
        if (node.Feature >= featureCount) throw new ArgumentException($"A tree splits on feature {node.Feature} of {featureCount}.");
        var column = new InputColumn(node.Feature, node.Missing);
        if (_columnIndex.TryGetValue(column, out int index)) return index;
        if (_columns.Count == TreeEnsemble.MaxColumns) throw new ArgumentException($"The trees split on more than {TreeEnsemble.MaxColumns} columns.");
        _columns.Add(column);
        _columnIndex.Add(column, _columns.Count - 1);
        return _columns.Count - 1;
    }
}
