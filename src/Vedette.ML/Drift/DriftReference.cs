using Vedette.ML.Files;
using Vedette.ML.Selection;

namespace Vedette.ML.Drift;

/// <summary>How far one column has moved.</summary>
/// <param name="Psi">Population stability index, at least 0: below 0.1 is usual, above 0.25 a different population.</param>
/// <param name="KolmogorovSmirnov">Comparison of the values that are present; statistic 0 and p-value 1 if one side has none.</param>
public readonly record struct ColumnDrift(double Psi, KolmogorovSmirnov KolmogorovSmirnov);

/// <summary>What rows looked like when a model was fitted, to tell later whether they still do.</summary>
/// <remarks>
/// PSI over the reference's deciles and a bin for missing values, shares not below 0.0001 (N. Siddiqi, "Credit Risk Scorecards", 2006). Keeps at most 1,024
/// evenly ranked values per column for the two-sample test. Immutable, thread-safe. Fit and compare are O(features · rows · log rows).
/// </remarks>
public sealed class DriftReference
{
    /// <summary>Shares a column is divided into, missing values aside.</summary>
    public const int Bins = 10;

    private const string Kind = "drift_reference/1";
    private const int MaxSample = 1024;
    private const double MinShare = 1e-4;

    private readonly Column[] _columns;

    private DriftReference(Column[] columns) => _columns = columns;

    public int FeatureCount => _columns.Length;

    /// <summary>Remembers rows.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN marks a missing value.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    public static DriftReference Fit(ReadOnlySpan<float> rows, int featureCount)
    {
        Shape.RowCount(rows, featureCount);
        var columns = new Column[featureCount];
        for (int column = 0; column < featureCount; column++)
        {
            float[] values = ColumnOf(rows, featureCount, column);
            var bins = QuantileBins.Fit(values, Bins);
            columns[column] = new Column(bins, Shares(values, bins), Thin(KolmogorovSmirnov.Sorted(values)));
        }
        return new DriftReference(columns);
    }

    /// <summary>Compares later rows with those remembered.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>), at least one row.</param>
    /// <returns>One result per column.</returns>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    public ColumnDrift[] Compare(ReadOnlySpan<float> rows)
    {
        Shape.RowCount(rows, FeatureCount);
        var drift = new ColumnDrift[FeatureCount];
        for (int column = 0; column < drift.Length; column++)
        {
            float[] values = ColumnOf(rows, FeatureCount, column);
            float[] sorted = KolmogorovSmirnov.Sorted(values);
            float[] reference = _columns[column].Sample;
            var test = sorted.Length == 0 || reference.Length == 0
                ? new KolmogorovSmirnov(0, 1)
                : KolmogorovSmirnov.CompareSorted(reference, sorted);
            drift[column] = new ColumnDrift(Psi(_columns[column].Shares, Shares(values, _columns[column].Bins)), test);
        }
        return drift;
    }

    /// <summary>Population stability index of two lists of shares: Σ (new - old)·ln(new/old), no share below 0.0001.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Psi(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        if (reference.Length != current.Length) throw new ArgumentException($"{current.Length} shares do not fit {reference.Length}.", nameof(current));
        double sum = 0;
        for (int bin = 0; bin < reference.Length; bin++)
        {
            double before = Math.Max(reference[bin], MinShare), now = Math.Max(current[bin], MinShare);
            sum += (now - before) * Math.Log(now / before);
        }
        return sum;
    }

    /// <summary>Writes the reference as one <see cref="ModelFile"/>.</summary>
    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(_columns.Length);
        foreach (Column column in _columns)
        {
            column.Bins.Write(writer);
            writer.Write<double>(column.Shares);
            writer.Write<float>(column.Sample);
        }
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static DriftReference Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        var columns = new Column[reader.ReadInt32(1, 1 << 20)];
        for (int i = 0; i < columns.Length; i++)
        {
            var bins = QuantileBins.Read(reader);
            columns[i] = new Column(bins, reader.ReadArray<double>(bins.Count), reader.ReadArray<float>());
        }
        return new DriftReference(columns);
    });

    private static float[] ColumnOf(ReadOnlySpan<float> rows, int featureCount, int column)
    {
        float[] values = new float[rows.Length / featureCount];
        for (int row = 0; row < values.Length; row++) values[row] = rows[row * featureCount + column];
        return values;
    }

    private static double[] Shares(float[] values, QuantileBins bins)
    {
        double[] shares = new double[bins.Count];
        foreach (float value in values) shares[bins.Of(value)] += 1.0 / values.Length;
        return shares;
    }

    /// <summary>Keeps values at even ranks, the middle of each stretch.</summary>
    private static float[] Thin(float[] sorted)
    {
        if (sorted.Length <= MaxSample) return sorted;
        float[] kept = new float[MaxSample];
        for (int i = 0; i < kept.Length; i++) kept[i] = sorted[(int)((2L * i + 1) * sorted.Length / (2 * MaxSample))];
        return kept;
    }

    private sealed record Column(QuantileBins Bins, double[] Shares, float[] Sample);
}
