namespace Vedette.ML.Selection;

/// <summary>Tells which columns are worth keeping.</summary>
public static class FeatureSelection
{
    /// <summary>Mutual information of each column, cut at its quantiles, with the labels: what knowing the column tells about the class.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN is a value of its own.</param>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="bins">Most bins per column, at least 2. A column of noise has about bins/(2·rows) nats.</param>
    /// <returns>Nats per column, from 0 to ln 2.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, or a label is neither 0 nor 1.</exception>
    public static double[] MutualInformation(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, int bins = 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        int count = Shape.RowCount(rows, featureCount);
        Shape.CheckBinaryLabels(labels, count);
        double[] information = new double[featureCount];
        float[] column = new float[count];
        for (int feature = 0; feature < featureCount; feature++)
        {
            for (int row = 0; row < count; row++) column[row] = rows[row * featureCount + feature];
            var cut = QuantileBins.Fit(column, bins);
            long[] negatives = new long[cut.Count], positives = new long[cut.Count];
            for (int row = 0; row < count; row++) (labels[row] == 1 ? positives : negatives)[cut.Of(column[row])]++;
            information[feature] = Information(negatives, positives);
        }
        return information;
    }

    /// <summary>Drops the least important columns again and again, asking anew each time, until <paramref name="keep"/> are left.</summary>
    /// <remarks>I. Guyon et al., "Gene Selection for Cancer Classification Using Support Vector Machines", Machine Learning 46, 2002.</remarks>
    /// <param name="featureCount">Number of columns at the start.</param>
    /// <param name="keep">Columns to keep, from 1 to <paramref name="featureCount"/>.</param>
    /// <param name="importance">Given the columns still in play, returns one importance for each; NaN is least.</param>
    /// <param name="dropShare">Share of the columns dropped each time, at least one, in (0, 1).</param>
    /// <param name="cancellation">Stops before the next question.</param>
    /// <returns>The columns kept, ascending.</returns>
    /// <exception cref="ArgumentException">Not one importance per column.</exception>
    public static int[] EliminateRecursively(
        int featureCount, int keep, Func<int[], double[]> importance, double dropShare = 0.1, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, keep);
        if (!(dropShare is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(dropShare), dropShare, "A share to drop is in (0, 1).");
        int[] columns = [.. Enumerable.Range(0, featureCount)];
        while (columns.Length > keep)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] values = importance([.. columns]);
            if (values.Length != columns.Length)
                throw new ArgumentException($"{values.Length} importances do not fit {columns.Length} columns.", nameof(importance));
            int dropped = Math.Clamp((int)(dropShare * columns.Length), 1, columns.Length - keep);
            columns = [.. columns.Zip(values)
                .OrderByDescending(pair => double.IsNaN(pair.Second) ? double.NegativeInfinity : pair.Second).ThenBy(pair => pair.First)
                .Take(columns.Length - dropped).Select(pair => pair.First).Order()];
        }
        return columns;
    }

    private static double Information(long[] negatives, long[] positives)
    {
        double total = negatives.Sum() + positives.Sum(), information = 0;
        foreach (long[] ofClass in (long[][])[negatives, positives])
        {
            double share = ofClass.Sum() / total;
            for (int bin = 0; bin < ofClass.Length; bin++)
            {
                double joint = ofClass[bin] / total, ofBin = (negatives[bin] + positives[bin]) / total;
                if (joint > 0) information += joint * Math.Log(joint / (share * ofBin));
            }
        }
        return Math.Max(0, information);
    }
}
