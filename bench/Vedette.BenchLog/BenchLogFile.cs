using System.Diagnostics;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.BenchLog;

/// <summary>Writes the log and its labels.</summary>
internal static class BenchLogFile
{
    public static int Write(BenchArguments arguments)
    {
        var clock = Stopwatch.StartNew();
        var simulator = new TrafficSimulator(BenchTraffic.Options(arguments.Lines, arguments.Seed));
        var census = new Census();
        using var output = File.Create(arguments.Out);
        using (var writer = new TrafficWriter(output, LogFormat.Combined))
        {
            var request = default(TrafficEvent);
            while (census.Lines < arguments.Lines && simulator.TryRead(ref request))
            {
                writer.Write(request);
                census.Count(request);
            }
        }
        Console.Error.WriteLine($"{census}, {output.Length:N0} bytes, {(double)output.Length / census.Lines:F1} bytes a line, {clock.Elapsed.TotalSeconds:F1} s");
        if (arguments.Truth is null) return 0;
        using var truth = File.Create(arguments.Truth);
        TruthWriter.Write(truth, simulator.Truth, census.LastMicros);
        return 0;
    }
}
