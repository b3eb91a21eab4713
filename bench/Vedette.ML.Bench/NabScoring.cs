namespace Vedette.ML.Bench;

/// <summary>Weights of one scoring profile: of a false positive and of a missed window; a window found early earns up to 1.</summary>
internal readonly record struct NabProfile(string Name, double FalsePositive, double Miss)
{
    public static readonly NabProfile[] All = [new("standard", 0.11, 1), new("reward_low_FP_rate", 0.22, 1), new("reward_low_FN_rate", 0.11, 2)];
}

/// <summary>What one threshold achieves.</summary>
/// <param name="Score">100 is perfect, 0 is no detection at all; can be negative.</param>
/// <param name="Threshold">The least score that counts as a detection.</param>
/// <param name="Found">Windows with a detection.</param>
/// <param name="FalsePositives">Detections outside all windows.</param>
internal readonly record struct NabResult(double Score, double Threshold, int Found, int FalsePositives);

/// <summary>The scoring rules of the Numenta anomaly benchmark.</summary>
/// <remarks>
/// A. Lavin, S. Ahmad, "Evaluating Real-time Anomaly Detection Algorithms: the Numenta Anomaly Benchmark", ICMLA 2015: the first 15 % of a series (at
/// most 750 rows) are not scored; the best detection of a window counts, by a sigmoid of its place in the window; each detection outside costs, less
/// right after a window; one threshold, the best one, serves all series.
/// </remarks>
internal static class NabScoring
{
    private readonly record struct Point(double Score, double Weight, int Window);

    /// <summary>The best threshold for all series together; or what a given one achieves.</summary>
    public static NabResult Evaluate(IReadOnlyList<NabSeries> series, IReadOnlyList<double[]> scores, NabProfile profile, double? threshold = null)
    {
        var points = new List<Point>();
        int windows = 0;
        for (int i = 0; i < series.Count; i++)
        {
            Weigh(series[i], scores[i], windows, points);
            windows += series[i].Windows.Length;
        }
        points.Sort((a, b) => b.Score.CompareTo(a.Score));
        double[] best = new double[windows];
        Array.Fill(best, -profile.Miss);
        double nothing = -profile.Miss * windows;
        double total = nothing;
        int found = 0, falsePositives = 0;
        var result = new NabResult(nothing, double.PositiveInfinity, 0, 0);
        for (int i = 0; i < points.Count;)
        {
            double level = points[i].Score;
            if (level < threshold) break;
            for (; i < points.Count && points[i].Score == level; i++)
            {
                var point = points[i];
                if (point.Window < 0)
                {
                    total += point.Weight * profile.FalsePositive;
                    falsePositives++;
                }
                else if (point.Weight > best[point.Window])
                {
                    if (best[point.Window] == -profile.Miss) found++;
                    total += point.Weight - best[point.Window];
                    best[point.Window] = point.Weight;
                }
            }
            if (threshold is not null || total > result.Score) result = new NabResult(total, level, found, falsePositives);
        }
        return result with { Score = windows == 0 ? result.Score : 100 * (result.Score - nothing) / (windows - nothing) };
    }

    private static void Weigh(NabSeries series, double[] scores, int firstWindow, List<Point> points)
    {
        int probation = Math.Min((int)(0.15 * scores.Length), 750);
        int next = 0;
        int lastEnd = -1, lastWidth = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double weight;
            int window = -1;
            if (next < series.Windows.Length && i >= series.Windows[next].First)
            {
                var (first, last) = series.Windows[next];
                weight = Sigmoid(-(last - i + 1.0) / (last - first + 1)) / Sigmoid(-1);
                window = firstWindow + next;
                if (i == last) (lastEnd, lastWidth, next) = (i, last - first + 1, next + 1);
            }
            else
            {
                weight = lastEnd < 0 ? -1 : Sigmoid((i - lastEnd) / (lastWidth - 1.0));
            }
            if (i >= probation) points.Add(new Point(scores[i], weight, window));
        }
    }

    private static double Sigmoid(double position) => position > 3 ? -1 : 2 / (1 + Math.Exp(5 * position)) - 1;
}
