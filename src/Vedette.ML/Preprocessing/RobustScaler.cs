using Vedette.ML.Files;

namespace Vedette.ML.Preprocessing;

/// <summary>Brings each column to median 0 and interquartile range 1: a few extreme values change nothing for the others.</summary>
/// <remarks>Quantiles are interpolated linearly. Fit is O(features · rows · log rows). Immutable once fitted; thread-safe.</remarks>
public sealed class RobustScaler
{
    private const string Kind = "robust_scaler/1";

    private readonly ColumnScaling _scaling;

    private RobustScaler(ColumnScaling scaling) => _scaling = scaling;

    public int FeatureCount => _scaling.Centers.Length;

    /// <summary>Median of each column.</summary>
    public ReadOnlySpan<float> Centers => _scaling.Centers;

    /// <summary>Interquartile range of each column; 1 where it is zero.</summary>
    public ReadOnlySpan<float> Scales => _scaling.Scales;

    /// <summary>Learns from rows.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN and infinities are left out.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    public static RobustScaler Fit(ReadOnlySpan<float> rows, int featureCount)
    {
        Shape.RowCount(rows, featureCount);
        float[] centers = new float[featureCount], scales = new float[featureCount];
        for (int column = 0; column < featureCount; column++)
        {
            double[] values = ColumnScaling.Finite(rows, featureCount, column);
            Array.Sort(values);
            double median = Quantile(values, 0.5);
            centers[column] = (float)median;
            scales[column] = ColumnScaling.Usable(Quantile(values, 0.75) - Quantile(values, 0.25), median);
        }
        return new RobustScaler(new ColumnScaling(centers, scales));
    }

    /// <summary>Scales rows; NaN stays NaN.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>).</param>
    /// <param name="scaled">Receives as many values; may be the same memory.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    public void Transform(ReadOnlySpan<float> rows, Span<float> scaled) => _scaling.Transform(rows, scaled);

    /// <summary>Writes the scaler as one <see cref="ModelFile"/>.</summary>
    public void Save(Stream stream) => ModelFile.Write(stream, Kind, _scaling.Write);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static RobustScaler Load(Stream stream) => ModelFile.Read(stream, Kind, reader => new RobustScaler(ColumnScaling.Read(reader)));

    private static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0) return 0;
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
