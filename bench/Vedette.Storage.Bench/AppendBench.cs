using System.Diagnostics;
using System.Globalization;
using Vedette.Storage.Events;

namespace Vedette.Storage.Bench;

/// <summary>Events appended a second, each group in one durable commit.</summary>
internal static class AppendBench
{
    private const int Warmup = 50_000;

    public static async Task RunAsync(string name, StorageOptions options, int events, int perGroup)
    {
        IReadOnlyList<EventAppend> groups = BenchTraffic.Make(events + Warmup, perGroup);
        await using Store store = StoreFactory.Create(options, TimeProvider.System);
        await store.Events.OpenAsync(default);
        int written = 0, next = 0;
        for (; written < Warmup; next++)
        {
            await store.Events.AppendAsync([groups[next]], default);
            written += groups[next].Outcomes.Length;
        }
        written = 0;
        var latencies = new List<double>();
        using Process self = Process.GetCurrentProcess();
        TimeSpan cpu = self.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        for (; next < groups.Count; next++)
        {
            long begun = Stopwatch.GetTimestamp();
            await store.Events.AppendAsync([groups[next]], default);
            latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            written += groups[next].Outcomes.Length;
        }
        double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        self.Refresh();
        double cpuPerMillion = (self.TotalProcessorTime - cpu).TotalSeconds * 1e6 / written;
        long bytes = await store.Events.SizeBytesAsync(default);
        latencies.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {perGroup} | {written / wall:0} | {cpuPerMillion:0.0} | {latencies[latencies.Count / 2]:0.0} | {latencies[(int)(latencies.Count * 0.99)]:0.0} | {(double)bytes / (written + Warmup):0} |"));
    }
}
