using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vedette.ML.Trees;

/// <summary>How the ranks that the nodes of a block ask for are fetched from rows of some length: for two rows at once, 16 nodes each.</summary>
/// <remarks>
/// Rows lie in pairs, in turn 16 bytes of one and of the other, so that a pair's ranks of 16 columns are one vector. A selector is the byte by which a node
/// names its column and tells whether it sends missing values left.
/// </remarks>
internal unsafe interface IRankedRow
{
    /// <summary>Bytes of a row: a rank per column, then unused.</summary>
    static abstract int Length { get; }

    /// <summary>The bit of a selector that is set if missing values go left.</summary>
    static abstract byte MissingLeft { get; }

    static abstract byte Selector(int column);

    /// <summary>Ranks by the rows' own values.</summary>
    /// <param name="first">A row, see <see cref="RankedRow"/>.</param>
    /// <param name="second">Another.</param>
    /// <param name="selectors">Of the nodes that the first row meets in the lower half, the second in the upper.</param>
    static abstract Vector256<sbyte> Fetch(sbyte* first, sbyte* second, Vector256<byte> selectors);

    /// <summary><see cref="Fetch"/> for both rows of a pair.</summary>
    static abstract Vector256<sbyte> FetchPair(sbyte* pair, Vector256<byte> selectors);
}

/// <summary>Where things lie in a table of rows as <see cref="IRankedRow"/> describes it.</summary>
internal static class RankedRow
{
    /// <summary>Columns that lie side by side.</summary>
    public const int PartLength = 16;

    /// <summary>From one part of a row to the next.</summary>
    public const int PartStride = 2 * PartLength;

    public static int OffsetOf(int row, int length) => (row >> 1) * 2 * length + (row & 1) * PartLength;

    public static int OffsetOfColumn(int column) => column / PartLength * PartStride + column % PartLength;
}

/// <summary>Up to 32 columns.</summary>
internal readonly unsafe struct NarrowRow : IRankedRow
{
    private const byte SecondPart = 0x80;

    public static int Length => 2 * RankedRow.PartLength;

    public static byte MissingLeft => 0x10;

    // A byte shuffle gives zero where the highest bit is set and else looks at the lowest four.
    public static byte Selector(int column) => (byte)(column % RankedRow.PartLength | (column >= RankedRow.PartLength ? SecondPart : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Fetch(sbyte* first, sbyte* second, Vector256<byte> selectors) => Fetch(
        Vector256.Create(Vector128.Load(first), Vector128.Load(second)),
        Vector256.Create(Vector128.Load(first + RankedRow.PartStride), Vector128.Load(second + RankedRow.PartStride)), selectors);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> FetchPair(sbyte* pair, Vector256<byte> selectors) =>
        Fetch(Vector256.Load(pair), Vector256.Load(pair + RankedRow.PartStride), selectors);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Fetch(Vector256<sbyte> firstPart, Vector256<sbyte> secondPart, Vector256<byte> selectors) =>
        (Avx2.Shuffle(firstPart.AsByte(), selectors) | Avx2.Shuffle(secondPart.AsByte(), selectors ^ Vector256.Create(SecondPart))).AsSByte();
}

/// <summary>Up to 64 columns.</summary>
internal readonly unsafe struct WideRow : IRankedRow
{
    private const byte ColumnMask = 0x3F;

    public static int Length => 4 * RankedRow.PartLength;

    public static byte MissingLeft => 0x80;

    public static byte Selector(int column) => (byte)column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Fetch(sbyte* first, sbyte* second, Vector256<byte> selectors) =>
        (FromPart(0, Part(0, first, second), selectors) | FromPart(1, Part(1, first, second), selectors)
            | FromPart(2, Part(2, first, second), selectors) | FromPart(3, Part(3, first, second), selectors)).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> FetchPair(sbyte* pair, Vector256<byte> selectors) =>
        (FromPart(0, Vector256.Load(pair), selectors) | FromPart(1, Vector256.Load(pair + RankedRow.PartStride), selectors)
            | FromPart(2, Vector256.Load(pair + 2 * RankedRow.PartStride), selectors)
            | FromPart(3, Vector256.Load(pair + 3 * RankedRow.PartStride), selectors)).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Part(int part, sbyte* first, sbyte* second) =>
        Vector256.Create(Vector128.Load(first + part * RankedRow.PartStride), Vector128.Load(second + part * RankedRow.PartStride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> FromPart(int part, Vector256<sbyte> ranks, Vector256<byte> selectors)
    {
        var columns = selectors & Vector256.Create(ColumnMask);
        // Columns of the part become 0x70 to 0x7F, all others have the highest bit set, which shuffles as zero.
        return Avx2.Shuffle(ranks.AsByte(), (columns ^ Vector256.Create((byte)(part * RankedRow.PartLength))) + Vector256.Create((byte)0x70));
    }
}

/// <summary>Rows among whose values some are missing.</summary>
internal readonly unsafe struct Gapped<TRow> : IRankedRow
    where TRow : struct, IRankedRow
{
    public static int Length => TRow.Length;

    public static byte MissingLeft => TRow.MissingLeft;

    public static byte Selector(int column) => TRow.Selector(column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Fetch(sbyte* first, sbyte* second, Vector256<byte> selectors) => LowerWhereLeft(TRow.Fetch(first, second, selectors), selectors);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> FetchPair(sbyte* pair, Vector256<byte> selectors) => LowerWhereLeft(TRow.FetchPair(pair, selectors), selectors);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> LowerWhereLeft(Vector256<sbyte> ranks, Vector256<byte> selectors)
    {
        var flag = Vector256.Create(TRow.MissingLeft);
        return Vector256.ConditionalSelect(Vector256.Equals(selectors & flag, flag).AsSByte(), RankedColumns.Lower(ranks), ranks);
    }
}
