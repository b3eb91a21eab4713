using Vedette.Lab.Simulation;

namespace Vedette.BenchLog;

/// <summary>The traffic that benchmarks read: two days of a shop with many clients, 1% attacks in 270 campaigns per two million lines.</summary>
internal static class BenchTraffic
{
    private const double StandardLines = 2_000_000;

    public static SimulationOptions Options(long lines, ulong seed)
    {
        const double Hours = 48;
        // The log is cut at the number of lines asked for; an hour in reserve makes up for what the draws left short.
        const double Reserve = 1;
        double scale = lines / StandardLines;
        return new SimulationOptions
        {
            Duration = TimeSpan.FromHours(Hours + Reserve),
            RequestsPerMinute = Math.Clamp(lines / (Hours * 60), 1, 1_000_000),
            AttackDensity = 0.01,
            Campaigns = Math.Max(27, (int)(278 * scale)),
            Clients = Math.Max(500, (int)(138_000 * scale)),
            CatalogueScale = 10.5,
            Bodies = false,
            NamesUsers = false,
            Seed = seed,
        };
    }
}
