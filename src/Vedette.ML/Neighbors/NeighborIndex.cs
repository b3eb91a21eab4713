using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vedette.ML.Neighbors;

/// <summary>Exact nearest neighbours by Euclidean distance, by comparing every query with every row, sixteen rows and four queries at a time.</summary>
/// <remarks>
/// Rows lie in blocks of sixteen, feature by feature, so that one query value meets sixteen row values in two vector registers. Differences are
/// squared as they are: the shorter form ‖a‖²+‖b‖²−2ab loses small distances to cancellation, and duplicates are what local density depends on.
/// Equal distances are ordered by row number, which makes the result independent of threads. O(queries·rows·features).
/// </remarks>
internal sealed class NeighborIndex
{
    private const int BlockRows = 16;
    private const int QueryGroup = 4;
    private const int QueriesPerPiece = 64;

    private readonly float[] _blocks;

    public NeighborIndex(ReadOnlySpan<float> rows, int featureCount)
    {
        (FeatureCount, RowCount) = (featureCount, rows.Length / featureCount);
        int blockCount = (RowCount + BlockRows - 1) / BlockRows;
        _blocks = new float[(long)blockCount * BlockRows * featureCount];
        // Rows that fill up the last block are infinitely far from everything.
        _blocks.AsSpan((blockCount - 1) * BlockRows * featureCount).Fill(float.PositiveInfinity);
        for (int row = 0; row < RowCount; row++)
        {
            int start = row / BlockRows * BlockRows * featureCount + row % BlockRows;
            for (int feature = 0; feature < featureCount; feature++) _blocks[start + feature * BlockRows] = rows[row * featureCount + feature];
        }
    }

    public int FeatureCount { get; }

    public int RowCount { get; }

    /// <summary>Finds the <paramref name="count"/> nearest rows of each query.</summary>
    /// <param name="queries">Row-major, finite.</param>
    /// <param name="count">At most the number of rows, less one if <paramref name="excludeSelf"/>.</param>
    /// <param name="excludeSelf">The queries are the indexed rows themselves, and none is its own neighbour.</param>
    /// <param name="maxThreads">As for <see cref="Workers.For"/>.</param>
    public NeighborTable Search(float[] queries, int count, bool excludeSelf, int maxThreads)
    {
        int queryCount = queries.Length / FeatureCount;
        var table = new NeighborTable(queryCount, count);
        if (count == 0) return table;
        Workers.For((queryCount + QueriesPerPiece - 1) / QueriesPerPiece, maxThreads, piece =>
        {
            int end = Math.Min(queryCount, (piece + 1) * QueriesPerPiece);
            for (int first = piece * QueriesPerPiece; first < end; first += QueryGroup)
                SearchGroup(queries, first, Math.Min(QueryGroup, end - first), table, excludeSelf);
        });
        return table;
    }

    /// <summary>What <see cref="Search"/> means, written plainly. Tests and benchmarks compare the two.</summary>
    internal NeighborTable SearchReference(float[] queries, int count, bool excludeSelf)
    {
        int queryCount = queries.Length / FeatureCount;
        var table = new NeighborTable(queryCount, count);
        for (int query = 0; query < queryCount; query++)
        {
            for (int row = 0; row < RowCount; row++)
            {
                if (excludeSelf && row == query) continue;
                float squared = 0;
                for (int feature = 0; feature < FeatureCount; feature++)
                {
                    float difference = _blocks[row / BlockRows * BlockRows * FeatureCount + feature * BlockRows + row % BlockRows] - queries[query * FeatureCount + feature];
                    squared = MathF.FusedMultiplyAdd(difference, difference, squared);
                }
                table.Offer(query, row, squared);
            }
            table.Finish(query);
        }
        return table;
    }

    /// <summary>Up to four queries against all rows. Missing queries of the group repeat the first one and are not recorded.</summary>
    private void SearchGroup(float[] queries, int first, int groupSize, NeighborTable table, bool excludeSelf)
    {
        int features = FeatureCount;
        ref float q0 = ref queries[first * features];
        ref float q1 = ref queries[(groupSize > 1 ? first + 1 : first) * features];
        ref float q2 = ref queries[(groupSize > 2 ? first + 2 : first) * features];
        ref float q3 = ref queries[(groupSize > 3 ? first + 3 : first) * features];
        for (int start = 0, row = 0; start < _blocks.Length; start += BlockRows * features, row += BlockRows)
        {
            ref float block = ref _blocks[start];
            Vector256<float> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
            // Offsets stay inside: a block holds BlockRows·features values and each query holds features.
            for (nuint feature = 0; feature < (nuint)features; feature++)
            {
                var low = Vector256.LoadUnsafe(ref block, feature * BlockRows);
                var high = Vector256.LoadUnsafe(ref block, feature * BlockRows + 8);
                Accumulate(ref a0, ref b0, low, high, Unsafe.Add(ref q0, feature));
                Accumulate(ref a1, ref b1, low, high, Unsafe.Add(ref q1, feature));
                Accumulate(ref a2, ref b2, low, high, Unsafe.Add(ref q2, feature));
                Accumulate(ref a3, ref b3, low, high, Unsafe.Add(ref q3, feature));
            }
            Offer(table, first, row, a0, b0, excludeSelf);
            if (groupSize > 1) Offer(table, first + 1, row, a1, b1, excludeSelf);
            if (groupSize > 2) Offer(table, first + 2, row, a2, b2, excludeSelf);
            if (groupSize > 3) Offer(table, first + 3, row, a3, b3, excludeSelf);
        }
        for (int i = 0; i < groupSize; i++) table.Finish(first + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref Vector256<float> lowSum, ref Vector256<float> highSum, Vector256<float> low, Vector256<float> high, float value)
    {
        var query = Vector256.Create(value);
        var lowDifference = low - query;
        var highDifference = high - query;
        lowSum = Vector256.FusedMultiplyAdd(lowDifference, lowDifference, lowSum);
        highSum = Vector256.FusedMultiplyAdd(highDifference, highDifference, highSum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Offer(NeighborTable table, int query, int row, Vector256<float> low, Vector256<float> high, bool excludeSelf)
    {
        var bound = Vector256.Create(table.Bound(query));
        uint nearer = Vector256.LessThan(low, bound).ExtractMostSignificantBits() | Vector256.LessThan(high, bound).ExtractMostSignificantBits() << 8;
        if (nearer != 0) OfferEach(table, query, row, low, high, nearer, excludeSelf);
    }

    private static void OfferEach(
        NeighborTable table, int query, int row, Vector256<float> low, Vector256<float> high, uint nearer, bool excludeSelf)
    {
        Span<float> distances = stackalloc float[BlockRows];
        low.CopyTo(distances);
        high.CopyTo(distances[8..]);
        for (; nearer != 0; nearer &= nearer - 1)
        {
            int lane = BitOperations.TrailingZeroCount(nearer);
            if (!excludeSelf || row + lane != query) table.Offer(query, row + lane, distances[lane]);
        }
    }
}
