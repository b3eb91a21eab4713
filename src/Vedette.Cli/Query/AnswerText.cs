using System.Globalization;
using System.Text;
using System.Text.Json;
using Vedette.Cli.Reports;
using Vedette.Server.Ask;

namespace Vedette.Cli.Query;

/// <summary>An answer as text: what was understood, then a table.</summary>
internal static class AnswerText
{
    private const int MaxCell = 90;

    public static void Write(QuestionAnswer answer, TextWriter writer)
    {
        writer.WriteLine(answer.Interpretation.Sentence);
        if (answer.Interpretation.NotUnderstood.Count > 0) writer.WriteLine("Not understood: " + Safe(string.Join(", ", answer.Interpretation.NotUnderstood)));
        foreach (string suggestion in answer.Interpretation.Suggestions) writer.WriteLine("  Try: " + Safe(suggestion));
        writer.WriteLine();
        if (answer.Rows.Count == 0)
        {
            writer.WriteLine("Nothing matches.");
            return;
        }
        string[][] cells = [.. answer.Rows.Select(row => row.Select((cell, i) => Text(cell, answer.Columns[i].Type)).ToArray())];
        int[] widths = [.. answer.Columns.Select((column, i) => Math.Max(column.Label.Length, cells.Max(row => row[i].Length)))];
        WriteRow(writer, [.. answer.Columns.Select(static column => column.Label)], widths, answer.Columns);
        foreach (string[] row in cells) WriteRow(writer, row, widths, answer.Columns);
    }

    private static void WriteRow(TextWriter writer, string[] cells, int[] widths, IReadOnlyList<AnswerColumn> columns)
    {
        var line = new StringBuilder();
        for (int i = 0; i < cells.Length; i++)
        {
            bool isNumber = columns[i].Type is "number" or "percent" or "ms" or "bytes";
            line.Append(isNumber ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i])).Append("  ");
        }
        writer.WriteLine(line.ToString().TrimEnd());
    }

    private static string Text(JsonElement cell, string type) => cell.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "-",
        JsonValueKind.Number when type == "percent" => (cell.GetDouble() * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%",
        JsonValueKind.Number when type == "ms" => cell.GetDouble().ToString("0.#", CultureInfo.InvariantCulture) + " ms",
        JsonValueKind.Number when type == "bytes" => (cell.GetDouble() / 1024).ToString("#,0.#", CultureInfo.InvariantCulture) + " KiB",
        JsonValueKind.Number => cell.GetDouble().ToString("#,0.###", CultureInfo.InvariantCulture),
        _ => Safe(cell.GetString() ?? ""),
    };

    private static string Safe(string text) => TerminalText.Sanitize(text, MaxCell);
}
