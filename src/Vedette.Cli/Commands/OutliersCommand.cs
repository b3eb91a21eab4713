using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Vedette.Cli.Tables;
using Vedette.ML.Metrics;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette outliers</c>: scores the rows of any numeric table and says which stand out, and why.</summary>
internal static class OutliersCommand
{
    private const int ShownRows = 10;

    /// <summary>A row of a wide table is explained by as many scorings as there are columns.</summary>
    private const int MaxExplainedFeatures = 1000;

    public static Command Create()
    {
        var data = new Argument<string>("DATA.csv") { Description = "Numbers separated by comma, semicolon or tab, with or without a header, plain or gzip; '-' is standard input." };
        var detector = new Option<string>("--detector")
        {
            Description = "One of:\n" + string.Join("\n", TableDetector.All.Select(known => $"{known.Name}: {known.Description}")),
            DefaultValueFactory = _ => "consensus",
            HelpName = "NAME",
        };
        detector.AcceptOnlyFromAmong([.. TableDetector.All.Select(known => known.Name)]);
        var label = new Option<string?>("--label") { Description = "Column of 0 and 1 (1 = outlier): left out of the features, and compared with the scores.", HelpName = "COLUMN" };
        var scores = new Option<string?>("--scores") { Description = "Write the score of every row as CSV: row (from 1), score.", HelpName = "FILE" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of every random choice.", HelpName = "N" };
        var command = new Command("outliers",
            "Score the rows of a numeric table; higher is more anomalous. JSON on stdout. Missing cells (empty, NA, NaN, null, inf) count as the column's median; "
            + "text columns of up to 100 different values become −ln of each value's share, others are left out.") { data, detector, label, scores, seed };
        command.SetAction(parsed =>
        {
            OutputFile.RequireApart([parsed.GetValue(data)!], ("--scores", parsed.GetValue(scores)));
            var chosen = TableDetector.All.Single(known => known.Name == parsed.GetValue(detector));
            NumericTable table;
            using (TextReader source = TextInput.Open(parsed.GetValue(data)!)) table = NumericTable.Read(source, parsed.GetValue(label));
            foreach (string note in table.Notes) Console.Error.WriteLine($"vedette: note: {note}");
            using Stream output = Console.OpenStandardOutput();
            Run(table, chosen, parsed.GetValue(seed), parsed.GetValue(scores), output);
            return ExitCode.Done;
        });
        return command;
    }

    internal static void Run(NumericTable table, TableDetector detector, ulong seed, string? scoresPath, Stream output)
    {
        var watch = Stopwatch.StartNew();
        var result = detector.Run(table.Rows, table.Features.Length, seed);
        long elapsed = watch.ElapsedMilliseconds;
        if (scoresPath is not null) WriteScores(scoresPath, result.Scores);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("detector", detector.Name);
        json.WriteNumber("rows", table.RowCount);
        json.WriteNumber("features", table.Features.Length);
        json.WriteNumber("missing_cells", table.MissingCount);
        json.WriteNumber("seed", seed);
        json.WriteNumber("elapsed_ms", elapsed);
        if (table.Labels is { } labels) WriteMeasures(json, labels, result.Scores);
        WriteTop(json, table, result);
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>Labels of one kind only define neither measure: both are null then.</summary>
    private static void WriteMeasures(Utf8JsonWriter json, float[] labels, float[] scores)
    {
        bool defined = labels.Contains(0) && labels.Contains(1);
        json.WritePropertyName("auc_roc");
        if (defined) json.WriteNumberValue(Ranking.RocAuc(labels, scores));
        else json.WriteNullValue();
        json.WritePropertyName("average_precision");
        if (defined) json.WriteNumberValue(Ranking.AveragePrecision(labels, scores));
        else json.WriteNullValue();
    }

    private static void WriteTop(Utf8JsonWriter json, NumericTable table, DetectorResult result)
    {
        int[] order = [.. Enumerable.Range(0, table.RowCount).OrderByDescending(row => result.Scores[row]).Take(ShownRows)];
        bool explained = table.Features.Length <= MaxExplainedFeatures;
        float[] medians = explained ? StandardizedColumns.Fit(table.Rows, table.Features.Length).Medians : [];
        json.WriteStartArray("top");
        foreach (int row in order)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row + 1);
            json.WriteNumber("line", table.Lines[row]);
            json.WriteNumber("score", result.Scores[row]);
            json.WriteStartArray("drivers");
            if (explained)
                foreach (var driver in OutlierDrivers.Explain(table, result, medians, row)) WriteDriver(json, driver);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteDriver(Utf8JsonWriter json, OutlierDriver driver)
    {
        json.WriteStartObject();
        json.WriteString("feature", driver.Feature);
        if (float.IsNaN(driver.Value)) json.WriteNull("value");
        else json.WriteNumber("value", driver.Value);
        json.WriteNumber("baseline", driver.Baseline);
        json.WriteNumber("contribution", driver.Contribution);
        json.WriteEndObject();
    }

    private static void WriteScores(string path, float[] scores)
    {
        using OutputFile file = OutputFile.Create(path);
        using (var writer = new StreamWriter(file.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            writer.Write("row,score\n");
            for (int i = 0; i < scores.Length; i++) writer.Write(string.Create(CultureInfo.InvariantCulture, $"{i + 1},{scores[i]}\n"));
        }
        file.Complete();
    }
}
