using Vedette.Lab.Simulation;

namespace Vedette.Lab.Datasets;

/// <summary>What a table holds: rows, columns, classes, statistics, correlations and a sample. Built in one pass; memory does not grow with the rows.</summary>
public sealed class DatasetSummary
{
    /// <summary>Rows of the sample.</summary>
    public const int SampleSize = 1000;

    /// <summary>Most numeric columns that are correlated; further ones are left out.</summary>
    public const int MaxCorrelated = 64;

    private readonly ColumnSummary[] _columns;
    private readonly PairSums[,] _pairs;
    private readonly int _paired;
    private readonly List<string[]> _sample = [];
    private readonly RandomSource _random = new(1);

    private DatasetSummary(string[] header)
    {
        Header = header;
        _columns = [.. header.Select(static (name, i) => new ColumnSummary(name, i))];
        // Which columns are numeric is known at the end, so any of the first ones may turn out to be.
        _paired = Math.Min(header.Length, 2 * MaxCorrelated);
        _pairs = new PairSums[_paired, _paired];
    }

    public IReadOnlyList<string> Header { get; }

    public IReadOnlyList<ColumnSummary> Columns => _columns;

    public long Rows { get; private set; }

    /// <summary>An even sample of the rows, in no particular order; all of them if they are few.</summary>
    public IReadOnlyList<string[]> Sample => _sample;

    /// <summary>Numeric columns that were correlated.</summary>
    public IReadOnlyList<ColumnSummary> Correlated => [.. _columns.Take(_paired).Where(static column => column is { IsNumeric: true, Count: > 0 }).Take(MaxCorrelated)];

    /// <summary>Columns that divide rows into classes: those of <see cref="DatasetColumn.Classes"/>, or else text columns of up to twenty different cells.</summary>
    public IReadOnlyList<ColumnSummary> Classes
    {
        get
        {
            ColumnSummary[] known = [.. _columns.Where(static column => column.Count > 0 && DatasetColumn.Classes.Contains(column.Name, StringComparer.Ordinal))];
            return known.Length > 0 ? known : [.. _columns.Where(static column => column is { Count: > 0, IsNumeric: false, HasMoreDistinct: false, Distinct: <= 20 })];
        }
    }

    /// <summary>Pearson's correlation of two numeric columns over the rows in which both have a number; NaN where one does not vary.</summary>
    /// <exception cref="ArgumentException">A column is not among <see cref="Correlated"/>.</exception>
    public double Correlation(ColumnSummary first, ColumnSummary second)
    {
        if (Math.Max(first.Index, second.Index) >= _paired) throw new ArgumentException($"{first.Name} and {second.Name} were not correlated.", nameof(second));
        return _pairs[Math.Min(first.Index, second.Index), Math.Max(first.Index, second.Index)].Correlation;
    }

    /// <summary>Reads a table.</summary>
    /// <param name="records">The header, then the rows; all of one length.</param>
    /// <exception cref="InvalidDataException">There is no header, or a row has another length.</exception>
    public static DatasetSummary Of(IEnumerable<string[]> records)
    {
        DatasetSummary? summary = null;
        double[] numbers = [];
        foreach (string[] record in records)
        {
            if (summary is null)
            {
                summary = new DatasetSummary(record);
                numbers = new double[record.Length];
                continue;
            }
            if (record.Length != summary.Header.Count) throw new InvalidDataException($"Row {summary.Rows + 1} has {record.Length} cells, the header {summary.Header.Count}.");
            summary.Add(record, numbers);
        }
        return summary ?? throw new InvalidDataException("The table is empty: its first line must name the columns.");
    }

    private void Add(string[] row, double[] numbers)
    {
        Rows++;
        for (int i = 0; i < row.Length; i++) numbers[i] = _columns[i].Add(row[i]);
        for (int i = 0; i < _paired; i++)
        {
            if (!_columns[i].IsNumeric || double.IsNaN(numbers[i])) continue;
            for (int j = i; j < _paired; j++)
                if (!double.IsNaN(numbers[j])) _pairs[i, j].Add(numbers[i], numbers[j]);
        }
        if (_sample.Count < SampleSize) _sample.Add(row);
        else if (_random.NextUInt64() % (ulong)Rows is < SampleSize and ulong place) _sample[(int)place] = row;
    }
}
