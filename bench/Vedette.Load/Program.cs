using System.Diagnostics;
using System.Globalization;
using Vedette.Load;

if (LoadArguments.Read(args) is not { } arguments)
{
    Console.Error.WriteLine("usage: Vedette.Load detect|logs|health [--host 127.0.0.1] [--port 8080] [--key KEY] [--connections 4] [--seconds 10] [--batch 1]");
    return 2;
}

using var stop = new CancellationTokenSource();
Connection[] connections = [.. Enumerable.Range(0, arguments.Connections).Select(number => new Connection(arguments, number))];
long started = Stopwatch.GetTimestamp();
Task[] running = [.. connections.Select(connection => Task.Run(() => connection.RunAsync(stop.Token)))];
stop.CancelAfter(TimeSpan.FromSeconds(arguments.Seconds));
await Task.WhenAll(running);
double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

int[] latencies = [.. connections.SelectMany(static connection => connection.Latencies).Order()];
string statuses = string.Join(" ", connections.SelectMany(static connection => connection.Statuses).GroupBy(static pair => pair.Key).Select(static group => $"{group.Key}:{group.Sum(static pair => pair.Value)}"));
double At(double share) => latencies.Length == 0 ? 0 : latencies[Math.Min(latencies.Length - 1, (int)(share * latencies.Length))] / 1000.0;
// Tab-separated, for bench/serve-load.sh: requests/s, events/s, median, 99th percentile and longest in milliseconds, answers by status.
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{latencies.Length / seconds:N0}\t{latencies.Length * (double)arguments.Batch / seconds:N0}\t{At(0.5):0.00}\t{At(0.99):0.00}\t{At(1):0.00}\t{statuses}"));
return 0;
