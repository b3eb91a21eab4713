namespace Vedette.ML.Binning;

/// <summary>Replaces the values of each feature by at most 255 bins of about equally many rows, so that a split is searched among bins.</summary>
/// <remarks>
/// A feature of few distinct values gets one bin for each; a value so frequent that it would fill a bin gets its own. Boundaries are found on all rows, or on
/// <see cref="MostRowsExamined"/> drawn at random if there are more. A value's bin is the number of edges at or below it, so bin ≤ b means value &lt; edge b.
/// </remarks>
internal sealed class BinMapper
{
    /// <summary>The bin of NaN, whatever the number of others.</summary>
    public const byte MissingBin = 255;

    /// <summary>Most bins for values.</summary>
    public const int MostBins = 255;

    /// <summary>Bins, used or not, that a histogram keeps for each feature.</summary>
    public const int Stride = 256;

    private const int MostRowsExamined = 50_000;
    private const ulong SampleSeed = 0x42696E73;

    private readonly float[][] _edges;

    private BinMapper(float[][] edges) => _edges = edges;

    /// <summary>The value below which a row falls into <paramref name="bin"/> or a lower one.</summary>
    public float Edge(int feature, int bin) => _edges[feature][bin];

    /// <summary>Number of bins of a feature, that of missing values not counted.</summary>
    public int BinCount(int feature) => _edges[feature].Length + 1;

    public static unsafe BinMapper Fit(ReadOnlySpan<float> rows, int featureCount, int maxBins, int maxThreads)
    {
        int rowCount = rows.Length / featureCount;
        int[]? drawn = rowCount > MostRowsExamined ? DrawRows(rowCount) : null;
        int used = drawn?.Length ?? rowCount;
        float[][] edges = new float[featureCount][];
        fixed (float* pinned = rows)
        {
            // A span cannot be captured; the pointer stays valid because Workers.For returns only when all work is done.
            float* start = pinned;
            Workers.For(featureCount, maxThreads, feature =>
            {
                float[] values = new float[used];
                int present = 0;
                for (int i = 0; i < used; i++)
                {
                    float value = start[(long)(drawn?[i] ?? i) * featureCount + feature];
                    if (!float.IsNaN(value)) values[present++] = value + 0f;
                }
                edges[feature] = FindEdges(values.AsSpan(0, present), maxBins);
            });
        }
        return new BinMapper(edges);
    }

    /// <summary>Bins one column; <paramref name="first"/> points at its value in the first row.</summary>
    public unsafe void MapColumn(float* first, int stride, int feature, Span<byte> bins)
    {
        float[] edges = _edges[feature];
        Span<float> padded = stackalloc float[Stride];
        padded.Fill(float.PositiveInfinity);
        edges.CopyTo(padded);
        for (int row = 0; row < bins.Length; row++)
        {
            float value = first[(long)row * stride];
            int bin = 0;
            for (int step = Stride / 2; step > 0; step >>= 1) bin += padded[bin + step - 1] <= value ? step : 0;
            // An infinite value is not below the padding either.
            bins[row] = float.IsNaN(value) ? MissingBin : (byte)Math.Min(bin, edges.Length);
        }
    }

    private static int[] DrawRows(int rowCount)
    {
        var random = new SeededRandom(SampleSeed);
        int[] drawn = new int[MostRowsExamined];
        for (int i = 0; i < drawn.Length; i++) drawn[i] = random.Next(rowCount);
        return drawn;
    }

    private static float[] FindEdges(Span<float> values, int maxBins)
    {
        if (values.IsEmpty) return [];
        values.Sort();
        var (distinct, counts) = Distinct(values);
        var edges = new List<float>();
        int binsLeft = maxBins;
        double rowsLeft = values.Length;
        long inBin = 0;
        for (int i = 0; i + 1 < distinct.Count; i++)
        {
            inBin += counts[i];
            double target = distinct.Count <= maxBins ? 0 : rowsLeft / binsLeft;
            bool nextIsFrequent = inBin + counts[i + 1] / 2.0 > target;
            if (inBin < target && !nextIsFrequent) continue;
            edges.Add(Between(distinct[i], distinct[i + 1]));
            rowsLeft -= inBin;
            inBin = 0;
            if (--binsLeft == 1) break;
        }
        return [.. edges];
    }

    private static (List<float> Distinct, List<int> Counts) Distinct(ReadOnlySpan<float> sorted)
    {
        var distinct = new List<float>();
        var counts = new List<int>();
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start]) end++;
            distinct.Add(sorted[start]);
            counts.Add(end - start);
            start = end;
        }
        return (distinct, counts);
    }

    /// <summary>A number above <paramref name="lower"/> and at most <paramref name="upper"/>: their middle, if it has one.</summary>
    private static float Between(float lower, float upper)
    {
        float middle = (float)(((double)lower + upper) / 2);
        return middle > lower && middle <= upper ? middle : upper;
    }
}
