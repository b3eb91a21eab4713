using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests;

/// <summary>Runs small simulations.</summary>
internal static class Traffic
{
    public static SimulationOptions Small { get; } = new() { Duration = TimeSpan.FromHours(2), RequestsPerMinute = 300, Seed = 7 };

    public static SimulationOptions Quiet { get; } = Small with { AttackDensity = 0, Faults = false, Honest = HonestScenarios.None };

    public static (List<TrafficEvent> Events, IReadOnlyList<TruthEntry> Truth) Run(SimulationOptions options)
    {
        var simulator = new TrafficSimulator(options);
        var events = simulator.ReadAll().ToList();
        return (events, simulator.Truth);
    }

    public static string Print(SimulationOptions options, LogFormat format)
    {
        using var output = new MemoryStream();
        var simulator = new TrafficSimulator(options);
        using (var writer = new TrafficWriter(output, format))
            foreach (var request in simulator.ReadAll()) writer.Write(request);
        TruthWriter.Write(output, simulator.Truth);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    public static long Micros(this DateTimeOffset time) => time.ToUnixTimeMilliseconds() * 1000;
}
