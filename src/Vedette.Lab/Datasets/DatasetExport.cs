using System.Globalization;

namespace Vedette.Lab.Datasets;

/// <summary>Writes a table and its summary in the forms people open: a workbook, a text report, a table of statistics.</summary>
public static class DatasetExport
{
    private static readonly string[] StatisticNames = ["column", "kind", "count", "missing", "distinct", "mean", "deviation", "minimum", "quartile_1", "median", "quartile_3", "maximum", "most_frequent"];

    /// <summary>Writes a workbook with the sheets data, statistics, sample and correlation.</summary>
    /// <param name="summary">The table's summary.</param>
    /// <param name="records">The table again: header and rows, as the summary saw them.</param>
    /// <param name="output">Receives the file; stays open.</param>
    /// <returns>Cells that were longer than a sheet allows and were cut.</returns>
    /// <exception cref="InvalidDataException">The table is larger than a sheet; nothing has been written then.</exception>
    public static long WriteWorkbook(DatasetSummary summary, IEnumerable<string[]> records, Stream output)
    {
        CheckFits(summary);
        bool[] isNumeric = [.. summary.Columns.Select(static column => column.IsNumeric)];
        using var workbook = new XlsxWriter(output);
        workbook.BeginSheet("data");
        WriteRecords(workbook, records, isNumeric);
        workbook.BeginSheet("statistics");
        WriteRow(workbook, StatisticNames);
        foreach (ColumnSummary column in summary.Columns) WriteStatistics(workbook, column);
        workbook.BeginSheet("sample");
        WriteRecords(workbook, summary.Sample.Prepend([.. summary.Header]), isNumeric);
        workbook.BeginSheet("correlation");
        WriteCorrelation(workbook, summary);
        workbook.Finish();
        return workbook.CutCells;
    }

    /// <summary>Refuses a table that is larger than a sheet.</summary>
    /// <exception cref="InvalidDataException">It is; the message gives both sizes.</exception>
    public static void CheckFits(DatasetSummary summary)
    {
        if (summary.Rows + 1 <= XlsxWriter.MaxRows && summary.Header.Count <= XlsxWriter.MaxColumns) return;
        throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The table has {summary.Rows:N0} rows and {summary.Header.Count:N0} columns; a sheet holds {XlsxWriter.MaxRows:N0} rows with the header and {XlsxWriter.MaxColumns:N0} columns. ")
            + "Make a smaller one ('dataset make --hours'), or export --txt and --csv alone.");
    }

    /// <summary>Writes the statistics of each column as CSV, one line a column.</summary>
    public static void WriteStatistics(DatasetSummary summary, TextWriter output)
    {
        var csv = new CsvTextWriter(output);
        foreach (string name in StatisticNames) csv.Text(name);
        csv.EndRecord();
        foreach (ColumnSummary column in summary.Columns)
        {
            csv.Text(column.Name);
            csv.Text(Kind(column));
            csv.Number(column.Count);
            csv.Number(column.Missing);
            csv.Text(Distinct(column));
            foreach (double number in Numbers(column)) csv.Number(number);
            csv.Text(MostFrequent(column));
            csv.EndRecord();
        }
    }

    internal static string Kind(ColumnSummary column) => column.Count == 0 ? "empty" : column.IsNumeric ? "number" : "text";

    internal static string Distinct(ColumnSummary column) => column.HasMoreDistinct ? $"over {ColumnSummary.MaxDistinct}" : $"{column.Distinct}";

    /// <summary>Mean, deviation, minimum, quartiles, maximum; NaN for text.</summary>
    internal static double[] Numbers(ColumnSummary column) => column is { IsNumeric: true, Count: > 0 }
        ? [column.Mean, column.Deviation, column.Minimum, column.Quantile(0.25), column.Quantile(0.5), column.Quantile(0.75), column.Maximum]
        : [.. Enumerable.Repeat(double.NaN, 7)];

    internal static string MostFrequent(ColumnSummary column) => column.IsNumeric || column.Frequencies is not [var (text, count), ..] || count == 1 ? "" : text;

    private static void WriteRecords(XlsxWriter workbook, IEnumerable<string[]> records, bool[] isNumeric)
    {
        bool isHeader = true;
        foreach (string[] record in records)
        {
            workbook.BeginRow();
            for (int i = 0; i < record.Length; i++)
            {
                if (!isHeader && isNumeric[i] && ColumnSummary.TryNumber(record[i], out double number)) workbook.Number(number);
                else workbook.Text(record[i]);
            }
            workbook.EndRow();
            isHeader = false;
        }
    }

    private static void WriteRow(XlsxWriter workbook, IEnumerable<string> cells)
    {
        workbook.BeginRow();
        foreach (string cell in cells) workbook.Text(cell);
        workbook.EndRow();
    }

    private static void WriteStatistics(XlsxWriter workbook, ColumnSummary column)
    {
        workbook.BeginRow();
        workbook.Text(column.Name);
        workbook.Text(Kind(column));
        workbook.Number(column.Count);
        workbook.Number(column.Missing);
        workbook.Text(Distinct(column));
        foreach (double number in Numbers(column)) workbook.Number(number);
        workbook.Text(MostFrequent(column));
        workbook.EndRow();
    }

    private static void WriteCorrelation(XlsxWriter workbook, DatasetSummary summary)
    {
        IReadOnlyList<ColumnSummary> columns = summary.Correlated;
        WriteRow(workbook, columns.Select(static column => column.Name).Prepend("column"));
        foreach (ColumnSummary row in columns)
        {
            workbook.BeginRow();
            workbook.Text(row.Name);
            foreach (ColumnSummary column in columns) workbook.Number(summary.Correlation(row, column));
            workbook.EndRow();
        }
    }
}
