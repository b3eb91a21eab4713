using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vedette.ML.Trees;

/// <summary>A second form of an ensemble, for many rows at once: values become ranks of one byte, and nodes are compared with whole vectors of them.</summary>
/// <remarks>
/// The crown of a tree is evaluated for 64 rows at once, every node of it: a comparison and a choice per node are quicker than a descent that each row makes
/// by itself (the idea of C. Lucchese et al., "QuickScorer", SIGIR 2015, and T. Ye et al., "RapidScorer", KDD 2018, with choices in place of their bit vectors
/// of leaves). Below it a row descends four levels at a step: one permutation fetches its ranks for all 15 nodes of a block. The leaves reached, and the order
/// in which their values are added, are those of <see cref="TreeEnsemble"/>. Immutable and thread-safe.
/// </remarks>
[SkipLocalsInit]
internal sealed unsafe class RankedEnsemble
{
    /// <summary>Rows in a strip: their ranks in one column are one vector.</summary>
    public const int Lanes = 64;

    public const int MostCrownNodes = 127;
    public const int MostExits = MostCrownNodes + 1;

    private const int MostColumnsInBlocks = 64;
    private const int MostColumns = 1024;
    private const int RowLength = 64;
    private const int StripsPerChunk = 8;
    private const int RowsPerChunk = StripsPerChunk * Lanes;
    private const int MostRows = 4096;
    private const int RanksPerBatch = 16 * 1024;

    private readonly ColumnRanks _ranks;
    private readonly RankedTree[] _trees;

    // Pinned, so that it stays where lines of the cache begin.
    private readonly byte[] _lines;
    private readonly byte* _blocks;
    private readonly int _rowsPerBatch;

    private RankedEnsemble(ColumnRanks ranks, RankedTree[] trees, List<byte> blocks)
    {
        (_ranks, _trees) = (ranks, trees);
        _lines = GC.AllocateUninitializedArray<byte>(blocks.Count + RankedTree.BlockLength, pinned: true);
        byte* start = (byte*)Unsafe.AsPointer(ref _lines[0]);
        _blocks = Align(start);
        blocks.CopyTo(_lines, (int)(_blocks - start));
        // Deep trees are fetched from afar, so for many rows at once; else the ranks should stay near.
        int rows = HasBlocks ? MostRows : RanksPerBatch / Math.Max(1, ranks.ColumnCount);
        _rowsPerBatch = Math.Clamp(rows / RowsPerChunk * RowsPerChunk, RowsPerChunk, MostRows);
    }

    /// <summary>Bytes of the form.</summary>
    public long Size => _ranks.Size + _lines.Length + _trees.Sum(tree => tree.Size);

    private bool HasBlocks => _lines.Length > RankedTree.BlockLength;

    /// <summary>Translates an ensemble; none if it compares some column with more than 255 thresholds, is otherwise too large, or the processor lacks the means.</summary>
    public static RankedEnsemble? Build(ulong[] nodes, float[] values, int[] roots, InputColumn[] columns)
    {
        if (!Vector256.IsHardwareAccelerated || columns.Length > MostColumns) return null;
        var ranks = ColumnRanks.Collect(nodes, columns);
        if (ranks is null) return null;
        var builder = new RankedTreeBuilder(ranks);
        var trees = new RankedTree[roots.Length - 1];
        for (int tree = 0; tree < trees.Length; tree++)
        {
            var built = builder.Build(nodes, values, roots[tree], roots[tree + 1]);
            if (built is null) return null;
            if (built.BlockCount > 0 && !(Avx512Vbmi.IsSupported && columns.Length <= MostColumnsInBlocks)) return null;
            trees[tree] = built;
        }
        return new RankedEnsemble(ranks, trees, builder.Blocks);
    }

    /// <summary>Adds up what the trees say of each row, from <paramref name="baseValue"/> on.</summary>
    public void Sum(ReadOnlySpan<float> rows, int featureCount, double baseValue, Span<float> sums)
    {
        int capacity = Math.Min(_rowsPerBatch, (sums.Length + Lanes - 1) / Lanes * Lanes);
        sbyte[] strips = ArrayPool<sbyte>.Shared.Rent((capacity * _ranks.ColumnCount) + Lanes);
        byte[] table = ArrayPool<byte>.Shared.Rent(HasBlocks ? (capacity + 1) * RowLength : 1);
        double[] totals = ArrayPool<double>.Shared.Rent(capacity);
        byte* space = stackalloc byte[(MostExits + MostCrownNodes + 1) * Lanes];
        byte* scratch = Align(space);
        for (int exit = 0; exit < MostExits; exit++) Vector512.Create((byte)exit).Store(scratch + exit * Lanes);
        for (int done = 0; done < sums.Length; done += capacity)
        {
            int count = Math.Min(capacity, sums.Length - done);
            totals.AsSpan(0, capacity).Fill(baseValue);
            fixed (sbyte* strip = strips)
            fixed (byte* row = table)
            fixed (double* total = totals)
            {
                var alignedStrip = (sbyte*)Align((byte*)strip);
                byte* alignedRow = Align(row);
                RankRows(rows.Slice(done * featureCount, count * featureCount), featureCount, count, alignedStrip, alignedRow);
                for (int tree = 0; tree < _trees.Length; tree++)
                    AddTree(_trees[tree], tree + 1 < _trees.Length ? _trees[tree + 1] : _trees[0], alignedStrip, alignedRow, count, scratch, total);
            }
            for (int i = 0; i < count; i++) sums[done + i] = (float)totals[i];
        }
        ArrayPool<double>.Shared.Return(totals);
        ArrayPool<byte>.Shared.Return(table);
        ArrayPool<sbyte>.Shared.Return(strips);
    }

    /// <summary>The first line of the cache that begins at <paramref name="start"/> or behind it.</summary>
    private static byte* Align(byte* start) => start + (-(nint)start & (Lanes - 1));

    /// <summary>Ranks rows, by strips and columns for the crowns and by rows for the blocks. Lanes past the last row hold what they held; nobody reads their sums.</summary>
    private void RankRows(ReadOnlySpan<float> rows, int featureCount, int count, sbyte* strips, byte* table)
    {
        int columns = _ranks.ColumnCount;
        for (int start = 0; start < count; start += Lanes)
        {
            int inStrip = Math.Min(Lanes, count - start);
            var strip = new Span<sbyte>(strips + (long)start * columns, Lanes * columns);
            var values = rows.Slice(start * featureCount, inStrip * featureCount);
            for (int column = 0; column < columns; column++)
            {
                var ranks = strip.Slice(column * Lanes, inStrip);
                _ranks.Rank(column, values, featureCount, ranks);
                if (!HasBlocks) continue;
                for (int row = 0; row < inStrip; row++) table[(start + row) * RowLength + column] = (byte)ranks[row];
            }
        }
    }

    private void AddTree(RankedTree tree, RankedTree next, sbyte* strips, byte* rows, int count, byte* scratch, double* totals)
    {
        byte* picks = stackalloc byte[RowsPerChunk];
        ushort* codes = stackalloc ushort[RowsPerChunk];
        ushort* open = stackalloc ushort[RowsPerChunk];
        byte* blocks = _blocks + (long)tree.FirstBlock * RankedTree.BlockLength;
        int columns = _ranks.ColumnCount;
        // Every index is in bounds: the builder made offsets, exits and codes from a tree that was checked, and ranks are bytes of existing columns.
        fixed (CrownNode* crown = tree.Crown)
        fixed (ushort* exits = tree.Exits)
        fixed (float* values = tree.Values)
        {
            for (int start = 0; start < count; start += RowsPerChunk)
            {
                int inChunk = Math.Min(RowsPerChunk, count - start);
                Prefetch(next, start, count);
                for (int row = 0; row < inChunk; row += Lanes)
                    PickExits(crown, tree.Crown.Length, strips + (start + row) * columns, scratch).Store(picks + row);
                if (tree.BlockCount == 0)
                {
                    AddValues(picks, inChunk, values, totals + start);
                    continue;
                }
                int unfinished = Enter(picks, inChunk, exits, tree.BlockCount, codes, open);
                while (unfinished > 0) unfinished = Descend(blocks, tree.BlockCount, rows + (long)start * RowLength, codes, open, unfinished);
                AddValues(codes, inChunk, values - tree.BlockCount, totals + start);
            }
        }
    }

    /// <summary>Turns exits into codes and lists the rows that have not reached a leaf; returns how many.</summary>
    private static int Enter(byte* picks, int count, ushort* exits, int blockCount, ushort* codes, ushort* open)
    {
        int unfinished = 0;
        for (int row = 0; row < count; row++)
        {
            ushort code = exits[picks[row]];
            codes[row] = code;
            open[unfinished] = (ushort)row;
            unfinished += code < blockCount ? 1 : 0;
        }
        return unfinished;
    }

    private static void AddValues(byte* picks, int count, float* values, double* totals)
    {
        for (int row = 0; row < count; row++) totals[row] += values[picks[row]];
    }

    private static void AddValues(ushort* codes, int count, float* values, double* totals)
    {
        for (int row = 0; row < count; row++) totals[row] += values[codes[row]];
    }

    /// <summary>Has a share of a tree's blocks fetched while another tree is at work.</summary>
    private void Prefetch(RankedTree tree, int start, int count)
    {
        if (tree.BlockCount == 0) return;
        long first = (long)tree.BlockCount * start / count;
        long end = (long)tree.BlockCount * Math.Min(start + RowsPerChunk, count) / count;
        byte* blocks = _blocks + (long)tree.FirstBlock * RankedTree.BlockLength;
        for (long block = first; block < end; block++) Sse.Prefetch1(blocks + block * RankedTree.BlockLength);
    }

    /// <summary>The exit of the crown that each row of a strip takes.</summary>
    private static Vector512<byte> PickExits(CrownNode* crown, int length, sbyte* strip, byte* scratch)
    {
        byte* target = scratch + MostExits * Lanes;
        // A crown without nodes has one exit, number 0.
        var pick = Vector512<byte>.Zero;
        for (var node = crown; node < crown + length; node++, target += Lanes)
        {
            var goesRight = Vector512.GreaterThan(Vector512.Load(strip + node->Column), Vector512.Create(node->Rank)).AsByte();
            pick = Vector512.ConditionalSelect(goesRight, Vector512.Load(scratch + node->Right), Vector512.Load(scratch + node->Left));
            pick.Store(target);
        }
        return pick;
    }

    /// <summary>Takes each open row through one block and keeps those open that have not reached a leaf; returns how many.</summary>
    private static int Descend(byte* blocks, int blockCount, byte* rows, ushort* codes, ushort* open, int unfinished)
    {
        int kept = 0;
        for (int i = 0; i < unfinished; i++)
        {
            ushort row = open[i];
            byte* block = blocks + codes[row] * RankedTree.BlockLength;
            var columns = Vector128.Load(block).ToVector256Unsafe().ToVector512Unsafe();
            var ranks = Avx512Vbmi.PermuteVar64x8(Vector512.Load(rows + row * RowLength), columns).GetLower().GetLower().AsSByte();
            uint reached = Vector128.GreaterThan(ranks, Vector128.Load(block + RankedTree.FirstExit).AsSByte()).ExtractMostSignificantBits();
            uint position = 2 + ((reached >> 1) & 1);
            position = 2 * position + ((reached >> (int)position) & 1);
            position = 2 * position + ((reached >> (int)position) & 1);
            position = 2 * position + ((reached >> (int)position) & 1);
            ushort code = ((ushort*)block)[position];
            codes[row] = code;
            open[kept] = row;
            kept += code < blockCount ? 1 : 0;
        }
        return kept;
    }
}
