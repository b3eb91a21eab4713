namespace Vedette.ML.Isolation;

/// <summary>What the isolation forests share: expected path lengths, sampling and thresholds.</summary>
internal static class IsolationMath
{
    private const double EulerGamma = 0.5772156649015329;

    /// <summary>Mean path length c(n) of an unsuccessful search in a binary search tree of n keys (equation 1 of the paper).</summary>
    public static double MeanPath(int count) => count switch
    {
        < 2 => 0,
        2 => 1,
        _ => 2 * (Math.Log(count - 1) + EulerGamma) - 2.0 * (count - 1) / count,
    };

    /// <summary>Default depth limit: ⌈log₂ n⌉, and at least 1.</summary>
    public static int DepthLimit(int sampleSize) => Math.Max(1, (int)Math.Ceiling(Math.Log2(sampleSize)));

    /// <summary>The score of a mean path length (equation 2), in (0, 1]. A sample of one row tells nothing: 0.5.</summary>
    public static float Score(double meanPath, double normalizer) => normalizer == 0 ? 0.5f : (float)double.Exp2(-meanPath / normalizer);

    /// <summary>Copies <paramref name="sampleSize"/> distinct random rows (R. W. Floyd's algorithm, CACM 30(9), 1987).</summary>
    public static float[] DrawRows(ReadOnlySpan<float> rows, int featureCount, int sampleSize, ref SeededRandom random)
    {
        int rowCount = rows.Length / featureCount;
        float[] sample = new float[sampleSize * featureCount];
        var chosen = new HashSet<int>(sampleSize);
        for (int i = 0; i < sampleSize; i++)
        {
            int last = rowCount - sampleSize + i;
            int row = random.Next(last + 1);
            if (!chosen.Add(row)) chosen.Add(row = last);
            rows.Slice(row * featureCount, featureCount).CopyTo(sample.AsSpan(i * featureCount));
        }
        return sample;
    }

    /// <summary>Score that a share of <paramref name="contamination"/> of <paramref name="scores"/> exceeds, interpolated between neighbours.</summary>
    public static float Threshold(ReadOnlySpan<float> scores, double contamination)
    {
        if (!(contamination is > 0 and <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(contamination), contamination, "The contamination is a share above 0 and up to 0.5.");
        if (scores.IsEmpty) throw new ArgumentException("There are no scores.", nameof(scores));
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        double position = (1 - contamination) * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + (position - below) * ((double)sorted[above] - sorted[below]));
    }
}
