using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Vedette.Cli.Reports;
using Vedette.Lab.Datasets;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette dataset view</c>: the first rows of a table, its classes and its statistics, in the terminal.</summary>
internal static class DatasetViewCommand
{
    private const int MaxHead = 8;
    private const int MostClasses = 15;
    private const int WidthOfFiles = 160;

    public static Command Create()
    {
        var data = new Argument<string>("DATA.csv") { Description = "A table with a header, plain or gzip; '-' is standard input." };
        var rows = new Option<int>("--rows") { Description = $"Rows to show, up to {MaxHead}; each is a column of the picture.", DefaultValueFactory = _ => 3 };
        var command = new Command("view", "Show the first rows of a table, the balance of its classes, and the statistics of its columns.") { data, rows };
        command.SetAction(parsed =>
        {
            int shown = parsed.GetValue(rows);
            if (shown is < 0 or > MaxHead) throw new UsageException($"--rows must be from 0 to {MaxHead}.");
            var head = new List<string[]>();
            DatasetSummary summary = DatasetSummary.Of(Remember(DatasetFile.Read(parsed.GetValue(data)!), head, shown + 1));
            bool isPlain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(Console.Out),
                Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            });
            if (Console.IsOutputRedirected) console.Profile.Width = WidthOfFiles;
            Show(console, summary, [.. head.Skip(1)]);
            return ExitCode.Done;
        });
        return command;
    }

    internal static void Show(IAnsiConsole console, DatasetSummary summary, IReadOnlyList<string[]> head)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Rows:N0} rows, {summary.Columns.Count} columns"));
        console.Write(Columns(summary, head));
        foreach (ColumnSummary column in summary.Classes) console.Write(Classes(summary, column));
        console.Write(Statistics(summary));
    }

    private static IEnumerable<string[]> Remember(IEnumerable<string[]> records, List<string[]> head, int most)
    {
        foreach (string[] record in records)
        {
            if (head.Count < most) head.Add(record);
            yield return record;
        }
    }

    private static Table Columns(DatasetSummary summary, IReadOnlyList<string[]> head)
    {
        Table table = NewTable("Columns and first rows", "column", "kind", "missing", "different");
        for (int i = 1; i <= head.Count; i++) table.AddColumn(new TableColumn($"row {i}"));
        foreach (ColumnSummary column in summary.Columns)
        {
            string missing = summary.Rows == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * column.Missing / summary.Rows:0.#}%");
            table.AddRow([.. new[] { column.Name, column.Count == 0 ? "empty" : column.IsNumeric ? "number" : "text", missing, column.HasMoreDistinct ? $">{ColumnSummary.MaxDistinct}" : $"{column.Distinct}" }
                .Concat(head.Select(row => row[column.Index])).Select(Cell)]);
        }
        return table;
    }

    private static Table Classes(DatasetSummary summary, ColumnSummary column)
    {
        Table table = NewTable($"Rows by {TerminalText.Sanitize(column.Name, 40)}", "class", "rows", "share");
        foreach ((string text, long count) in column.Frequencies.Take(MostClasses)) table.AddRow(Cell(text), Number(count), Share(count, summary.Rows));
        int more = column.Distinct - MostClasses;
        if (more > 0) table.AddRow(Cell($"{more} more"), Number(column.Frequencies.Skip(MostClasses).Sum(static f => f.Count)), new Text(""));
        if (column.Missing > 0) table.AddRow(Cell("(none)"), Number(column.Missing), Share(column.Missing, summary.Rows));
        return table;
    }

    private static Table Statistics(DatasetSummary summary)
    {
        Table table = NewTable("Numeric columns", "column", "mean", "deviation", "minimum", "quartile 1", "median", "quartile 3", "maximum");
        foreach (ColumnSummary column in summary.Columns.Where(static column => column is { IsNumeric: true, Count: > 0 }))
        {
            double[] numbers = [column.Mean, column.Deviation, column.Minimum, column.Quantile(0.25), column.Quantile(0.5), column.Quantile(0.75), column.Maximum];
            table.AddRow([Cell(column.Name), .. numbers.Select(static number => new Text(number.ToString("0.####", CultureInfo.InvariantCulture)))]);
        }
        return table;
    }

    private static Table NewTable(string title, params IEnumerable<string> columns)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        foreach (string column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)));
        return table;
    }

    /// <summary>Text from a table as plain text: never markup, never what a terminal obeys.</summary>
    private static Text Cell(string text) => new(TerminalText.Sanitize(text, 48));

    private static Text Number(long number) => new(number.ToString("N0", CultureInfo.InvariantCulture));

    private static Text Share(long part, long whole) => new(string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / Math.Max(1, whole):0.0}%"));
}
