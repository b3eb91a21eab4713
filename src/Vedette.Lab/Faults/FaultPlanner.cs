using Vedette.Lab.Apis;
using Vedette.Lab.Honest;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Faults;

/// <summary>Places faults in the period: one about every six hours, one after another, none in the clean lead.</summary>
internal sealed class FaultPlanner(World world)
{
    private const double HoursPerFault = 6;

    private RandomSource Random => world.Random;

    public void Plan()
    {
        if (!world.Options.Faults) return;
        var types = TruthTypes.Faults.Where(t => world.Options.Types is null || world.Options.Types.Contains(t)).ToArray();
        if (types.Length == 0) return;
        long from = world.StartMicros + (long)world.Options.CleanLead.TotalMicroseconds;
        double hours = (world.EndMicros - from) / 3.6e9;
        int count = (int)Math.Round(hours / HoursPerFault);
        if (world.Options.Types is not null) count = Math.Max(count, types.Length);
        Random.Shuffle(types.AsSpan());
        for (int i = 0; i < count; i++)
        {
            long slot = (world.EndMicros - from) / count;
            Place(types[i % types.Length], from + slot * i, slot);
        }
    }

    private void Place(TruthType type, long slotStart, long slot)
    {
        var intensities = Enum.GetValues<Intensity>().Where(v => world.Options.Intensities is null || world.Options.Intensities.Contains(v)).ToArray();
        var intensity = Random.Pick(intensities);
        double minutes = type == TruthType.FailurePredicted ? Random.Uniform(18, 75) : Random.Uniform(6, 30);
        long length = Math.Min((long)(minutes * 60e6), slot * 8 / 10);
        long start = slotStart + (long)((slot - length) * Random.Uniform());
        switch (type)
        {
            case TruthType.LatencySpike: AddLatency(intensity, start, start + length); break;
            case TruthType.ErrorSpike: AddErrors(intensity, start, start + length); break;
            case TruthType.TrafficDrop: AddDrop(intensity, start, start + length); break;
            case TruthType.TrafficSpike: AddSpike(intensity, start, start + length); break;
            default: AddBuildUp(intensity, start, start + length); break;
        }
    }

    private void AddLatency(Intensity intensity, long start, long end)
    {
        var route = BusyRoute();
        double factor = Random.LogNormal(intensity switch { Intensity.Easy => 12, Intensity.Medium => 6, _ => 3 }, 0.2);
        Declare(TruthType.LatencySpike, "slow_dependency", intensity, start, end, route.Template);
        world.Faults.Add(new LatencyFault { StartMicros = start, EndMicros = end, Route = route.Dependency == 0 ? route : null, Dependency = route.Dependency, Factor = factor });
    }

    private void AddErrors(Intensity intensity, long start, long end)
    {
        var route = BusyRoute();
        double share = Random.LogNormal(intensity switch { Intensity.Easy => 0.6, Intensity.Medium => 0.3, _ => 0.1 }, 0.2);
        Declare(TruthType.ErrorSpike, "failing_route", intensity, start, end, route.Template);
        world.Faults.Add(new ErrorFault { StartMicros = start, EndMicros = end, Route = route, Share = Math.Min(share, 0.95) });
    }

    private void AddDrop(Intensity intensity, long start, long end)
    {
        double loss = intensity switch { Intensity.Easy => 0.98, Intensity.Medium => 0.85, _ => 0.6 };
        Declare(TruthType.TrafficDrop, "upstream_cut", intensity, start, end, "*");
        world.Faults.Add(new TrafficLoss { StartMicros = start, EndMicros = end, Share = loss });
    }

    /// <summary>A faulty release of the app that asks one route over and over: many clients, one request, none of the steps around it.</summary>
    private void AddSpike(Intensity intensity, long start, long end)
    {
        var routes = world.Api.With(RouteRole.Poll);
        var route = Random.Pick(routes);
        double factor = intensity switch { Intensity.Easy => 4, Intensity.Medium => 2.5, _ => 1.3 };
        double extraPerSecond = world.Options.RequestsPerMinute / 60 * factor * world.Season.Level(start);
        var entry = Declare(TruthType.TrafficSpike, "retry_loop", intensity, start, end, route.Template);
        int clients = Math.Max(5, (int)(extraPerSecond * 4));
        for (int i = 0; i < clients; i++)
        {
            double interval = clients / extraPerSecond;
            var visit = new Visit(world.Population.Draw(Random), world.Api, Random);
            long begin = start + (long)(Random.Uniform() * Math.Min(120e6, (end - start) / 2.0));
            world.Actors.Add(new PollActor(visit, [route], TimeSpan.FromSeconds(interval), 0.4, (begin, end), entry.Index));
        }
    }

    private void AddBuildUp(Intensity intensity, long start, long end)
    {
        var kind = Random.Pick(Enum.GetValues<BuildUpKind>());
        double share = Random.Uniform(0.6, 0.85);
        long outage = start + (long)((end - start) * share);
        int dependency = kind == BuildUpKind.Leak ? 0 : Random.Pick(world.Api.Routes.Select(r => r.Dependency).Where(d => d > 0).Distinct().ToArray());
        string endpoint = dependency == 0 ? "*" : world.Api.Routes.First(r => r.Dependency == dependency).Template;
        string name = kind.ToString().ToLowerInvariant();
        Declare(TruthType.FailurePredicted, name, intensity, start, outage, endpoint);
        Declare(TruthType.ErrorSpike, $"outage_after_{name}", intensity, outage, end, endpoint);
        double signs = intensity switch { Intensity.Easy => 1, Intensity.Medium => 0.6, _ => 0.3 };
        world.Faults.Add(new BuildUpFault { StartMicros = start, EndMicros = end, OutageMicros = outage, Dependency = dependency, Kind = kind, Signs = signs });
    }

    private TruthEntry Declare(TruthType type, string scenario, Intensity intensity, long start, long end, string endpoint)
    {
        var entry = world.Declare(type, scenario, intensity);
        (entry.StartMicros, entry.EndMicros, entry.Endpoint) = (start, end, endpoint);
        return entry;
    }

    // The first steps of the flows carry most of the traffic; a fault of a route nobody uses would be no truth to find.
    private Route BusyRoute()
    {
        var busy = world.Api.Flows.SelectMany(f => f.Steps.Take(4)).Select(s => s.Main).Distinct().ToArray();
        return Random.Pick(busy);
    }
}
