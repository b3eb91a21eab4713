using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Faults;

public sealed class FaultTests
{
    private static readonly SimulationOptions Busy = Traffic.Quiet with { Faults = true, RequestsPerMinute = 1200, Duration = TimeSpan.FromHours(3), Intensities = new HashSet<Intensity> { Intensity.Easy } };

    [Fact]
    public void AnErrorSpikeRaisesErrorsOfItsRoute()
    {
        var (inside, outside) = Split(TruthType.ErrorSpike);
        Assert.True(inside.Average(IsError) > 0.3);
        Assert.True(outside.Average(IsError) < 0.03);
    }

    [Fact]
    public void ALatencySpikeSlowsItsRoute()
    {
        var (inside, outside) = Split(TruthType.LatencySpike);
        Assert.True(inside.Average(e => e.DurationMicros) > 5 * outside.Average(e => e.DurationMicros));
    }

    [Fact]
    public void ATrafficDropTakesNearlyAllRequests()
    {
        var (events, truth) = Traffic.Run(Busy with { Types = new HashSet<TruthType> { TruthType.TrafficDrop } });
        var drop = Assert.Single(truth);
        double during = events.Count(e => IsWithin(e, drop)) / (double)(drop.EndMicros - drop.StartMicros);
        Assert.True(during < 0.2 * events.Count / Busy.Duration.TotalMicroseconds);
    }

    [Fact]
    public void ATrafficSpikeComesFromManyClientsOnOneRoute()
    {
        var (events, truth) = Traffic.Run(Busy with { Types = new HashSet<TruthType> { TruthType.TrafficSpike } });
        var spike = events.Where(e => e.Truth == 0).ToArray();
        Assert.Single(spike.Select(e => e.Route).Distinct());
        Assert.True(spike.Select(e => e.Client).Distinct().Count() > 20);
        Assert.True(spike.Length > events.Count(e => e.Truth < 0 && IsWithin(e, truth[0])));
    }

    [Fact]
    public void AFailureShowsSignsBeforeTheOutage()
    {
        var (events, truth) = Traffic.Run(Busy with { Types = new HashSet<TruthType> { TruthType.FailurePredicted } });
        var signs = truth.Single(t => t.Type == TruthType.FailurePredicted);
        var outage = truth.Single(t => t.Type == TruthType.ErrorSpike);
        Assert.Equal(signs.EndMicros, outage.StartMicros);
        Assert.True(signs.EndMicros - signs.StartMicros >= 600_000_000);
        Assert.True(events.Where(e => IsWithin(e, outage) && (e.Route == outage.Endpoint || outage.Endpoint == "*")).Average(IsError) > 0.5);
        long middle = (signs.StartMicros + signs.EndMicros) / 2;
        var concerned = events.Where(e => IsWithin(e, signs) && (e.Route == signs.Endpoint || signs.Endpoint == "*")).ToArray();
        Assert.True(concerned.Where(e => e.TimeMicros > middle).Average(e => e.DurationMicros) > 1.2 * concerned.Where(e => e.TimeMicros <= middle).Average(e => e.DurationMicros));
    }

    [Fact]
    public void EveryFaultTypeCanBeAskedFor()
    {
        foreach (var type in TruthTypes.Faults)
        {
            var (_, truth) = Traffic.Run(Traffic.Quiet with { Faults = true, Types = new HashSet<TruthType> { type }, AttackDensity = 0.1 });
            Assert.Contains(truth, t => t.Type == type);
            Assert.DoesNotContain(truth, t => t.Type.IsAttack());
        }
    }

    private static (TrafficEvent[] Inside, TrafficEvent[] Outside) Split(TruthType type)
    {
        var (events, truth) = Traffic.Run(Busy with { Types = new HashSet<TruthType> { type } });
        var fault = Assert.Single(truth);
        var concerned = events.Where(e => e.Route == fault.Endpoint).ToArray();
        return ([.. concerned.Where(e => IsWithin(e, fault))], [.. concerned.Where(e => !IsWithin(e, fault))]);
    }

    private static bool IsWithin(TrafficEvent request, TruthEntry entry) => request.TimeMicros >= entry.StartMicros && request.TimeMicros < entry.EndMicros;

    private static double IsError(TrafficEvent request) => request.Status >= 500 ? 1 : 0;
}
