namespace Vedette.ML.Calibrators;

/// <summary>Checks and sorts what calibrators learn from.</summary>
internal static class CalibrationRows
{
    public static void Check(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        if (scores.IsEmpty) throw new ArgumentException("0 scores are too few; at least 1 is needed.", nameof(scores));
        Shape.CheckBinaryLabels(labels, scores.Length);
        foreach (float score in scores)
            if (!float.IsFinite(score)) throw new ArgumentException($"A score is {score}; scores must be finite.", nameof(scores));
    }

    /// <summary>Different scores ascending, with the positives and rows at each.</summary>
    public static List<(float Score, double Positives, double Rows)> Sorted(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        Check(scores, labels);
        float[] keys = scores.ToArray(), values = labels.ToArray();
        Array.Sort(keys, values);
        var sorted = new List<(float Score, double Positives, double Rows)>();
        for (int i = 0; i < keys.Length; i++)
        {
            if (sorted.Count > 0 && sorted[^1].Score == keys[i]) sorted[^1] = (keys[i], sorted[^1].Positives + values[i], sorted[^1].Rows + 1);
            else sorted.Add((keys[i], values[i], 1));
        }
        return sorted;
    }
}
