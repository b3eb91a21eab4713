using System.Runtime.InteropServices;

namespace Vedette.ML.Trees;

/// <summary>Writes the blocks of one deep tree after the other; see <see cref="BlockDescent"/> for their form.</summary>
internal sealed class BlockBuilder(ulong[] nodes, float[] values, RankedColumns columns)
{
    private const int MostCodes = 1 << 16;

    private readonly List<int> _roots = [];
    private readonly Dictionary<int, int> _blocks = [];
    private readonly Dictionary<float, int> _valueCodes = [];
    private readonly List<float> _distinct = [];

    /// <summary>Blocks of the tree found last.</summary>
    public int BlockCount => _roots.Count;

    /// <summary>What the codes of leaves of the tree found last stand for.</summary>
    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_distinct);

    /// <summary>Finds a tree's blocks, first one for each exit of its crown; false if there are too many of them and of values.</summary>
    public bool Find(ReadOnlySpan<int> exits)
    {
        _roots.Clear();
        _blocks.Clear();
        _valueCodes.Clear();
        _distinct.Clear();
        _roots.AddRange(exits);
        for (int i = 0; i < _roots.Count; i++) FindBelow(_roots[i], BlockDescent.Levels);
        return _roots.Count + _distinct.Count <= MostCodes;
    }

    /// <summary>Writes the blocks found.</summary>
    public byte[] Write()
    {
        byte[] lines = new byte[BlockCount * BlockDescent.BlockLength];
        for (int i = 0; i < _roots.Count; i++) FillBlock(lines.AsSpan(i * BlockDescent.BlockLength, BlockDescent.BlockLength), _roots[i], 1);
        return lines;
    }

    private void FindBelow(int node, int levels)
    {
        if (IsLeaf(node))
        {
            if (_valueCodes.TryAdd(values[node], _distinct.Count)) _distinct.Add(values[node]);
            return;
        }
        if (levels == 0)
        {
            _blocks.Add(node, _roots.Count);
            _roots.Add(node);
            return;
        }
        FindBelow(Left(node), levels - 1);
        FindBelow(Left(node) + 1, levels - 1);
    }

    /// <summary>A leaf above the last level is reached whatever the nodes below it would say: all their exits are it.</summary>
    private void FillBlock(Span<byte> line, int node, int place)
    {
        if (place >= BlockDescent.FirstExit)
        {
            int code = IsLeaf(node) ? _roots.Count + _valueCodes[values[node]] : _blocks[node];
            MemoryMarshal.Cast<byte, ushort>(line)[place] = (ushort)code;
            return;
        }
        bool leaf = IsLeaf(node);
        if (!leaf)
        {
            var test = columns.TestOf(nodes[node]);
            (line[place], line[BlockDescent.FirstExit + place]) = (RankedEnsemble.Selector(columns, test), (byte)test.Comparand);
        }
        FillBlock(line, leaf ? node : Left(node), 2 * place + 1);
        FillBlock(line, leaf ? node : Left(node) + 1, 2 * place);
    }

    private bool IsLeaf(int node) => TreeEnsemble.DistanceOf(nodes[node]) == 0;

    private int Left(int node) => node + TreeEnsemble.DistanceOf(nodes[node]);
}
