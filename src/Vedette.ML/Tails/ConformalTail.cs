using Vedette.ML.Files;

namespace Vedette.ML.Tails;

/// <summary>How rare a score is among scores of ordinary rows: a p-value that needs no model of them.</summary>
/// <remarks>
/// V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random World", 2005, inductive conformal p-values: (1 + scores at least as high)/(1 + scores).
/// If new scores are drawn like the sample, a p-value is below α with a probability of at most α. Beyond its capacity the sample keeps its highest half
/// exactly and an even selection of the rest, for which p is rounded up. Immutable, thread-safe; a question is O(log capacity).
/// </remarks>
public sealed class ConformalTail
{
    /// <summary>Values kept by default.</summary>
    public const int DefaultCapacity = 4096;

    private const string Kind = "conformal_tail/1";

    private readonly double[] _values;
    private readonly long[] _above;

    private ConformalTail(double[] values, long[] above, long count) => (_values, _above, SampleCount) = (values, above, count);

    /// <summary>Scores in the sample, kept or not.</summary>
    public long SampleCount { get; }

    /// <summary>Takes a sample of ordinary scores.</summary>
    /// <param name="sample">Scores, higher is more anomalous; at least one that is not NaN.</param>
    /// <param name="capacity">Most values kept, at least 2.</param>
    /// <exception cref="ArgumentException">No score.</exception>
    public static ConformalTail Fit(ReadOnlySpan<double> sample, int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        var sorted = new List<double>(sample.Length);
        foreach (double score in sample)
            if (!double.IsNaN(score)) sorted.Add(score);
        if (sorted.Count == 0) throw new ArgumentException("0 scores are too few; at least 1 is needed.", nameof(sample));
        sorted.Sort();
        int top = sorted.Count <= capacity ? sorted.Count : capacity / 2;
        int body = sorted.Count - top, kept = sorted.Count <= capacity ? 0 : capacity - top;
        var values = new List<double>();
        var above = new List<long>();
        for (int i = 0; i < kept + top; i++)
        {
            int index = i < kept ? (int)((long)body * i / kept) : body + i - kept;
            // Of equal values the last, above which there is none of its kind.
            if (values.Count > 0 && values[^1] == sorted[index]) values.RemoveAt(values.Count - 1);
            else above.Add(0);
            values.Add(sorted[index]);
            above[^1] = sorted.Count - 1 - index;
        }
        return new ConformalTail([.. values], [.. above], sorted.Count);
    }

    /// <summary>Chance of a score at least as high among ordinary rows, in [1/(<see cref="SampleCount"/> + 1), 1]; 1 for NaN.</summary>
    public double PValue(double score)
    {
        if (double.IsNaN(score)) return 1;
        int place = Array.BinarySearch(_values, score);
        int below = (place >= 0 ? place : ~place) - 1;
        long atLeast = below < 0 ? SampleCount : _above[below];
        return (1.0 + atLeast) / (1.0 + SampleCount);
    }

    /// <summary>Writes the sample as one <see cref="ModelFile"/>.</summary>
    public void Save(Stream stream) => ModelFile.Write(stream, Kind, Write);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static ConformalTail Load(Stream stream) => ModelFile.Read(stream, Kind, Read);

    internal void Write(ModelWriter writer)
    {
        writer.Write(SampleCount);
        writer.Write<double>(_values);
        writer.Write<long>(_above);
    }

    internal static ConformalTail Read(ModelReader reader)
    {
        long count = reader.ReadInt64();
        double[] values = reader.ReadArray<double>();
        long[] above = reader.ReadArray<long>(values.Length);
        if (values.Length == 0 || count < values.Length || above.Any(rank => rank < 0 || rank >= count))
            throw new InvalidDataException($"The model file holds {values.Length} values of a sample of {count}.");
        return new ConformalTail(values, above, count);
    }
}
