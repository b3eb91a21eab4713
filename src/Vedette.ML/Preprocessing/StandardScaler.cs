using Vedette.ML.Files;

namespace Vedette.ML.Preprocessing;

/// <summary>Brings each column to mean 0 and standard deviation 1.</summary>
/// <remarks>Fit is O(rows · features). Immutable once fitted; thread-safe.</remarks>
public sealed class StandardScaler
{
    private const string Kind = "standard_scaler/1";

    private readonly ColumnScaling _scaling;

    private StandardScaler(ColumnScaling scaling) => _scaling = scaling;

    public int FeatureCount => _scaling.Centers.Length;

    /// <summary>Mean of each column.</summary>
    public ReadOnlySpan<float> Centers => _scaling.Centers;

    /// <summary>Population standard deviation of each column; 1 where it is zero.</summary>
    public ReadOnlySpan<float> Scales => _scaling.Scales;

    /// <summary>Learns from rows.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN and infinities are left out.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    public static StandardScaler Fit(ReadOnlySpan<float> rows, int featureCount)
    {
        Shape.RowCount(rows, featureCount);
        float[] centers = new float[featureCount], scales = new float[featureCount];
        for (int column = 0; column < featureCount; column++)
        {
            double[] values = ColumnScaling.Finite(rows, featureCount, column);
            double mean = values.Length == 0 ? 0 : values.Average();
            double variance = 0;
            foreach (double value in values) variance += (value - mean) * (value - mean);
            centers[column] = (float)mean;
            scales[column] = ColumnScaling.Usable(values.Length == 0 ? 0 : Math.Sqrt(variance / values.Length), mean);
        }
        return new StandardScaler(new ColumnScaling(centers, scales));
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
    public static StandardScaler Load(Stream stream) => ModelFile.Read(stream, Kind, reader => new StandardScaler(ColumnScaling.Read(reader)));

    internal void Write(ModelWriter writer) => _scaling.Write(writer);

    internal static StandardScaler Read(ModelReader reader) => new(ColumnScaling.Read(reader));
}
