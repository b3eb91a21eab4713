using Vedette.Lab.Simulation;

namespace Vedette.BenchLog;

/// <summary>The traffic that benchmarks read: two days of a shop with many clients, 1% attacks in 270 campaigns per two million lines.</summary>
internal static class BenchTraffic
{
    private const double StandardLines = 2_000_000;

    public static SimulationOptions Options(long lines, ulong seed)
    {
        double scale = lines / StandardLines;
        var duration = TimeSpan.FromHours(48);
        return new SimulationOptions
        {
            Duration = duration,
            // A little more than is asked for, since the number of requests is drawn too.
            RequestsPerMinute = Math.Clamp(lines * 1.01 / duration.TotalMinutes, 1, 1_000_000),
            AttackDensity = 0.01,
            Campaigns = Math.Max(27, (int)(270 * scale)),
            Clients = Math.Max(500, (int)(138_000 * scale)),
            CatalogueScale = 10.5,
            Bodies = false,
            NamesUsers = false,
            Seed = seed,
        };
    }
}
