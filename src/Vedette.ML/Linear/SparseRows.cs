namespace Vedette.ML.Linear;

/// <summary>Rows of which few values are not zero, in compressed form (CSR).</summary>
public sealed class SparseRows
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];

    /// <param name="featureCount">Columns per row.</param>
    public SparseRows(int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        FeatureCount = featureCount;
    }

    public int FeatureCount { get; }

    public int RowCount => _starts.Count - 1;

    /// <summary>Number of values kept.</summary>
    public int ValueCount => _values.Count;

    /// <summary>Appends a row.</summary>
    /// <param name="columns">Columns that are not zero, strictly ascending.</param>
    /// <param name="values">Their values, finite.</param>
    /// <exception cref="ArgumentException">The lengths differ, columns are not ascending within range, or a value is not finite. Nothing is appended.</exception>
    public void Add(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        if (columns.Length != values.Length) throw new ArgumentException($"{columns.Length} columns do not fit {values.Length} values.", nameof(values));
        int previous = -1;
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] <= previous || columns[i] >= FeatureCount)
                throw new ArgumentException($"Column {columns[i]} follows {previous}; columns ascend from 0 to {FeatureCount - 1}.", nameof(columns));
            if (!float.IsFinite(values[i])) throw new ArgumentException($"The value of column {columns[i]} is {values[i]}.", nameof(values));
            previous = columns[i];
        }
        _columns.AddRange(columns);
        _values.AddRange(values);
        _starts.Add(_columns.Count);
    }

    /// <summary>The columns of row number <paramref name="row"/> that are not zero.</summary>
    public ReadOnlySpan<int> Columns(int row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_columns)[_starts[row].._starts[row + 1]];

    /// <summary>The values at <see cref="Columns"/>.</summary>
    public ReadOnlySpan<float> Values(int row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values)[_starts[row].._starts[row + 1]];
}
