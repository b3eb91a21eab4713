namespace Vedette.ML.Metrics;

/// <summary>How well scores put positive rows before negative ones, whatever the threshold.</summary>
/// <remarks>Every method costs O(n log n) and treats equal scores as a tie that no order may break. NaN scores are refused.</remarks>
public static class Ranking
{
    /// <summary>Area under the receiver operating characteristic: the chance that a random positive row outscores a random negative one, ties counting half.</summary>
    /// <param name="labels">0 or 1 per row; both must occur.</param>
    /// <param name="scores">One score per row; higher means more likely positive.</param>
    /// <exception cref="ArgumentException">The lengths differ, a label is neither 0 nor 1, a score is NaN, or one class is absent.</exception>
    public static double RocAuc(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        (float[] sorted, float[] classes) = SortDescending(labels, scores);
        long positives = CountPositives(classes);
        long negatives = classes.Length - positives;
        if (positives == 0 || negatives == 0) throw new ArgumentException("ROC AUC needs rows of both classes.", nameof(labels));

        // Each tied group is a slanted step of the curve: its area is a trapezium.
        double area = 0;
        long above = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = TieEnd(sorted, start);
            long hits = 0;
            for (int i = start; i < end; i++) hits += classes[i] == 1 ? 1 : 0;
            area += (above + hits * 0.5) * (end - start - hits);
            above += hits;
            start = end;
        }
        return area / ((double)positives * negatives);
    }

    /// <summary>Average precision: precision at each threshold, weighted by the recall it adds. No interpolation.</summary>
    /// <param name="labels">0 or 1 per row; 1 must occur.</param>
    /// <param name="scores">One score per row; higher means more likely positive.</param>
    /// <exception cref="ArgumentException">The lengths differ, a label is neither 0 nor 1, a score is NaN, or no row is positive.</exception>
    public static double AveragePrecision(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        (float[] sorted, float[] classes) = SortDescending(labels, scores);
        long positives = CountPositives(classes);
        if (positives == 0) throw new ArgumentException("Average precision needs positive rows.", nameof(labels));
        double sum = 0;
        long found = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = TieEnd(sorted, start);
            long hits = 0;
            for (int i = start; i < end; i++) hits += classes[i] == 1 ? 1 : 0;
            found += hits;
            sum += hits * ((double)found / end);
            start = end;
        }
        return sum / positives;
    }

    private static (float[] Scores, float[] Labels) SortDescending(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        Shape.CheckBinaryLabels(labels, scores.Length);
        float[] keys = new float[scores.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (float.IsNaN(scores[i])) throw new ArgumentException($"Score {i} is NaN.", nameof(scores));
            keys[i] = -scores[i];
        }
        float[] classes = labels.ToArray();
        Array.Sort(keys, classes);
        return (keys, classes);
    }

    private static long CountPositives(float[] labels)
    {
        long count = 0;
        foreach (float label in labels) count += label == 1 ? 1 : 0;
        return count;
    }

    private static int TieEnd(float[] sorted, int start)
    {
        int end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start]) end++;
        return end;
    }
}
