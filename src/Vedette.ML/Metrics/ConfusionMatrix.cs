namespace Vedette.ML.Metrics;

/// <summary>How a threshold's decisions compare with the truth.</summary>
/// <param name="TruePositives">Positive rows called positive.</param>
/// <param name="FalsePositives">Negative rows called positive.</param>
/// <param name="TrueNegatives">Negative rows called negative.</param>
/// <param name="FalseNegatives">Positive rows called negative.</param>
public readonly record struct ConfusionMatrix(long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    public long RowCount => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    /// <summary>Share of the rows called positive that are; 0 if none was called so.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>Share of the positive rows that were called so; 0 if there is none.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Share of the negative rows that were called positive; 0 if there is none.</summary>
    public double FalsePositiveRate => Ratio(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>Share of the rows called rightly; 0 if there is none.</summary>
    public double Accuracy => Ratio(TruePositives + TrueNegatives, RowCount);

    /// <summary>Harmonic mean of precision and recall; 0 if both are.</summary>
    public double F1 => Ratio(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Counts the decisions "positive if the score is at least <paramref name="threshold"/>".</summary>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="scores">One score per row. A NaN score is a negative decision.</param>
    /// <param name="threshold">Smallest score that is called positive.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a label is neither 0 nor 1.</exception>
    public static ConfusionMatrix At(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, float threshold)
    {
        Shape.CheckBinaryLabels(labels, scores.Length);
        long truePositives = 0, falsePositives = 0, trueNegatives = 0, falseNegatives = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            bool positive = labels[i] == 1;
            if (scores[i] >= threshold)
            {
                if (positive) truePositives++;
                else falsePositives++;
            }
            else if (positive) falseNegatives++;
            else trueNegatives++;
        }
        return new ConfusionMatrix(truePositives, falsePositives, trueNegatives, falseNegatives);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
