namespace Vedette.ML.Linear;

/// <summary>The values of a table that are not zero, column by column (CSC).</summary>
internal sealed class ColumnStore
{
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly double[] _values;

    private ColumnStore(int[] starts, int[] rows, double[] values, int rowCount)
    {
        (_starts, _rows, _values, RowCount) = (starts, rows, values, rowCount);
    }

    public int RowCount { get; }

    public int ValueCount => _values.Length;

    public int ColumnCount => _starts.Length - 1;

    public ReadOnlySpan<int> Rows(int column) => _rows.AsSpan(_starts[column].._starts[column + 1]);

    public ReadOnlySpan<double> Values(int column) => _values.AsSpan(_starts[column].._starts[column + 1]);

    public static ColumnStore From(SparseRows rows)
    {
        int[] starts = new int[rows.FeatureCount + 1];
        for (int row = 0; row < rows.RowCount; row++)
            foreach (int column in rows.Columns(row)) starts[column + 1]++;
        for (int column = 0; column < rows.FeatureCount; column++) starts[column + 1] += starts[column];
        int[] next = [.. starts], rowOf = new int[rows.ValueCount];
        double[] values = new double[rows.ValueCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<int> columns = rows.Columns(row);
            for (int i = 0; i < columns.Length; i++)
            {
                int place = next[columns[i]]++;
                (rowOf[place], values[place]) = (row, rows.Values(row)[i]);
            }
        }
        return new ColumnStore(starts, rowOf, values, rows.RowCount);
    }

    /// <summary>From row-major values; NaN counts as zero.</summary>
    public static ColumnStore From(ReadOnlySpan<float> rows, int featureCount)
    {
        int rowCount = rows.Length / featureCount;
        int[] starts = new int[featureCount + 1];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<float> values = rows.Slice(row * featureCount, featureCount);
            for (int column = 0; column < values.Length; column++)
            {
                if (float.IsInfinity(values[column])) throw new ArgumentException($"Row {row} has an infinite value in column {column}.", nameof(rows));
                if (IsKept(values[column])) starts[column + 1]++;
            }
        }
        for (int column = 0; column < featureCount; column++) starts[column + 1] += starts[column];
        int[] next = [.. starts], rowOf = new int[starts[^1]];
        double[] kept = new double[starts[^1]];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<float> values = rows.Slice(row * featureCount, featureCount);
            for (int column = 0; column < values.Length; column++)
            {
                if (!IsKept(values[column])) continue;
                int place = next[column]++;
                (rowOf[place], kept[place]) = (row, values[column]);
            }
        }
        return new ColumnStore(starts, rowOf, kept, rowCount);
    }

    private static bool IsKept(float value) => !float.IsNaN(value) && value != 0;
}
