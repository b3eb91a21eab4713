using Vedette.ML.Files;

namespace Vedette.ML.Consensus;

/// <summary>Brings columns to a common scale that outliers do not set: distance from the median in units of the spread of the middle half.</summary>
/// <remarks>
/// A column whose middle half is constant, such as a rare flag, is scaled by its standard deviation; a constant one becomes 0. A missing value (NaN)
/// becomes the median, an infinity the limit, and everything is kept within ±<see cref="Limit"/>.
/// </remarks>
internal sealed class RobustColumns
{
    public const float Limit = 1e6f;

    /// <summary>Width of the middle half of a normal distribution in standard deviations.</summary>
    private const double NormalInterquartileRange = 1.349;

    private readonly float[] _medians;
    private readonly float[] _scales;

    private RobustColumns(float[] medians, float[] scales) => (_medians, _scales) = (medians, scales);

    public int FeatureCount => _medians.Length;

    public static RobustColumns Fit(ReadOnlySpan<float> rows, int featureCount)
    {
        int count = rows.Length / featureCount;
        float[] medians = new float[featureCount];
        float[] scales = new float[featureCount];
        float[] column = new float[count];
        for (int feature = 0; feature < featureCount; feature++)
        {
            int known = 0;
            for (int row = 0; row < count; row++)
            {
                float value = rows[row * featureCount + feature];
                if (float.IsFinite(value)) column[known++] = value;
            }
            if (known == 0) continue;
            var values = column.AsSpan(0, known);
            values.Sort();
            medians[feature] = (float)Quantile(values, 0.5);
            scales[feature] = Scale(values);
        }
        return new RobustColumns(medians, scales);
    }

    /// <summary>Scales rows into <paramref name="scaled"/>, which is as long.</summary>
    public void Apply(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            int feature = i % _medians.Length;
            float z = (rows[i] - _medians[feature]) * _scales[feature];
            scaled[i] = float.IsNaN(rows[i]) || _scales[feature] == 0 ? 0 : Math.Clamp(z, -Limit, Limit);
        }
    }

    /// <summary>Pulls in long tails: sign(z)·ln(1 + |z|), value by value.</summary>
    public static void Compress(ReadOnlySpan<float> scaled, Span<float> compressed)
    {
        for (int i = 0; i < scaled.Length; i++) compressed[i] = MathF.CopySign(float.LogP1(MathF.Abs(scaled[i])), scaled[i]);
    }

    public void Write(ModelWriter writer)
    {
        writer.Write<float>(_medians);
        writer.Write<float>(_scales);
    }

    public static RobustColumns Read(ModelReader reader)
    {
        float[] medians = reader.ReadArray<float>();
        if (medians.Length == 0) throw new InvalidDataException("The model file holds no columns.");
        return new RobustColumns(medians, reader.ReadArray<float>(medians.Length));
    }

    /// <summary>The factor that gives the middle half of <paramref name="sorted"/> the width it has in a standard normal distribution; 0 for a constant column.</summary>
    private static float Scale(ReadOnlySpan<float> sorted)
    {
        double spread = (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / NormalInterquartileRange;
        double range = (double)sorted[^1] - sorted[0];
        if (spread <= 1e-9 * range) spread = StandardDeviation(sorted);
        return spread > 1e-30 ? (float)(1 / spread) : 0;
    }

    private static double Quantile(ReadOnlySpan<float> sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * ((double)sorted[above] - sorted[below]);
    }

    private static double StandardDeviation(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values) sum += value;
        double mean = sum / values.Length;
        foreach (float value in values) squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / values.Length);
    }
}
