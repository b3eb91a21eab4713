using Vedette.Lab.Simulation;

namespace Vedette.ForecastBench;

/// <summary>Simulated traffic without faults of its own, with drawn disturbances laid over it.</summary>
internal sealed class DisturbedTraffic
{
    private const int RoutesSampled = 4000;

    private readonly SimulationOptions _options;
    private readonly Random _random;

    public DisturbedTraffic(SimulationOptions options)
    {
        _options = options;
        _random = new Random((int)options.Seed);
        // The routes people use, as often as they use them: a disturbance of a route nobody calls teaches nothing.
        string[] sample = [.. new TrafficSimulator(options).ReadAll().Where(static r => r.Route.Length > 0).Take(RoutesSampled).Select(static r => r.Route)];
        long start = options.Start.ToUnixTimeMilliseconds() * 1000;
        Disturbances = DisturbancePlan.Draw(sample, start, (long)options.Duration.TotalMicroseconds, _random);
    }

    public IReadOnlyList<Disturbance> Disturbances { get; }

    public IEnumerable<TrafficEvent> Read()
    {
        foreach (TrafficEvent original in new TrafficSimulator(_options).ReadAll())
        {
            TrafficEvent request = original;
            foreach (Disturbance disturbance in Disturbances) disturbance.Apply(ref request, _random);
            yield return request;
        }
    }
}
