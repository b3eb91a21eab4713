namespace Vedette.ML.Consensus;

/// <summary>Turns one detector's score into the probability of a score at least as high among the reference rows.</summary>
internal sealed class ScoreTail
{
    /// <summary>Added to every probability, so that no detector alone can claim more than one in two thousand.</summary>
    private const double Softening = 5e-4;

    private readonly float[] _sorted;

    private ScoreTail(float[] sorted) => _sorted = sorted;

    public ReadOnlySpan<float> Sorted => _sorted;

    public static ScoreTail Fit(ReadOnlySpan<float> scores)
    {
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        return new ScoreTail(sorted);
    }

    public static ScoreTail FromSorted(float[] sorted)
    {
        for (int i = 1; i < sorted.Length; i++)
            if (!(sorted[i] >= sorted[i - 1])) throw new InvalidDataException("The model file's reference scores are not in order.");
        return new ScoreTail(sorted);
    }

    /// <summary>−ln of the tail probability, 0 to 7.6. Ties count half.</summary>
    public double Surprise(float score)
    {
        int below = LowerBound(score, orEqual: false);
        int belowOrEqual = LowerBound(score, orEqual: true);
        double above = _sorted.Length - belowOrEqual + 0.5 * (belowOrEqual - below);
        return -Math.Log(Math.Min(1, above / _sorted.Length + Softening));
    }

    /// <summary>How many reference scores are less than <paramref name="score"/>, or no more than it.</summary>
    private int LowerBound(float score, bool orEqual)
    {
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_sorted[middle] < score || (orEqual && _sorted[middle] == score)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
