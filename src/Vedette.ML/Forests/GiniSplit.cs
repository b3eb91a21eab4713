using System.Numerics;
using Vedette.ML.Binning;

namespace Vedette.ML.Forests;

/// <summary>Weights per row of either class.</summary>
internal readonly record struct ClassWeights(double Negative, double Positive)
{
    /// <summary>Weights of a pair of counts: all rows in the low half, those of class 1 in the high half.</summary>
    public (double All, double Ones) Of(long counts)
    {
        double ones = Histogram.High(counts) * Positive;
        return (ones + (Histogram.Low(counts) - (double)Histogram.High(counts)) * Negative, ones);
    }
}

/// <summary>The best split of one node so far.</summary>
internal struct GiniSplit
{
    public int Feature;
    public byte Bin;
    public bool MissingLeft;
    public bool SawMissing;
    public long LeftCounts;

    /// <summary>Weight times impurity that the split takes away; above 0 if there is a split.</summary>
    public double Gain;

    /// <summary>Considers every boundary between occupied bins of one feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="counts">Counts per bin, class 1 high, all low.</param>
    /// <param name="occupied">One bit per bin: which are not empty.</param>
    /// <param name="total">Counts of the node.</param>
    /// <param name="weights">Class weights.</param>
    /// <param name="minRows">Least rows on either side.</param>
    public void Consider(int feature, ReadOnlySpan<long> counts, ReadOnlySpan<ulong> occupied, long total, ClassWeights weights, int minRows)
    {
        long missing = counts[BinMapper.MissingBin];
        Scan(feature, counts, occupied, 0, total, weights, minRows, false);
        if (missing != 0) Scan(feature, counts, occupied, missing, total, weights, minRows, true);
    }

    /// <summary>
    /// Gini impurity times weight is 2·p·n/(p + n) for weights p and n of the classes; minimising both sides' sum is maximising
    /// Σ (p² + n²)/(p + n).
    /// </summary>
    private void Scan(
        int feature, ReadOnlySpan<long> counts, ReadOnlySpan<ulong> occupied, long start, long total, ClassWeights weights, int minRows, bool missingLeft)
    {
        var (all, ones) = weights.Of(total);
        double zeros = all - ones;
        double parent = (ones * ones + zeros * zeros) / all;
        long left = start;
        for (int word = 0; word < occupied.Length; word++)
        {
            for (ulong bits = occupied[word]; bits != 0; bits &= bits - 1)
            {
                int bin = word * 64 + BitOperations.TrailingZeroCount(bits);
                if (bin == BinMapper.MissingBin) return;
                left += counts[bin];
                uint leftRows = Histogram.Low(left), rightRows = Histogram.Low(total) - leftRows;
                if (leftRows < minRows) continue;
                if (rightRows < minRows) return;
                var (leftAll, leftOnes) = weights.Of(left);
                double leftZeros = leftAll - leftOnes, rightAll = all - leftAll, rightOnes = ones - leftOnes, rightZeros = zeros - leftZeros;
                double gain = (leftOnes * leftOnes + leftZeros * leftZeros) / leftAll + (rightOnes * rightOnes + rightZeros * rightZeros) / rightAll - parent;
                if (!(gain > Gain)) continue;
                (Feature, Bin, MissingLeft, LeftCounts, Gain) = (feature, (byte)bin, missingLeft, left, gain);
                SawMissing = counts[BinMapper.MissingBin] != 0;
            }
        }
    }
}
