namespace Vedette.Lab.Evaluation;

/// <summary>Where scores find as many positives as somebody else does, and what that costs.</summary>
/// <param name="Threshold">Score of the last windows that have to be taken.</param>
/// <param name="FalsePositives">Negatives taken until then. Where only part of the windows of equal score is needed, the same part of its negatives counts.</param>
public readonly record struct EqualRecall(double Threshold, double FalsePositives)
{
    /// <summary>Takes windows by falling score until as many positives are among them.</summary>
    /// <param name="labels">1 or 0 per window.</param>
    /// <param name="scores">One per window.</param>
    /// <param name="truePositives">How many positives to find, at most as many as there are.</param>
    /// <exception cref="ArgumentException">There are not so many positives, or the lengths differ.</exception>
    public static EqualRecall At(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, long truePositives)
    {
        if (labels.Length != scores.Length) throw new ArgumentException($"{scores.Length} scores for {labels.Length} labels.", nameof(scores));
        float[] keys = new float[scores.Length];
        float[] classes = labels.ToArray();
        for (int i = 0; i < keys.Length; i++) keys[i] = -scores[i];
        Array.Sort(keys, classes);
        long found = 0, wrong = 0;
        if (truePositives == 0) return new EqualRecall(double.PositiveInfinity, 0);
        for (int start = 0; start < keys.Length;)
        {
            long hits = 0, misses = 0;
            int end = start;
            for (; end < keys.Length && keys[end] == keys[start]; end++)
            {
                if (classes[end] == 1) hits++;
                else misses++;
            }
            if (found + hits >= truePositives) return new EqualRecall(-keys[start], wrong + misses * ((double)(truePositives - found) / hits));
            found += hits;
            wrong += misses;
            start = end;
        }
        throw new ArgumentException($"{truePositives} positives are wanted, there are {found}.", nameof(truePositives));
    }

    /// <summary>Share of false positives that one side spares against the other: 1 - ours/theirs; null if theirs are none.</summary>
    public static double? Reduction(double ours, double theirs) => theirs <= 0 ? null : 1 - ours / theirs;
}
