using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vedette.ML.Trees;

/// <summary>The thresholds that an ensemble compares values with: a value is as well told by its rank among those of its feature, in one byte.</summary>
/// <remarks>
/// A rank is the number of thresholds at or below the value, less 128; a missing value's is 127, and where a node sends missing values left, −128. A row
/// goes left at a node if the node's comparand is above its rank. A feature with more thresholds than a column holds, or with other kinds of missing
/// values, takes several columns.
/// </remarks>
internal sealed class RankedColumns
{
    /// <summary>Thresholds of a column. Ranks then end at 126, and no number is taken for a missing value.</summary>
    public const int MostThresholds = 254;

    private const int MostColumns = 1024;
    private const int Padded = 256;
    private const int BlockLength = 16;
    private const int Offset = 128;
    private const sbyte Missing = sbyte.MaxValue;

    // Of each column of the ensemble: where the thresholds of its feature begin in the list of columns.
    private readonly int[] _first;
    private readonly bool[] _missingLeft;
    private readonly InputColumn[] _columns;
    private readonly int[] _counts;

    // Per column 256 thresholds, ascending and padded with the largest key, and the last of each 16 of them.
    private readonly int[] _thresholds;
    private readonly int[] _blockEnds;

    private RankedColumns(int[] first, bool[] missingLeft, List<InputColumn> columns, List<int[]> thresholds)
    {
        (_first, _missingLeft, _columns) = (first, missingLeft, [.. columns]);
        _counts = [.. thresholds.Select(column => column.Length)];
        _thresholds = new int[Count * Padded];
        _blockEnds = new int[Count * BlockLength];
        Array.Fill(_thresholds, int.MaxValue);
        for (int column = 0; column < Count; column++) thresholds[column].CopyTo(_thresholds, column * Padded);
        for (int block = 0; block < _blockEnds.Length; block++) _blockEnds[block] = _thresholds[block * BlockLength + BlockLength - 1];
    }

    /// <summary>Number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>Whether a node sends missing values left.</summary>
    public bool AnyMissingLeft => _missingLeft.Contains(true);

    /// <summary>Bytes of the tables.</summary>
    public long Size => sizeof(int) * ((long)_thresholds.Length + _blockEnds.Length);

    /// <summary>Collects thresholds; none if they need too many columns.</summary>
    public static RankedColumns? Collect(ReadOnlySpan<ulong> nodes, InputColumn[] inputs)
    {
        InputColumn[] merged = Array.ConvertAll(inputs, Merged);
        InputColumn[] distinct = [.. merged.Distinct()];
        int[] index = Array.ConvertAll(merged, input => Array.IndexOf(distinct, input));
        var sets = Array.ConvertAll(distinct, _ => new SortedSet<int>());
        foreach (ulong node in nodes)
            if (TreeEnsemble.DistanceOf(node) != 0) sets[index[TreeEnsemble.ColumnOf(node)]].Add((int)node);
        var columns = new List<InputColumn>();
        var thresholds = new List<int[]>();
        int[] first = new int[distinct.Length];
        for (int i = 0; i < distinct.Length; i++)
        {
            first[i] = columns.Count;
            foreach (int[] part in sets[i].Chunk(MostThresholds))
            {
                columns.Add(distinct[i]);
                thresholds.Add(part);
            }
            if (columns.Count > MostColumns) return null;
        }
        bool[] missingLeft = Array.ConvertAll(inputs, input => input != Merged(input));
        return new RankedColumns(Array.ConvertAll(index, i => first[i]), missingLeft, columns, thresholds);
    }

    /// <summary>How an inner node compares.</summary>
    public RankTest TestOf(ulong node)
    {
        int input = TreeEnsemble.ColumnOf(node);
        int column = _first[input];
        while (_thresholds[column * Padded + _counts[column] - 1] < (int)node) column++;
        int threshold = Array.BinarySearch(_thresholds, column * Padded, _counts[column], (int)node) - column * Padded;
        return new RankTest(column, _missingLeft[input], (sbyte)(threshold + 1 - Offset));
    }

    /// <summary>Ranks one column.</summary>
    /// <param name="column">Which.</param>
    /// <param name="rows">Row-major, <paramref name="featureCount"/> values per row; at most <see cref="RankedEnsemble.Lanes"/> rows.</param>
    /// <param name="featureCount">Values per row.</param>
    /// <param name="ranks">Receives one rank per row.</param>
    [SkipLocalsInit]
    public unsafe void Rank(int column, ReadOnlySpan<float> rows, int featureCount, Span<sbyte> ranks)
    {
        int* keys = stackalloc int[RankedEnsemble.Lanes];
        _columns[column].Keys(rows, featureCount, new Span<int>(keys, ranks.Length));
        // The last block ends with padding, which no key reaches: what is counted first is at most 15, and every index is in bounds.
        fixed (int* blockEnds = &_blockEnds[column * BlockLength], thresholds = &_thresholds[column * Padded])
        fixed (sbyte* rank = ranks)
        {
            for (int row = 0; row < ranks.Length; row++)
            {
                var key = Vector256.Create(keys[row]);
                int block = BlockLength * CountReached(blockEnds, key);
                int reached = block + CountReached(thresholds + block, key);
                rank[row] = (sbyte)(keys[row] == InputColumn.MissingHighKey ? Missing : reached - Offset);
            }
        }
    }

    /// <summary>Ranks as the nodes see them that send missing values left.</summary>
    public static Vector256<sbyte> Lower(Vector256<sbyte> ranks) => ranks ^ Vector256.Equals(ranks, Vector256.Create(Missing));

    /// <summary>Whether a value is missing among those that <see cref="Rank"/> has ranked.</summary>
    public static bool AnyMissing(ReadOnlySpan<sbyte> ranks) => ranks.Contains(Missing);

    /// <summary>What <see cref="Rank"/> means for one value, written plainly.</summary>
    internal sbyte RankReference(int column, float value)
    {
        int key = _columns[column].Key(value);
        return key == InputColumn.MissingHighKey ? Missing
            : (sbyte)(_thresholds.AsSpan(column * Padded, _counts[column]).ToArray().Count(threshold => threshold <= key) - Offset);
    }

    private static InputColumn Merged(InputColumn input) => input.Missing switch
    {
        MissingValue.NaNLeft => input with { Missing = MissingValue.NaNRight },
        MissingValue.ZeroLeft => input with { Missing = MissingValue.ZeroRight },
        _ => input,
    };

    /// <summary>How many of 16 thresholds are at or below a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe int CountReached(int* thresholds, Vector256<int> key)
    {
        var above = Avx2.PackSignedSaturate(
            Avx2.CompareGreaterThan(Vector256.Load(thresholds), key), Avx2.CompareGreaterThan(Vector256.Load(thresholds + 8), key));
        // Two bits for each that is above, in an order that does not matter.
        return BlockLength - BitOperations.PopCount((uint)Avx2.MoveMask(above.AsByte())) / 2;
    }
}

/// <summary>A node's comparison: a row goes left if <paramref name="Comparand"/> is above its rank in <paramref name="Column"/>.</summary>
internal readonly record struct RankTest(int Column, bool MissingLeft, sbyte Comparand);
