using System.Runtime.InteropServices;

namespace Vedette.ML.Trees;

/// <summary>Translates one packed tree after the other into <see cref="RankedTree"/>s and the lines of their blocks.</summary>
internal sealed class RankedTreeBuilder(ColumnRanks ranks)
{
    private const int MostCodes = 1 << 16;
    private const int NoCode = -1;

    private readonly List<int> _blockRoots = [];
    private readonly Dictionary<float, int> _valueCodes = [];
    private readonly List<float> _distinct = [];
    private ulong[] _nodes = [];
    private float[] _values = [];
    private int[] _codes = [];
    private int _start;

    /// <summary>Lines of all blocks so far.</summary>
    public List<byte> Blocks { get; } = [];

    /// <summary>Translates the tree whose nodes are [<paramref name="start"/>, <paramref name="end"/>); none if it has more blocks and values than there are codes.</summary>
    public RankedTree? Build(ulong[] nodes, float[] values, int start, int end)
    {
        (_nodes, _values, _start) = (nodes, values, start);
        _codes = new int[end - start];
        Array.Fill(_codes, NoCode);
        _blockRoots.Clear();
        _valueCodes.Clear();
        _distinct.Clear();
        var (crown, exits) = BuildCrown(end);
        FindBlocks(exits);
        if (!NumberLeaves(end)) return null;
        int firstBlock = Blocks.Count / RankedTree.BlockLength;
        foreach (int root in _blockRoots) AppendBlock(root);
        return new RankedTree
        {
            Crown = crown,
            Exits = [.. exits.Select(node => (ushort)_codes[node - start])],
            FirstBlock = firstBlock,
            BlockCount = _blockRoots.Count,
            Values = _blockRoots.Count == 0 ? [.. exits.Select(node => _values[node])] : [.. _distinct],
        };
    }

    /// <summary>The crown is the first inner nodes in breadth-first order, so it goes deeper where levels are sparse.</summary>
    private (CrownNode[] Crown, List<int> Exits) BuildCrown(int end)
    {
        var inner = new List<int>();
        for (int node = _start; node < end && inner.Count < RankedEnsemble.MostCrownNodes; node++)
            if (!IsLeaf(node)) inner.Add(node);
        var exits = new List<int>();
        var crown = new CrownNode[inner.Count];
        // Reversed: what a node picks from is computed before it.
        for (int i = inner.Count - 1; i >= 0; i--)
        {
            ulong node = _nodes[inner[i]];
            int left = inner[i] + TreeEnsemble.DistanceOf(node);
            crown[inner.Count - 1 - i] = new CrownNode(
                TreeEnsemble.ColumnOf(node) * RankedEnsemble.Lanes, Position(left, inner, exits), Position(left + 1, inner, exits), ranks.RankOf(node));
        }
        if (inner.Count == 0) exits.Add(_start);
        return (crown, exits);
    }

    private static ushort Position(int child, List<int> inner, List<int> exits)
    {
        int index = inner.BinarySearch(child);
        if (index >= 0) return (ushort)((RankedEnsemble.MostExits + inner.Count - 1 - index) * RankedEnsemble.Lanes);
        exits.Add(child);
        return (ushort)((exits.Count - 1) * RankedEnsemble.Lanes);
    }

    private void FindBlocks(List<int> exits)
    {
        foreach (int exit in exits) AddBlock(exit);
        for (int i = 0; i < _blockRoots.Count; i++) FindBlocksBelow(_blockRoots[i], RankedTree.Levels);
    }

    private void FindBlocksBelow(int node, int levels)
    {
        if (levels == 0)
        {
            AddBlock(node);
            return;
        }
        if (IsLeaf(node)) return;
        FindBlocksBelow(Left(node), levels - 1);
        FindBlocksBelow(Left(node) + 1, levels - 1);
    }

    private void AddBlock(int node)
    {
        if (IsLeaf(node)) return;
        _codes[node - _start] = _blockRoots.Count;
        _blockRoots.Add(node);
    }

    private bool NumberLeaves(int end)
    {
        for (int node = _start; node < end; node++)
        {
            if (!IsLeaf(node)) continue;
            if (!_valueCodes.TryGetValue(_values[node], out int code))
            {
                code = _valueCodes.Count;
                _valueCodes.Add(_values[node], code);
                _distinct.Add(_values[node]);
            }
            _codes[node - _start] = _blockRoots.Count + code;
        }
        return _blockRoots.Count + _valueCodes.Count <= MostCodes;
    }

    private void AppendBlock(int root)
    {
        Span<byte> line = stackalloc byte[RankedTree.BlockLength];
        line.Clear();
        line.Slice(RankedTree.FirstExit, RankedTree.FirstExit).Fill((byte)ColumnRanks.Unreachable);
        FillBlock(line, root, 1);
        Blocks.AddRange(line);
    }

    /// <summary>A leaf above the last level is reached whatever the nodes below it would say: all their exits are it.</summary>
    private void FillBlock(Span<byte> line, int node, int position)
    {
        if (position >= RankedTree.FirstExit)
        {
            MemoryMarshal.Cast<byte, ushort>(line)[position] = (ushort)_codes[node - _start];
            return;
        }
        bool leaf = IsLeaf(node);
        if (!leaf) (line[position], line[RankedTree.FirstExit + position]) = ((byte)TreeEnsemble.ColumnOf(_nodes[node]), (byte)ranks.RankOf(_nodes[node]));
        FillBlock(line, leaf ? node : Left(node), 2 * position);
        FillBlock(line, leaf ? node : Left(node) + 1, 2 * position + 1);
    }

    private bool IsLeaf(int node) => TreeEnsemble.DistanceOf(_nodes[node]) == 0;

    private int Left(int node) => node + TreeEnsemble.DistanceOf(_nodes[node]);
}
