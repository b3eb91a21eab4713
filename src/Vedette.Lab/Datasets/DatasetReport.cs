using System.Globalization;

namespace Vedette.Lab.Datasets;

/// <summary>A table's summary as a text report.</summary>
public static class DatasetReport
{
    private const int MostClasses = 60;
    private const double TellingCorrelation = 0.5;

    /// <summary>Writes rows and columns, classes, statistics of each column, and the strongest correlations.</summary>
    public static void Write(DatasetSummary summary, string name, TextWriter output)
    {
        Line(output, $"Data set {Printable(name)}");
        Line(output, $"{summary.Rows:N0} rows, {summary.Columns.Count} columns, {summary.Columns.Count(static column => column is { IsNumeric: true, Count: > 0 })} of them numeric");
        foreach (ColumnSummary column in summary.Classes) WriteClasses(summary, column, output);
        WriteNumbers(summary, output);
        WriteTexts(summary, output);
        WriteCorrelations(summary, output);
    }

    private static void WriteClasses(DatasetSummary summary, ColumnSummary column, TextWriter output)
    {
        Line(output, $"\nRows by {Printable(column.Name)}");
        foreach ((string text, long count) in column.Frequencies.Take(MostClasses)) Line(output, $"  {Printable(text),-40}{count,14:N0}{100.0 * count / summary.Rows,8:0.0}%");
        if (column.Missing > 0) Line(output, $"  {"(none)",-40}{column.Missing,14:N0}{100.0 * column.Missing / summary.Rows,8:0.0}%");
    }

    private static void WriteNumbers(DatasetSummary summary, TextWriter output)
    {
        Line(output, $"\n{"Numeric column",-24}{"count",12}{"missing",10}{"mean",14}{"deviation",14}{"minimum",14}{"quartile 1",14}{"median",14}{"quartile 3",14}{"maximum",14}");
        foreach (ColumnSummary column in summary.Columns.Where(static column => column is { IsNumeric: true, Count: > 0 }))
            Line(output, $"{Printable(column.Name),-24}{column.Count,12:N0}{column.Missing,10:N0}{string.Concat(DatasetExport.Numbers(column).Select(static number => string.Create(CultureInfo.InvariantCulture, $"{number,14:0.####}")))}");
    }

    private static void WriteTexts(DatasetSummary summary, TextWriter output)
    {
        Line(output, $"\n{"Text column",-24}{"count",12}{"missing",10}{"distinct",12}  most frequent");
        foreach (ColumnSummary column in summary.Columns.Where(static column => !column.IsNumeric || column.Count == 0))
            Line(output, $"{Printable(column.Name),-24}{column.Count,12:N0}{column.Missing,10:N0}{DatasetExport.Distinct(column),12}  {Printable(DatasetExport.MostFrequent(column))}");
    }

    private static void WriteCorrelations(DatasetSummary summary, TextWriter output)
    {
        IReadOnlyList<ColumnSummary> columns = summary.Correlated;
        var pairs = from i in Enumerable.Range(0, columns.Count)
                    from j in Enumerable.Range(i + 1, columns.Count - i - 1)
                    let correlation = summary.Correlation(columns[i], columns[j])
                    where Math.Abs(correlation) >= TellingCorrelation
                    orderby Math.Abs(correlation) descending
                    select (columns[i].Name, Other: columns[j].Name, correlation);
        Line(output, $"\nCorrelations of {TellingCorrelation} and above, either sign");
        foreach ((string name, string other, double correlation) in pairs) Line(output, $"  {Printable(name),-24}{Printable(other),-24}{correlation,8:0.000}");
    }

    /// <summary>Text from a table, shortened, on one line, without what a terminal would obey.</summary>
    private static string Printable(string text)
    {
        const int shown = 60;
        string cut = text.Length > shown ? text[..shown] + "…" : text;
        return string.Concat(cut.Select(static c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '?' : c));
    }

    private static void Line(TextWriter output, FormattableString line)
    {
        output.Write(line.ToString(CultureInfo.InvariantCulture));
        output.Write('\n');
    }
}
