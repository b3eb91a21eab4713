using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vedette.ML.Trees;

/// <summary>A second form of an ensemble, for many rows at once: values become ranks of one byte, and nodes are compared with whole vectors of them.</summary>
/// <remarks>
/// The first levels of a tree are evaluated for 64 rows at once, every node of them; below, a row descends four levels at a step. The leaves reached, and
/// the order in which their values are added, are those of <see cref="TreeEnsemble"/>. Immutable and thread-safe.
/// </remarks>
[SkipLocalsInit]
internal sealed unsafe class RankedEnsemble
{
    /// <summary>Rows in a strip: their ranks in one column are two vectors.</summary>
    public const int Lanes = 64;

    // A deep tree comes from afar once per batch, so a batch is as large as what is kept of its rows leaves room for in the second-level cache.
    private const int RowsOfDeepTrees = 4096;
    private const int RanksPerBatch = 16 * 1024;
    private const int RowsPerChunk = BlockDescent.MostRows;
    private const int MostMemory = 1 << 30;

    private readonly RankedColumns _columns;
    private readonly RankedTree[] _trees;
    private readonly LineMemory _memory;
    private readonly int _rowsPerBatch;

    // 0 unless there are deep trees.
    private readonly int _rowLength;

    private RankedEnsemble(RankedColumns columns, RankedTree[] trees, LineMemory memory, int rowsPerBatch)
    {
        (_columns, _trees, _memory, _rowsPerBatch) = (columns, trees, memory, rowsPerBatch);
        if (trees.Any(tree => tree.BlockCount > 0)) _rowLength = IsNarrow(columns) ? NarrowRow.Length : WideRow.Length;
    }

    /// <summary>Bytes of the form.</summary>
    public long Size => _columns.Size + _memory.Size + (long)Unsafe.SizeOf<RankedTree>() * _trees.Length;

    /// <summary>Translates an ensemble; none if it has too many thresholds, is otherwise too large, or the processor lacks the means.</summary>
    public static RankedEnsemble? Build(ulong[] nodes, float[] values, int[] roots, int[] depths, InputColumn[] inputs)
    {
        if (!Avx2.IsSupported || RankedColumns.Collect(nodes, inputs) is not { } columns) return null;
        bool isDeep = depths.Any(depth => depth > FullCrown.MostHeight);
        int rows = isDeep ? RowsOfDeepTrees : Math.Clamp(RanksPerBatch / Math.Max(1, columns.Count) / RowsPerChunk * RowsPerChunk, RowsPerChunk, RowsOfDeepTrees);
        var builder = new RankedTreeBuilder(nodes, values, columns, rows * columns.Count);
        var trees = new RankedTree[depths.Length];
        for (int tree = 0; tree < trees.Length; tree++)
        {
            if (builder.Build(roots[tree], roots[tree + 1], depths[tree]) is not { } built) return null;
            if ((built.BlockCount > 0 && columns.Count > WideRow.Length) || builder.Memory.Count > MostMemory) return null;
            trees[tree] = built;
        }
        return new RankedEnsemble(columns, trees, new LineMemory(builder.Memory), rows);
    }

    /// <summary>How a node of a block names what it reads.</summary>
    public static byte Selector(RankedColumns columns, RankTest test) => IsNarrow(columns) ? Selector<NarrowRow>(test) : Selector<WideRow>(test);

    /// <summary>Adds up what the trees say of each row, from <paramref name="baseValue"/> on.</summary>
    public void Sum(ReadOnlySpan<float> rows, int featureCount, double baseValue, Span<float> sums)
    {
        sbyte[] strips = ArrayPool<sbyte>.Shared.Rent((_columns.AnyMissingLeft ? 2 : 1) * _rowsPerBatch * _columns.Count + LineMemory.LineLength);
        sbyte[] table = ArrayPool<sbyte>.Shared.Rent(_rowsPerBatch * _rowLength + LineMemory.LineLength);
        double[] totals = ArrayPool<double>.Shared.Rent(_rowsPerBatch);
        for (int done = 0; done < sums.Length; done += _rowsPerBatch)
        {
            int count = Math.Min(_rowsPerBatch, sums.Length - done);
            totals.AsSpan(0, RoundUp(count)).Fill(baseValue);
            fixed (sbyte* strip = strips, row = table)
            fixed (double* total = totals)
            {
                var batch = new RankedBatch((sbyte*)LineMemory.Align((byte*)strip), (sbyte*)LineMemory.Align((byte*)row), count);
                bool gaps = RankRows(rows.Slice(done * featureCount, count * featureCount), featureCount, batch) && _columns.AnyMissingLeft;
                if (gaps) LowerRanks(batch);
                AddTrees(batch, gaps, total);
            }
            for (int i = 0; i < count; i++) sums[done + i] = (float)totals[i];
        }
        ArrayPool<double>.Shared.Return(totals);
        ArrayPool<sbyte>.Shared.Return(table);
        ArrayPool<sbyte>.Shared.Return(strips);
    }

    private static bool IsNarrow(RankedColumns columns) => columns.Count <= NarrowRow.Length;

    private static byte Selector<TRow>(RankTest test)
        where TRow : struct, IRankedRow => (byte)(TRow.Selector(test.Column) | (test.MissingLeft ? TRow.MissingLeft : 0));

    private static int RoundUp(int rows) => (rows + Lanes - 1) & -Lanes;

    /// <summary>
    /// Ranks rows, by strips and columns for the crowns and by rows for the blocks; returns whether a value is missing. Lanes past the last row hold what they
    /// held; nobody reads their sums.
    /// </summary>
    private bool RankRows(ReadOnlySpan<float> rows, int featureCount, RankedBatch batch)
    {
        bool missing = false;
        for (int start = 0; start < batch.Count; start += Lanes)
        {
            int inStrip = Math.Min(Lanes, batch.Count - start);
            var values = rows.Slice(start * featureCount, inStrip * featureCount);
            for (int column = 0; column < _columns.Count; column++)
            {
                sbyte* ranks = batch.Strips + start * _columns.Count + column * Lanes;
                var strip = new Span<sbyte>(ranks, inStrip);
                _columns.Rank(column, values, featureCount, strip);
                missing |= RankedColumns.AnyMissing(strip);
                if (_rowLength == 0) continue;
                sbyte* table = batch.Rows + start * _rowLength + RankedRow.OffsetOfColumn(column);
                for (int row = 0; row < inStrip; row += 2, table += 2 * _rowLength) (table[0], table[RankedRow.PartLength]) = (ranks[row], ranks[row + 1]);
            }
        }
        return missing;
    }

    /// <summary>Fills the second half of the strips, which crowns read where missing values go left.</summary>
    private void LowerRanks(RankedBatch batch)
    {
        sbyte* lowered = batch.Strips + _rowsPerBatch * _columns.Count;
        int length = RoundUp(batch.Count) * _columns.Count;
        for (int i = 0; i < length; i += Vector256<sbyte>.Count) RankedColumns.Lower(Vector256.Load(batch.Strips + i)).Store(lowered + i);
    }

    private void AddTrees(RankedBatch batch, bool gaps, double* totals)
    {
        byte* space = stackalloc byte[Math.Max(CrownProgram.ScratchLength, FullCrown.ScratchLength) + LineMemory.LineLength];
        byte* scratch = LineMemory.Align(space);
        bool prepared = false;
        for (int tree = 0; tree < _trees.Length; tree++)
        {
            byte* crown = _memory.Start + (gaps ? _trees[tree].GappedCrown : _trees[tree].Crown);
            if (_trees[tree].Height == 0)
            {
                if (!prepared) CrownProgram.Prepare(scratch);
                prepared = true;
                AddProgram(_trees[tree], (CrownNode*)crown, batch, scratch, totals);
                continue;
            }
            prepared = false;
            if (_trees[tree].BlockCount == 0)
            {
                AddFull(_trees[tree], (FullCrownNode*)crown, batch, scratch, totals);
                continue;
            }
            var next = _trees[(tree + 1) % _trees.Length];
            if (_rowLength == NarrowRow.Length)
            {
                if (gaps) AddDeep<Gapped<NarrowRow>>(_trees[tree], next, (FullCrownNode*)crown, batch, scratch, totals);
                else AddDeep<NarrowRow>(_trees[tree], next, (FullCrownNode*)crown, batch, scratch, totals);
            }
            else if (gaps) AddDeep<Gapped<WideRow>>(_trees[tree], next, (FullCrownNode*)crown, batch, scratch, totals);
            else AddDeep<WideRow>(_trees[tree], next, (FullCrownNode*)crown, batch, scratch, totals);
        }
    }

    // Every index below is in bounds: the builder made offsets, exits and codes from trees that were checked, and ranks are bytes of existing columns.
    private void AddProgram(in RankedTree tree, CrownNode* program, RankedBatch batch, byte* scratch, double* totals)
    {
        byte* picks = stackalloc byte[Lanes];
        float* values = (float*)(_memory.Start + tree.Values);
        for (int start = 0; start < batch.Count; start += Lanes)
        {
            CrownProgram.Pick(program, tree.CrownLength, batch.Strips + start * _columns.Count, scratch, picks);
            AddValues(picks, values, totals + start);
        }
    }

    private void AddFull(in RankedTree tree, FullCrownNode* crown, RankedBatch batch, byte* scratch, double* totals)
    {
        byte* picks = stackalloc byte[Lanes];
        float* values = (float*)(_memory.Start + tree.Values);
        for (int start = 0; start < batch.Count; start += Lanes)
        {
            FullCrown.Pick(crown, tree.Height, batch.Strips + start * _columns.Count, (sbyte*)scratch, picks);
            AddValues(picks, values, totals + start);
        }
    }

    private void AddDeep<TRow>(in RankedTree tree, in RankedTree next, FullCrownNode* crown, RankedBatch batch, byte* scratch, double* totals)
        where TRow : struct, IRankedRow
    {
        byte* picks = stackalloc byte[RowsPerChunk];
        uint* codes = stackalloc uint[RowsPerChunk];
        float* values = (float*)(_memory.Start + tree.Values) - tree.BlockCount;
        for (int start = 0; start < batch.Count; start += RowsPerChunk)
        {
            int inChunk = Math.Min(RowsPerChunk, RoundUp(batch.Count - start));
            Prefetch(next, start, batch.Count);
            for (int row = 0; row < inChunk; row += Lanes)
                FullCrown.Pick(crown, tree.Height, batch.Strips + (start + row) * _columns.Count, (sbyte*)scratch, picks + row);
            BlockDescent.Run<TRow>(_memory.Start + tree.Blocks, tree.BlockCount, batch.Rows + start * TRow.Length, picks, inChunk, codes);
            for (int row = 0; row < inChunk; row += Lanes) AddValues(codes + row, values, totals + start + row);
        }
    }

    private static void AddValues(byte* picks, float* values, double* totals)
    {
        float* picked = stackalloc float[Lanes];
        for (int row = 0; row < Lanes; row += 4)
        {
            picked[row] = values[picks[row]];
            picked[row + 1] = values[picks[row + 1]];
            picked[row + 2] = values[picks[row + 2]];
            picked[row + 3] = values[picks[row + 3]];
        }
        Add(picked, totals);
    }

    private static void AddValues(uint* codes, float* values, double* totals)
    {
        float* picked = stackalloc float[Lanes];
        for (int row = 0; row < Lanes; row += 4)
        {
            picked[row] = values[codes[row]];
            picked[row + 1] = values[codes[row + 1]];
            picked[row + 2] = values[codes[row + 2]];
            picked[row + 3] = values[codes[row + 3]];
        }
        Add(picked, totals);
    }

    private static void Add(float* values, double* totals)
    {
        for (int row = 0; row < Lanes; row += Vector256<double>.Count)
            (Vector256.Load(totals + row) + Avx.ConvertToVector256Double(Vector128.Load(values + row))).Store(totals + row);
    }

    /// <summary>Has a share of a tree's memory fetched while another tree is at work.</summary>
    private void Prefetch(in RankedTree tree, int start, int count)
    {
        long length = tree.End - tree.Crown;
        long first = length * start / count & -LineMemory.LineLength;
        long end = length * Math.Min(start + RowsPerChunk, count) / count;
        byte* memory = _memory.Start + tree.Crown;
        for (long line = first; line < end; line += LineMemory.LineLength) Sse.Prefetch0(memory + line);
    }

    /// <summary>Rows as ranks: by strips of 64, and side by side.</summary>
    private readonly ref struct RankedBatch(sbyte* strips, sbyte* rows, int count)
    {
        public readonly sbyte* Strips = strips;
        public readonly sbyte* Rows = rows;
        public readonly int Count = count;
    }
}
