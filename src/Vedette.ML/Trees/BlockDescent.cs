using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vedette.ML.Trees;

/// <summary>Takes rows from a crown's exits to leaves, four levels of a tree at a step.</summary>
/// <remarks>
/// A block of four levels takes one line of the cache: at byte p in 1 to 15 the selector of the node at place p (see <see cref="IRankedRow"/>), at 16 + p its
/// comparand, at 2p for p in 16 to 31 the code of the exit at place p. From place p the way left leads to 2p + 1 and the way right to 2p. A code
/// below the number of blocks is a block, another, less that number, an index into the tree's values. All 15 nodes are compared at once, for two rows together;
/// which exit follows from the bits is worked out for eight.
/// </remarks>
[SkipLocalsInit]
internal static unsafe class BlockDescent
{
    public const int Levels = 4;
    public const int BlockLength = 1 << BlockShift;
    public const int FirstExit = 1 << Levels;

    /// <summary>Rows that descend together: their blocks stay in the first-level cache from the comparison until the exit is read.</summary>
    public const int MostRows = 128;

    private const int BlockShift = 6;
    private const int Group = 8;

    // While most rows are on their way it is quicker to take all along than to list those that are.
    private const int RoundsOfAll = 2;

    /// <summary>Finds the leaf of each row.</summary>
    /// <param name="blocks">The tree's blocks, those of the crown's exits first.</param>
    /// <param name="blockCount">Their number.</param>
    /// <param name="rows">Ranks of the rows, see <see cref="IRankedRow"/>.</param>
    /// <param name="picks">The exit of the crown that each row takes.</param>
    /// <param name="count">Number of rows, a multiple of 8, at most <see cref="MostRows"/>.</param>
    /// <param name="codes">Receives the codes of leaves.</param>
    public static void Run<TRow>(byte* blocks, int blockCount, sbyte* rows, byte* picks, int count, uint* codes)
        where TRow : struct, IRankedRow
    {
        uint* offsets = stackalloc uint[MostRows + Group];
        ushort* bits = stackalloc ushort[MostRows + Group];
        for (int i = 0; i < count; i += Group)
        {
            var exits = Avx2.ConvertToVector256Int32(picks + i).AsUInt32();
            exits.Store(codes + i);
            (exits << BlockShift).Store(offsets + i);
        }
        for (int round = 0; round < RoundsOfAll; round++)
        {
            CompareAll<TRow>(blocks, rows, offsets, count, bits);
            FindExits(bits, offsets, count);
            ReadExits(blocks, offsets, count);
            if (!Advance((uint)blockCount, codes, offsets, count)) return;
        }
        RunOpen<TRow>(blocks, blockCount, rows, count, codes, offsets, bits);
    }

    /// <summary>Takes the rows on that have not reached a leaf.</summary>
    private static void RunOpen<TRow>(byte* blocks, int blockCount, sbyte* rows, int count, uint* codes, uint* offsets, ushort* bits)
        where TRow : struct, IRankedRow
    {
        int* open = stackalloc int[MostRows + 1];
        int left = 0;
        for (int row = 0; row < count; row++)
        {
            (open[left], offsets[left]) = (row, codes[row] * BlockLength);
            left += codes[row] < (uint)blockCount ? 1 : 0;
        }
        while (left > 0)
        {
            (open[left], offsets[left]) = (open[0], offsets[0]);
            CompareOpen<TRow>(blocks, rows, open, offsets, left, bits);
            FindExits(bits, offsets, left);
            left = MoveOpen(blocks, blockCount, offsets, open, left, codes);
        }
    }

    /// <summary>Compares two rows at a time with the nodes of their blocks: a bit per node, set where the row goes left.</summary>
    private static void CompareAll<TRow>(byte* blocks, sbyte* rows, uint* offsets, int count, ushort* bits)
        where TRow : struct, IRankedRow
    {
        for (uint* end = offsets + count; offsets < end; offsets += 2, bits += 2, rows += 2 * TRow.Length)
        {
            byte* first = blocks + offsets[0];
            byte* second = blocks + offsets[1];
            var ranks = TRow.FetchPair(rows, Vector256.Create(Vector128.Load(first), Vector128.Load(second)));
            *(int*)bits = GoesLeft(ranks, first, second);
        }
    }

    /// <summary><see cref="CompareAll"/> for rows that are listed.</summary>
    private static void CompareOpen<TRow>(byte* blocks, sbyte* rows, int* open, uint* offsets, int count, ushort* bits)
        where TRow : struct, IRankedRow
    {
        for (int i = 0; i < count; i += 2)
        {
            byte* first = blocks + offsets[i];
            byte* second = blocks + offsets[i + 1];
            var ranks = TRow.Fetch(
                rows + RankedRow.OffsetOf(open[i], TRow.Length), rows + RankedRow.OffsetOf(open[i + 1], TRow.Length),
                Vector256.Create(Vector128.Load(first), Vector128.Load(second)));
            *(int*)(bits + i) = GoesLeft(ranks, first, second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int GoesLeft(Vector256<sbyte> ranks, byte* first, byte* second)
    {
        var comparands = Vector256.Create(Vector128.Load(first + FirstExit), Vector128.Load(second + FirstExit)).AsSByte();
        return Avx2.MoveMask(Avx2.CompareGreaterThan(comparands, ranks));
    }

    /// <summary>Adds to the offsets of blocks those of the exits within them.</summary>
    private static void FindExits(ushort* bits, uint* offsets, int count)
    {
        var one = Vector256<uint>.One;
        for (int i = 0; i < count; i += Group)
        {
            var goesLeft = Avx2.ConvertToVector256Int32(bits + i).AsUInt32();
            var place = one + one + ((goesLeft >>> 1) & one);
            place = place + place + (Avx2.ShiftRightLogicalVariable(goesLeft, place) & one);
            place = place + place + (Avx2.ShiftRightLogicalVariable(goesLeft, place) & one);
            place = place + place + (Avx2.ShiftRightLogicalVariable(goesLeft, place) & one);
            (Vector256.Load(offsets + i) + place + place).Store(offsets + i);
        }
    }

    /// <summary>Replaces the offsets of exits by their codes.</summary>
    private static void ReadExits(byte* blocks, uint* offsets, int count)
    {
        for (uint* end = offsets + count; offsets < end; offsets += 4)
        {
            offsets[0] = *(ushort*)(blocks + offsets[0]);
            offsets[1] = *(ushort*)(blocks + offsets[1]);
            offsets[2] = *(ushort*)(blocks + offsets[2]);
            offsets[3] = *(ushort*)(blocks + offsets[3]);
        }
    }

    /// <summary>
    /// Takes over the codes in <paramref name="exits"/> for the rows that had not reached a leaf, and turns them into offsets of blocks; those of rows that have
    /// arrived are of any block. Returns whether some row has not.
    /// </summary>
    private static bool Advance(uint blockCount, uint* codes, uint* exits, int count)
    {
        var blocksEnd = Vector256.Create((int)blockCount);
        var last = Vector256.Create(blockCount - 1);
        var lowest = blocksEnd.AsUInt32();
        for (int i = 0; i < count; i += Group)
        {
            var code = Vector256.Load(codes + i);
            var onItsWay = Avx2.CompareGreaterThan(blocksEnd, code.AsInt32()).AsUInt32();
            code = Avx2.BlendVariable(code, Vector256.Load(exits + i), onItsWay);
            code.Store(codes + i);
            lowest = Avx2.Min(lowest, code);
            (Avx2.Min(code, last) << BlockShift).Store(exits + i);
        }
        return Vector256.LessThanAny(lowest.AsInt32(), blocksEnd);
    }

    /// <summary>Reads the codes of the exits and keeps the rows that have not reached a leaf; returns how many.</summary>
    private static int MoveOpen(byte* blocks, int blockCount, uint* offsets, int* open, int count, uint* codes)
    {
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int row = open[i];
            uint code = *(ushort*)(blocks + offsets[i]);
            codes[row] = code;
            open[kept] = row;
            offsets[kept] = code * BlockLength;
            kept += code < (uint)blockCount ? 1 : 0;
        }
        return kept;
    }
}
