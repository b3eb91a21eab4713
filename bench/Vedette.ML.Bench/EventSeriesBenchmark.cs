using System.Globalization;
using System.IO.Compression;
using Vedette.ML.TimeSeries;

namespace Vedette.ML.Bench;

/// <summary>The detector's own alarms on series with labelled points (<c>timestamp,value,label</c>, Unix seconds): events found, delay, false alarms.</summary>
/// <remarks>An event is a run of labelled points. An alarm up to <see cref="Grace"/> points after its end still belongs to it. No adjustment of points.</remarks>
internal static class EventSeriesBenchmark
{
    private const int Grace = 3;

    public static void Run(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*.csv.gz").Order(StringComparer.Ordinal))
        {
            var (times, values, labels) = Read(file);
            var detector = new TimeSeriesDetector();
            bool[] alarms = [.. values.Select((value, i) => detector.Push(times[i], value).IsAnomaly)];
            Print(Path.GetFileName(file), times, labels, alarms);
        }
    }

    private static void Print(string name, long[] times, bool[] labels, bool[] alarms)
    {
        int events = 0, found = 0;
        var delays = new List<double>();
        bool[] inside = new bool[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            if (!labels[i]) continue;
            int start = i;
            while (i < labels.Length && labels[i]) i++;
            int end = Math.Min(labels.Length, i + Grace);
            inside.AsSpan(start, end - start).Fill(true);
            events++;
            int first = alarms.AsSpan(start, end - start).IndexOf(true);
            if (first < 0) continue;
            found++;
            delays.Add((times[start + first] - times[start]) / 60e6);
        }
        int falseAlarms = alarms.Where((alarm, i) => alarm && !inside[i]).Count();
        double weeks = (times[^1] - times[0]) / 1e6 / 604_800;
        delays.Sort();
        string delay = delays.Count == 0 ? "" : $"{delays[delays.Count / 2]:F0} min";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}\tfound {found} of {events}\tmedian delay {delay}\t{falseAlarms} false alarms in {weeks:F1} weeks, {falseAlarms / weeks:F1} a week"));
    }

    private static (long[] Times, double[] Values, bool[] Labels) Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        reader.ReadLine();
        var rows = new List<(long, double, bool)>();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            rows.Add((long.Parse(cells[0], CultureInfo.InvariantCulture) * 1_000_000, double.Parse(cells[1], CultureInfo.InvariantCulture), cells[2] == "1"));
        }
        rows.Sort((a, b) => a.Item1.CompareTo(b.Item1));
        return ([.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)], [.. rows.Select(row => row.Item3)]);
    }
}
