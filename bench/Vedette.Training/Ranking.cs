using System.Globalization;

namespace Vedette.Training;

/// <summary>How well scores rank attacks above ordinary rows.</summary>
internal static class Ranking
{
    /// <summary>The area under the curve of recall over false positives: the probability that an attack scores above an ordinary row, ties by half; and the share of pairs that tie.</summary>
    /// <returns>NaN if one of the two is empty.</returns>
    public static (double Area, double Ties) Of(float[] attacks, float[] ordinary)
    {
        Array.Sort(ordinary);
        double above = 0, ties = 0;
        foreach (float score in attacks)
        {
            int first = Bound(ordinary, score, isUpper: false);
            int last = Bound(ordinary, score, isUpper: true);
            above += first + (last - first) / 2.0;
            ties += last - first;
        }
        double pairs = (double)attacks.Length * ordinary.Length;
        return (above / pairs, ties / pairs);
    }

    public static string Text(float[] attacks, float[] ordinary)
    {
        var (area, ties) = Of(attacks, ordinary);
        return string.Create(CultureInfo.InvariantCulture, $"area {area:F4}, ties {100 * ties:F2} %, {attacks.Distinct().Count()} distinct scores of {attacks.Length} attacks, {ordinary.Distinct().Count()} of {ordinary.Length} ordinary rows");
    }

    /// <summary>The number of sorted values below <paramref name="score"/>, or not above it.</summary>
    private static int Bound(float[] sorted, float score, bool isUpper)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < score || isUpper && sorted[middle] == score) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
