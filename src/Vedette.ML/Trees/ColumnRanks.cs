using System.Numerics;
using System.Runtime.Intrinsics;

namespace Vedette.ML.Trees;

/// <summary>The thresholds that an ensemble compares each column with: few enough, a value is as well told by its rank among them, in one byte.</summary>
/// <remarks>
/// A key's rank is the number of thresholds at or below it, less 128. So a key reaches threshold t, numbered from 0, if and only if its rank is above t − 128.
/// </remarks>
internal sealed class ColumnRanks
{
    /// <summary>Rank of a threshold that no key reaches.</summary>
    public const sbyte Unreachable = sbyte.MaxValue;

    private const int MostThresholds = 255;
    private const int Padded = 256;
    private const int BlockLength = 16;
    private const int Offset = 128;

    private readonly InputColumn[] _columns;
    private readonly int[] _counts;

    // Per column 256 thresholds, ascending and padded with the largest key, and the last of each 16 of them.
    private readonly int[] _thresholds;
    private readonly int[] _blockEnds;

    private ColumnRanks(InputColumn[] columns, SortedSet<int>[] thresholds)
    {
        _columns = columns;
        _counts = Array.ConvertAll(thresholds, set => set.Count);
        _thresholds = new int[columns.Length * Padded];
        _blockEnds = new int[columns.Length * BlockLength];
        Array.Fill(_thresholds, int.MaxValue);
        for (int column = 0; column < columns.Length; column++) thresholds[column].CopyTo(_thresholds, column * Padded);
        for (int block = 0; block < _blockEnds.Length; block++) _blockEnds[block] = _thresholds[block * BlockLength + BlockLength - 1];
    }

    public int ColumnCount => _columns.Length;

    /// <summary>Bytes of the tables.</summary>
    public long Size => sizeof(int) * ((long)_thresholds.Length + _blockEnds.Length);

    /// <summary>Collects thresholds; none if a column has too many for a byte.</summary>
    public static ColumnRanks? Collect(ReadOnlySpan<ulong> nodes, InputColumn[] columns)
    {
        var thresholds = Array.ConvertAll(columns, _ => new SortedSet<int>());
        foreach (ulong node in nodes)
        {
            if (TreeEnsemble.DistanceOf(node) == 0) continue;
            var set = thresholds[TreeEnsemble.ColumnOf(node)];
            if (set.Add((int)node) && set.Count > MostThresholds) return null;
        }
        return new ColumnRanks(columns, thresholds);
    }

    /// <summary>The rank that a key must be above to reach the threshold of <paramref name="node"/>.</summary>
    public sbyte RankOf(ulong node)
    {
        int column = TreeEnsemble.ColumnOf(node);
        return (sbyte)(Array.BinarySearch(_thresholds, column * Padded, _counts[column], (int)node) - column * Padded - Offset);
    }

    /// <summary>Ranks one column.</summary>
    /// <param name="column">Which.</param>
    /// <param name="rows">Row-major, <paramref name="featureCount"/> values per row.</param>
    /// <param name="featureCount">Values per row.</param>
    /// <param name="ranks">Receives one rank per row.</param>
    public void Rank(int column, ReadOnlySpan<float> rows, int featureCount, Span<sbyte> ranks)
    {
        var input = _columns[column];
        var thresholds = _thresholds.AsSpan(column * Padded, Padded);
        var blockEnds = Vector512.Create<int>(_blockEnds.AsSpan(column * BlockLength, BlockLength));
        for (int row = 0; row < ranks.Length; row++)
        {
            var key = Vector512.Create(input.Key(rows[row * featureCount + input.Feature]));
            // The last block ends with padding, which no key reaches: what is counted first is at most 15.
            int block = BlockLength * CountReached(blockEnds, key);
            ranks[row] = (sbyte)(block + CountReached(Vector512.Create<int>(thresholds.Slice(block, BlockLength)), key) - Offset);
        }
    }

    private static int CountReached(Vector512<int> thresholds, Vector512<int> key) =>
        BitOperations.PopCount(Vector512.LessThanOrEqual(thresholds, key).ExtractMostSignificantBits());
}
