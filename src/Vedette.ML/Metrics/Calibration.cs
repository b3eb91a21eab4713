namespace Vedette.ML.Metrics;

/// <summary>Whether probabilities mean what they say.</summary>
public static class Calibration
{
    // The reference implementations clip at the float's rounding unit, so that one wrong certainty does not make the mean infinite.
    private const double Clip = 1.1920929e-7;

    /// <summary>Mean negative log-likelihood, in nats; 0 is perfect. Probabilities are clipped to [1.2e-7, 1 − 1.2e-7].</summary>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="probabilities">Probability of class 1 per row.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a label is neither 0 nor 1, or a probability is outside [0, 1].</exception>
    public static double LogLoss(ReadOnlySpan<float> labels, ReadOnlySpan<float> probabilities)
    {
        Check(labels, probabilities);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double p = Math.Clamp(probabilities[i], Clip, 1 - Clip);
            sum -= Math.Log(labels[i] == 1 ? p : 1 - p);
        }
        return sum / labels.Length;
    }

    /// <summary>Mean squared difference between probability and label, in [0, 1]; 0 is perfect (G. W. Brier, 1950).</summary>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="probabilities">Probability of class 1 per row.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a label is neither 0 nor 1, or a probability is outside [0, 1].</exception>
    public static double BrierScore(ReadOnlySpan<float> labels, ReadOnlySpan<float> probabilities)
    {
        Check(labels, probabilities);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double difference = probabilities[i] - labels[i];
            sum += difference * difference;
        }
        return sum / labels.Length;
    }

    /// <summary>Predicted against observed frequency in <paramref name="binCount"/> equal slices of [0, 1]; slices without rows are left out.</summary>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="probabilities">Probability of class 1 per row.</param>
    /// <param name="binCount">Number of slices, at least 1.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a label is neither 0 nor 1, or a probability is outside [0, 1].</exception>
    public static IReadOnlyList<CalibrationBin> Table(ReadOnlySpan<float> labels, ReadOnlySpan<float> probabilities, int binCount = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        Check(labels, probabilities);
        var counts = new long[binCount];
        double[] predicted = new double[binCount];
        double[] observed = new double[binCount];
        for (int i = 0; i < labels.Length; i++)
        {
            int bin = Math.Min((int)(probabilities[i] * (double)binCount), binCount - 1);
            counts[bin]++;
            predicted[bin] += probabilities[i];
            observed[bin] += labels[i];
        }
        var table = new List<CalibrationBin>();
        for (int bin = 0; bin < binCount; bin++)
            if (counts[bin] > 0) table.Add(new CalibrationBin(counts[bin], predicted[bin] / counts[bin], observed[bin] / counts[bin]));
        return table;
    }

    private static void Check(ReadOnlySpan<float> labels, ReadOnlySpan<float> probabilities)
    {
        Shape.CheckBinaryLabels(labels, probabilities.Length);
        if (labels.IsEmpty) throw new ArgumentException("There are no rows.", nameof(labels));
        foreach (float p in probabilities)
            if (!(p is >= 0 and <= 1)) throw new ArgumentException($"{p} is not a probability.", nameof(probabilities));
    }
}

/// <summary>The rows whose probability fell into one slice.</summary>
/// <param name="RowCount">How many they are.</param>
/// <param name="MeanPredicted">Mean of their probabilities.</param>
/// <param name="ObservedRate">Share of them that is positive.</param>
public readonly record struct CalibrationBin(long RowCount, double MeanPredicted, double ObservedRate);
