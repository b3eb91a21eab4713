using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Vedette.ML.TimeSeries;

namespace Vedette.ML.Bench;

/// <summary>The detector's own alarms on injected faults of a micro-service shop: it sees an issue-free recording, then the five rows of an issue.</summary>
/// <remarks>Only scenarios with an issue-free recording. A fault begins at the second row of its issue and is found by an alarm there or later.</remarks>
internal static class PetShopBenchmark
{
    public static void Run(string folder)
    {
        using var issues = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "issues.json")));
        foreach (var metric in issues.RootElement.EnumerateArray().GroupBy(issue => issue.GetProperty("target").GetProperty("metric").GetString()!))
        {
            int issueCount = 0, found = 0;
            var delays = new List<int>();
            var quiet = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var issue in metric)
            {
                string scenario = issue.GetProperty("scenario").GetString()!;
                string recording = Path.Combine(folder, scenario, "noissue.csv.gz");
                if (!File.Exists(recording)) continue;
                var target = issue.GetProperty("target");
                string[] column = [target.GetProperty("node").GetString()!, metric.Key, target.GetProperty("agg").GetString()!];
                var detector = new TimeSeriesDetector();
                quiet[scenario] = ReadColumn(recording, column).Count(row => detector.Push(row.Time, row.Value).IsAnomaly);
                bool[] alarms = [.. ReadColumn(Path.Combine(folder, scenario, issue.GetProperty("issue").GetString() + ".csv.gz"), column)
                    .Select(row => detector.Push(row.Time, row.Value).IsAnomaly)];
                issueCount++;
                int first = Array.IndexOf(alarms, true, 1);
                if (first < 0) continue;
                found++;
                delays.Add(first - 1);
            }
            delays.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{metric.Key}\tfound {found} of {issueCount}\tmedian delay {(delays.Count == 0 ? "" : delays[delays.Count / 2])} rows of 5 min\tfalse alarms in the issue-free recordings: {string.Join(", ", quiet.Select(entry => $"{entry.Key} {entry.Value}"))}"));
        }
    }

    private static List<(long Time, double Value)> ReadColumn(string file, string[] column)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        string[][] heads = [reader.ReadLine()!.Split(','), reader.ReadLine()!.Split(','), reader.ReadLine()!.Split(',')];
        reader.ReadLine();
        int index = Enumerable.Range(1, heads[0].Length - 1).First(i => heads[0][i] == column[0] && heads[1][i] == column[1] && heads[2][i] == column[2]);
        var rows = new List<(long, double)>();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            double value = cells[index].Length == 0 ? double.NaN : double.Parse(cells[index], CultureInfo.InvariantCulture);
            rows.Add(((long)(double.Parse(cells[0], CultureInfo.InvariantCulture) * 1e6), value));
        }
        return rows;
    }
}
