namespace Vedette.ML.Trees;

/// <summary>One tree while it grows or is read: nodes in any order, the root first.</summary>
internal sealed class DecisionTree
{
    public List<TreeNode> Nodes { get; } = [];

    /// <summary>Adds a leaf and returns its index; <see cref="Split"/> may turn it into an inner node later.</summary>
    public int AddLeaf(float value, float cover)
    {
        Nodes.Add(new TreeNode { Feature = TreeNode.Leaf, Value = value, Cover = cover });
        return Nodes.Count - 1;
    }

    /// <summary>Makes node <paramref name="index"/> send rows with <c>value &lt; threshold</c> to <paramref name="left"/> and others to <paramref name="right"/>.</summary>
    public void Split(int index, int feature, float threshold, MissingValue missing, int left, int right)
    {
        Nodes[index] = Nodes[index] with { Feature = feature, Threshold = threshold, Missing = missing, Left = left, Right = right };
    }
}

/// <summary>A node of a <see cref="DecisionTree"/>.</summary>
internal readonly record struct TreeNode
{
    public const int Leaf = -1;

    /// <summary>Column compared, or <see cref="Leaf"/>.</summary>
    public int Feature { get; init; }

    public float Threshold { get; init; }

    public MissingValue Missing { get; init; }

    public int Left { get; init; }

    public int Right { get; init; }

    /// <summary>Output of a leaf; what an inner node holds here is replaced by the mean of its leaves.</summary>
    public float Value { get; init; }

    /// <summary>Training rows, or their weight, that reached the node.</summary>
    public float Cover { get; init; }
}
