using Vedette.ML.Binning;

namespace Vedette.ML.Boosting;

/// <summary>A split of one node: rows whose bin is at most <paramref name="Bin"/> go left.</summary>
internal readonly record struct BinSplit(int Feature, byte Bin, bool MissingLeft, double Gain, long LeftSum)
{
    public bool Exists => Gain > 0;
}

/// <summary>Finds the best split of a node from its histograms of gradients (high half) and hessians (low half).</summary>
internal sealed class SplitFinder(BinnedRows table, GrowthLimits limits)
{
    /// <summary>Turns fixed-point sums into gradients.</summary>
    public double GradientUnit { get; set; }

    /// <summary>Turns fixed-point sums into hessians.</summary>
    public double HessianUnit { get; set; }

    /// <summary>The split of greatest gain; ties go to the first feature and the lowest bin. None exists if the gain does not exceed the limit.</summary>
    /// <param name="sums">Histograms of all features.</param>
    /// <param name="total">Sum over the node's rows.</param>
    /// <param name="rowCount">Number of the node's rows.</param>
    /// <param name="features">Features that may be split.</param>
    public BinSplit Find(long[] sums, long total, int rowCount, ReadOnlySpan<int> features)
    {
        double gradient = Histogram.High(total) * GradientUnit;
        double hessian = Histogram.Low(total) * HessianUnit;
        double denominator = hessian + limits.L2;
        double shrunk = limits.Shrink(gradient);
        double parent = denominator > 0 ? shrunk * shrunk / denominator : 0;
        double minWeight = Math.Max(limits.MinChildWeight, limits.MinRows * hessian / Math.Max(1, rowCount));
        var best = new Candidate { Value = parent + Math.Max(limits.MinGain, 1e-9), Feature = -1 };
        foreach (int feature in features)
        {
            var bins = sums.AsSpan(feature * BinMapper.Stride, BinMapper.Stride);
            long missing = bins[BinMapper.MissingBin];
            int binCount = table.Mapper.BinCount(feature);
            Scan(bins, binCount, 0, total, minWeight, feature, false, ref best);
            if (missing != 0) Scan(bins, binCount, missing, total, minWeight, feature, true, ref best);
        }
        if (best.Feature < 0) return default;
        return new BinSplit(best.Feature, (byte)best.Bin, MissingLeft(best, sums, total), best.Value - parent, best.LeftSum);
    }

    private ref struct Candidate
    {
        public double Value;
        public int Feature;
        public int Bin;
        public bool MissingLeft;
        public long LeftSum;
    }

    /// <summary>Where the node saw no missing value, one that comes later follows the side of more weight.</summary>
    private static bool MissingLeft(Candidate best, long[] sums, long total) =>
        sums[best.Feature * BinMapper.Stride + BinMapper.MissingBin] == 0
            ? 2L * Histogram.Low(best.LeftSum) >= Histogram.Low(total)
            : best.MissingLeft;

    private void Scan(ReadOnlySpan<long> bins, int binCount, long start, long total, double minWeight, int feature, bool missingLeft, ref Candidate best)
    {
        double l1 = limits.L1, l2 = limits.L2;
        double bestValue = best.Value;
        long left = start;
        // With missing values on the right, the last bin still has something to be parted from.
        int last = !missingLeft && bins[BinMapper.MissingBin] != 0 ? binCount : binCount - 1;
        for (int bin = 0; bin < last; bin++)
        {
            long sum = bins[bin];
            if (sum == 0 && bin > 0) continue;
            left += sum;
            long right = total - left;
            double leftHessian = Histogram.Low(left) * HessianUnit;
            double rightHessian = Histogram.Low(right) * HessianUnit;
            if (leftHessian < minWeight) continue;
            if (rightHessian < minWeight) break;
            double leftGradient = Histogram.High(left) * GradientUnit;
            double rightGradient = Histogram.High(right) * GradientUnit;
            if (l1 > 0)
            {
                leftGradient = limits.Shrink(leftGradient);
                rightGradient = limits.Shrink(rightGradient);
            }
            // One division instead of two: a²/b + c²/d = (a²d + c²b) / (bd). Written so that 0/0 loses the comparison.
            double leftDenominator = leftHessian + l2;
            double rightDenominator = rightHessian + l2;
            double numerator = leftGradient * leftGradient * rightDenominator + rightGradient * rightGradient * leftDenominator;
            double product = leftDenominator * rightDenominator;
            if (!(numerator > bestValue * product) || product <= 0) continue;
            bestValue = numerator / product;
            best = new Candidate { Value = bestValue, Feature = feature, Bin = bin, MissingLeft = missingLeft, LeftSum = left };
        }
    }
}
