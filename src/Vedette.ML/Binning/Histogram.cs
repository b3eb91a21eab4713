using System.Runtime.CompilerServices;

namespace Vedette.ML.Binning;

/// <summary>Sums of pairs of numbers per bin, in fixed point: both halves of one 64-bit integer, so that one addition adds a row.</summary>
/// <remarks>
/// The high half is signed, the low half is not and never overflows (callers scale so that the sum over all rows fits). Integer sums do not depend on
/// their order: a histogram is the same on any number of threads, and a sibling's is exactly the difference from the parent's.
/// </remarks>
internal static class Histogram
{
    /// <summary>Packs a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pack(int high, uint low) => ((long)high << 32) + low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int High(long pair) => (int)(pair >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Low(long pair) => (uint)pair;

    /// <summary>Adds the pairs of <paramref name="rows"/> to the bins of features [<paramref name="firstFeature"/>, <paramref name="endFeature"/>).</summary>
    public static unsafe void Add(BinnedRows table, ReadOnlySpan<int> rows, long[] pairs, long[] sums, int firstFeature, int endFeature)
    {
        int width = table.FeatureCount;
        // A bin is a byte and rows are those of the table, so every index is in bounds.
        fixed (byte* bins = table.ByRow)
        fixed (long* pair = pairs)
        fixed (long* sum = sums)
        {
            foreach (int row in rows)
            {
                byte* bin = bins + (long)row * width;
                long value = pair[row];
                int feature = firstFeature;
                long* target = sum + feature * BinMapper.Stride;
                for (; feature + 4 <= endFeature; feature += 4, target += 4 * BinMapper.Stride)
                {
                    target[bin[feature]] += value;
                    target[BinMapper.Stride + bin[feature + 1]] += value;
                    target[2 * BinMapper.Stride + bin[feature + 2]] += value;
                    target[3 * BinMapper.Stride + bin[feature + 3]] += value;
                }
                for (; feature < endFeature; feature++, target += BinMapper.Stride) target[bin[feature]] += value;
            }
        }
    }

    /// <summary>What <see cref="Add"/> means, written plainly.</summary>
    internal static void AddReference(BinnedRows table, ReadOnlySpan<int> rows, long[] pairs, long[] sums, int firstFeature, int endFeature)
    {
        foreach (int row in rows)
            for (int feature = firstFeature; feature < endFeature; feature++)
                sums[feature * BinMapper.Stride + table.ByColumn[feature * table.RowCount + row]] += pairs[row];
    }
}
