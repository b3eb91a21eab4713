using System.Diagnostics;
using System.Globalization;
using Vedette.ML.TimeSeries;

namespace Vedette.ML.Bench;

/// <summary>The time-series detector on the Numenta anomaly benchmark: with one swept threshold as the benchmark does, and with its own alarms.</summary>
internal static class NabBenchmark
{
    public static void Run(string folder)
    {
        var series = NabCorpus.Read(folder);
        var scores = new List<double[]>();
        var alarms = new List<double[]>();
        var watch = Stopwatch.StartNew();
        foreach (var one in series)
        {
            var detector = new TimeSeriesDetector();
            var verdicts = one.Values.Select((value, i) => detector.Push(one.Times[i], value)).ToArray();
            scores.Add(Array.ConvertAll(verdicts, verdict => verdict.Score));
            alarms.Add(Array.ConvertAll(verdicts, verdict => verdict.IsAnomaly ? 1.0 : 0));
        }
        double seconds = watch.Elapsed.TotalSeconds;
        foreach (var profile in NabProfile.All)
        {
            Print($"{profile.Name}, one threshold for all", NabScoring.Evaluate(series, scores, profile));
            Print($"{profile.Name}, own alarms", NabScoring.Evaluate(series, alarms, profile, 1));
        }
        var standard = NabProfile.All[0];
        double threshold = NabScoring.Evaluate(series, scores, standard).Threshold;
        foreach (var folderOf in series.GroupBy(one => one.Name.Split('/')[0]))
            Print(folderOf.Key, NabScoring.Evaluate([.. folderOf], [.. folderOf.Select(one => scores[series.IndexOf(one)])], standard, threshold));
        CrossCheck(series, scores, standard);
        long rows = series.Sum(one => (long)one.Values.Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} values in {seconds:F2} s, {rows / seconds:N0} values/s"));
    }

    /// <summary>The threshold from one half of the series, the score on the other, both ways.</summary>
    private static void CrossCheck(List<NabSeries> series, List<double[]> scores, NabProfile profile)
    {
        double sum = 0;
        for (int half = 0; half < 2; half++)
        {
            int[] tuning = [.. Enumerable.Range(0, series.Count).Where(i => i % 2 == half)];
            int[] testing = [.. Enumerable.Range(0, series.Count).Where(i => i % 2 != half)];
            double threshold = NabScoring.Evaluate([.. tuning.Select(i => series[i])], [.. tuning.Select(i => scores[i])], profile).Threshold;
            var tested = NabScoring.Evaluate([.. testing.Select(i => series[i])], [.. testing.Select(i => scores[i])], profile, threshold);
            Print($"threshold from half {half + 1}, the other half", tested);
            sum += tested.Score * testing.Sum(i => series[i].Windows.Length);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cross-checked, weighted by windows\t{sum / series.Sum(one => one.Windows.Length):F2}"));
    }

    private static void Print(string name, NabResult result) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}\t{result.Score:F2}\tfound {result.Found}\tfalse {result.FalsePositives}\tthreshold {result.Threshold:F4}"));
}
