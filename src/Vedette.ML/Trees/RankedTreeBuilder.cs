namespace Vedette.ML.Trees;

/// <summary>Translates one packed tree after the other into <see cref="RankedTree"/>s.</summary>
/// <param name="nodes">Nodes of the ensemble.</param>
/// <param name="values">Their values.</param>
/// <param name="columns">What they are compared with.</param>
/// <param name="loweredOffset">Bytes from a strip of ranks to that of the lowered ones.</param>
internal sealed class RankedTreeBuilder(ulong[] nodes, float[] values, RankedColumns columns, int loweredOffset)
{
    private const int CrownHeight = 7;

    // An instruction of a program takes about as long as two nodes of a full crown.
    private const int CostOfInstruction = 2;

    private readonly BlockBuilder _blocks = new(nodes, values, columns);

    /// <summary>The parts of all trees so far.</summary>
    public List<byte> Memory { get; } = [];

    /// <summary>Translates the tree whose nodes are [<paramref name="start"/>, <paramref name="end"/>); none if it has more blocks and values than there are codes.</summary>
    public RankedTree? Build(int start, int end, int depth)
    {
        int inner = (end - start) / 2;
        int height = Math.Max(depth, FullCrown.LeastHeight);
        bool isSmall = inner <= CrownProgram.MostNodes;
        if (height <= FullCrown.MostHeight && (!isSmall || FullCrown.Length(height) <= CostOfInstruction * inner)) return BuildFull(start, height);
        return isSmall ? BuildProgram(start, end) : BuildDeep(start);
    }

    private RankedTree BuildFull(int root, int height)
    {
        int[] exits = new int[FullCrown.Length(height)];
        var tree = AppendFullCrown(root, height, exits);
        return tree with { Values = LineMemory.Append<float>(Memory, Array.ConvertAll(exits, node => values[node])), End = Memory.Count };
    }

    private RankedTree? BuildDeep(int root)
    {
        int[] exits = new int[FullCrown.Length(CrownHeight)];
        var tree = AppendFullCrown(root, CrownHeight, exits);
        if (!_blocks.Find(exits)) return null;
        return tree with
        {
            Values = LineMemory.Append(Memory, _blocks.Values),
            Blocks = LineMemory.Append<byte>(Memory, _blocks.Write()),
            BlockCount = _blocks.BlockCount,
            End = Memory.Count,
        };
    }

    private RankedTree AppendFullCrown(int root, int height, int[] exits)
    {
        var crown = new FullCrownNode[FullCrown.Length(height)];
        var gapped = new FullCrownNode[FullCrown.Length(height)];
        FillCrown(crown, gapped, exits, root, 0, 0, height);
        int first = LineMemory.Append<FullCrownNode>(Memory, gapped);
        return new RankedTree { Height = height, CrownLength = crown.Length, GappedCrown = first, Crown = LineMemory.Append<FullCrownNode>(Memory, crown) };
    }

    /// <summary>A leaf above the last level is reached whatever the nodes below it would say: all their exits are it.</summary>
    private void FillCrown(FullCrownNode[] crown, FullCrownNode[] gapped, int[] exits, int node, int path, int level, int height)
    {
        if (level == height)
        {
            exits[path] = node;
            return;
        }
        int left = node + TreeEnsemble.DistanceOf(nodes[node]);
        if (left != node)
        {
            var test = columns.TestOf(nodes[node]);
            int place = FullCrown.IndexOf(path, level, height);
            crown[place] = FullCrownNode.Of(Strip(test, false), test.Comparand);
            gapped[place] = FullCrownNode.Of(Strip(test, true), test.Comparand);
        }
        FillCrown(crown, gapped, exits, left, 2 * path + 1, level + 1, height);
        FillCrown(crown, gapped, exits, left == node ? node : left + 1, 2 * path, level + 1, height);
    }

    private RankedTree BuildProgram(int start, int end)
    {
        var inner = new List<int>();
        for (int node = start; node < end; node++) if (TreeEnsemble.DistanceOf(nodes[node]) != 0) inner.Add(node);
        var exits = new List<int>();
        var program = new CrownNode[inner.Count];
        var gapped = new CrownNode[inner.Count];
        // Reversed: what a node picks from is computed before it.
        for (int i = inner.Count - 1; i >= 0; i--)
        {
            ulong node = nodes[inner[i]];
            int left = inner[i] + TreeEnsemble.DistanceOf(node);
            var test = columns.TestOf(node);
            int place = inner.Count - 1 - i;
            program[place] = new CrownNode(Strip(test, false), Position(left, inner, exits), Position(left + 1, inner, exits), test.Comparand);
            gapped[place] = program[place] with { Strip = Strip(test, true) };
        }
        if (inner.Count == 0) exits.Add(start);
        int first = LineMemory.Append<CrownNode>(Memory, gapped);
        return new RankedTree
        {
            CrownLength = program.Length,
            GappedCrown = first,
            Crown = LineMemory.Append<CrownNode>(Memory, program),
            Values = LineMemory.Append<float>(Memory, exits.Select(node => values[node]).ToArray()),
            End = Memory.Count,
        };
    }

    private int Strip(RankTest test, bool gaps) => test.Column * RankedEnsemble.Lanes + (gaps && test.MissingLeft ? loweredOffset : 0);

    private static ushort Position(int child, List<int> inner, List<int> exits)
    {
        int index = inner.BinarySearch(child);
        if (index >= 0) return (ushort)((CrownProgram.MostExits + inner.Count - 1 - index) * RankedEnsemble.Lanes);
        exits.Add(child);
        return (ushort)((exits.Count - 1) * RankedEnsemble.Lanes);
    }
}
