using Vedette.ML.Files;

namespace Vedette.ML.Preprocessing;

/// <summary>One shift and one divisor per column: what both scalers are once fitted.</summary>
internal sealed class ColumnScaling(float[] centers, float[] scales)
{
    public ReadOnlySpan<float> Centers => centers;

    public ReadOnlySpan<float> Scales => scales;

    public void Transform(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        int width = centers.Length;
        if (rows.Length != scaled.Length || rows.Length % width != 0)
            throw new ArgumentException($"{rows.Length} values into {scaled.Length} are not rows of {width} features.", nameof(rows));
        for (int start = 0; start < rows.Length; start += width)
        {
            for (int column = 0; column < width; column++) scaled[start + column] = (rows[start + column] - centers[column]) / scales[column];
        }
    }

    /// <summary>The finite values of one column, in double.</summary>
    public static double[] Finite(ReadOnlySpan<float> rows, int featureCount, int column)
    {
        var values = new List<double>(rows.Length / featureCount);
        for (int i = column; i < rows.Length; i += featureCount)
            if (float.IsFinite(rows[i])) values.Add(rows[i]);
        return [.. values];
    }

    /// <summary>A divisor that can be used: 1 for a column whose spread is zero or lost in rounding.</summary>
    public static float Usable(double spread, double center) => spread > 1e-7 * Math.Abs(center) && spread > 1e-30 ? (float)spread : 1;

    public void Write(ModelWriter writer)
    {
        writer.Write<float>(centers);
        writer.Write<float>(scales);
    }

    public static ColumnScaling Read(ModelReader reader)
    {
        float[] centers = reader.ReadArray<float>();
        if (centers.Length == 0) throw new InvalidDataException("The model file holds no column.");
        return new ColumnScaling(centers, reader.ReadArray<float>(centers.Length));
    }
}
