namespace Vedette.ML.Trees;

/// <summary>One tree for prediction on ranks, by where its parts lie: a crown, and blocks below its exits if it is deep.</summary>
internal readonly record struct RankedTree
{
    /// <summary>Levels of the crown, which then is a <see cref="FullCrown"/>; 0 for a <see cref="CrownProgram"/>.</summary>
    public int Height { get; init; }

    /// <summary>Nodes or instructions of the crown.</summary>
    public int CrownLength { get; init; }

    /// <summary>The crown that reads lowered ranks where missing values go left, see <see cref="RankedColumns.Lower"/>.</summary>
    public int GappedCrown { get; init; }

    /// <summary>The crown for rows without missing values.</summary>
    public int Crown { get; init; }

    /// <summary>Floats: the different values of the leaves; in a tree without blocks, the value of each exit.</summary>
    public int Values { get; init; }

    /// <summary>See <see cref="BlockDescent"/>.</summary>
    public int Blocks { get; init; }

    public int BlockCount { get; init; }

    /// <summary>Where the tree's memory ends; it begins with the crowns.</summary>
    public int End { get; init; }
}
