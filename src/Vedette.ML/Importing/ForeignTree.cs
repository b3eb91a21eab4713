using Vedette.ML.Trees;

namespace Vedette.ML.Importing;

/// <summary>Checks that what a foreign file calls a tree is one.</summary>
internal static class ForeignTree
{
    /// <summary>Most features of a foreign model.</summary>
    public const int MostFeatures = 1 << 20;

    /// <summary>Throws unless every node can be reached from the first by exactly one way.</summary>
    public static void Check(DecisionTree tree)
    {
        var nodes = tree.Nodes;
        if (nodes.Count == 0) throw new InvalidDataException("A tree has no nodes.");
        bool[] seen = new bool[nodes.Count];
        var pending = new Stack<int>();
        pending.Push(0);
        while (pending.TryPop(out int index))
        {
            if ((uint)index >= (uint)nodes.Count) throw new InvalidDataException($"A tree of {nodes.Count} nodes refers to node {index}.");
            if (seen[index]) throw new InvalidDataException($"Node {index} of a tree is reached by two ways.");
            seen[index] = true;
            if (nodes[index].Feature == TreeNode.Leaf) continue;
            pending.Push(nodes[index].Left);
            pending.Push(nodes[index].Right);
        }
    }

    /// <summary>Packs checked trees; whatever the packed form cannot hold is the file's fault.</summary>
    public static TreeEnsemble Pack(List<DecisionTree> trees, int featureCount, double baseValue)
    {
        try
        {
            return TreeEnsemble.Pack(trees, featureCount, baseValue);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    public static float Finite(float value) => float.IsFinite(value) ? value : throw new InvalidDataException($"A tree holds {value}.");

    /// <summary>Reads all of <paramref name="stream"/> into memory, up to a bound.</summary>
    public static byte[] ReadAll(Stream stream, long mostBytes)
    {
        using var buffer = new MemoryStream();
        byte[] piece = new byte[1 << 16];
        int read;
        while ((read = stream.Read(piece)) > 0)
        {
            buffer.Write(piece, 0, read);
            if (buffer.Length > mostBytes) throw new InvalidDataException($"The model is larger than {mostBytes} bytes.");
        }
        return buffer.ToArray();
    }
}
