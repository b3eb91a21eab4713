using System.Runtime.InteropServices;

namespace Vedette.ML.Trees;

/// <summary>An inner node of a tree's crown: an instruction that picks, for 64 rows at once, what either child has picked.</summary>
/// <remarks>Positions are byte offsets of vectors of 64: of a column's ranks in a strip, of picks in the scratch area.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct CrownNode(int Column, ushort Left, ushort Right, sbyte Rank);

/// <summary>One tree for prediction on ranks: a crown, evaluated whole for 64 rows at once, and blocks of four levels below its exits.</summary>
/// <remarks>
/// A block takes one cache line: at byte p in 1 to 15 the column of the node at heap position p, at 16 + p its rank, at 2p for p in 16 to 31 the code of the
/// exit at position p. A code below <see cref="BlockCount"/> is a block, another, less that, an index into <see cref="Values"/>. Position 0 is unused.
/// </remarks>
internal sealed record RankedTree
{
    public const int BlockLength = 64;
    public const int Levels = 4;
    public const int FirstExit = 1 << Levels;

    /// <summary>Children before parents; the root is last.</summary>
    public required CrownNode[] Crown { get; init; }

    /// <summary>Code of each exit of the crown.</summary>
    public required ushort[] Exits { get; init; }

    /// <summary>Number of the first block's line.</summary>
    public required int FirstBlock { get; init; }

    public required int BlockCount { get; init; }

    /// <summary>The different values of the leaves; in a tree without blocks, the value of each exit.</summary>
    public required float[] Values { get; init; }

    /// <summary>Bytes of all arrays but the blocks.</summary>
    public long Size => 12L * Crown.Length + sizeof(ushort) * (long)Exits.Length + sizeof(float) * (long)Values.Length;
}
