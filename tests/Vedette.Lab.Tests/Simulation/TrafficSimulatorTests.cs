using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Simulation;

public sealed class TrafficSimulatorTests
{
    public static TheoryData<string> Apis => [.. TrafficSimulator.ApiNames];

    [Theory]
    [MemberData(nameof(Apis))]
    public void SameSeedGivesSameBytes(string api)
    {
        var options = Traffic.Small with { Api = api, Duration = TimeSpan.FromMinutes(30) };
        Assert.Equal(Traffic.Print(options, LogFormat.Json), Traffic.Print(options, LogFormat.Json));
    }

    [Fact]
    public void AnotherSeedGivesOtherTraffic()
    {
        var options = Traffic.Small with { Duration = TimeSpan.FromMinutes(10) };
        Assert.NotEqual(Traffic.Print(options, LogFormat.Combined), Traffic.Print(options with { Seed = 8 }, LogFormat.Combined));
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public void EventsComeInOrderOfTimeWithinThePeriod(string api)
    {
        var options = Traffic.Small with { Api = api };
        long last = options.Start.Micros();
        foreach (var request in new TrafficSimulator(options).ReadAll())
        {
            Assert.True(request.TimeMicros >= last);
            last = request.TimeMicros;
        }
        Assert.True(last < (options.Start + options.Duration).Micros());
        Assert.True(last > (options.Start + options.Duration - TimeSpan.FromMinutes(1)).Micros());
    }

    [Theory]
    [MemberData(nameof(Apis))]
    [Trait("Speed", "Slow")]
    public void RateIsAboutWhatWasAskedFor(string api)
    {
        var options = Traffic.Small with { Api = api, Duration = TimeSpan.FromHours(24), Faults = false };
        double rate = new TrafficSimulator(options).ReadAll().Count() / options.Duration.TotalMinutes;
        Assert.InRange(rate, options.RequestsPerMinute * 0.93, options.RequestsPerMinute * 1.07);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void AttackDensityIsTheShareOfAttackEvents(double density)
    {
        var (events, _) = Traffic.Run(Traffic.Small with { AttackDensity = density, Duration = TimeSpan.FromHours(12), Faults = false });
        double share = events.Count(e => e.ClientKind == ClientKind.Attacker) / (double)events.Count;
        Assert.InRange(share, density * 0.8, density * 1.25);
    }

    [Fact]
    public void EveryLabelledEventFitsItsTruthRow()
    {
        var (events, truth) = Traffic.Run(Traffic.Small with { Duration = TimeSpan.FromHours(12) });
        var counts = new int[truth.Count];
        foreach (var request in events)
        {
            Assert.Equal(request.ClientKind == ClientKind.Attacker, request.Truth >= 0 && truth[request.Truth].Type.IsAttack());
            if (request.Truth < 0) continue;
            var entry = truth[request.Truth];
            counts[request.Truth]++;
            Assert.InRange(request.TimeMicros, entry.StartMicros, entry.EndMicros);
            Assert.Contains(request.Client, entry.Actors);
        }
        Assert.Equal(counts, truth.Select(t => t.Events));
        Assert.Equal(truth.Count, truth.Select(t => t.Id).Distinct().Count());
    }

    [Fact]
    public void NoAttacksMeansNone()
    {
        var (events, truth) = Traffic.Run(Traffic.Small with { AttackDensity = 0, Faults = false });
        Assert.DoesNotContain(events, e => e.ClientKind == ClientKind.Attacker);
        Assert.All(truth, t => Assert.Equal(TruthType.Honest, t.Type));
    }

    [Fact]
    public void CleanLeadHoldsNoAttackAndNoFault()
    {
        var options = Traffic.Small with { CleanLead = TimeSpan.FromHours(1), Duration = TimeSpan.FromHours(10) };
        var (_, truth) = Traffic.Run(options);
        long lead = (options.Start + options.CleanLead).Micros();
        Assert.All(truth.Where(t => t.Type != TruthType.Honest), t => Assert.True(t.StartMicros >= lead));
    }

    [Fact]
    public void OnlyTheTypesAskedForHappen()
    {
        var types = new HashSet<TruthType> { TruthType.Xss, TruthType.ErrorSpike };
        var (_, truth) = Traffic.Run(Traffic.Small with { Types = types });
        Assert.Equal(types, truth.Select(t => t.Type).Where(t => t != TruthType.Honest).ToHashSet());
    }

    [Fact]
    public void CampaignsCanBeCounted()
    {
        var (_, truth) = Traffic.Run(Traffic.Small with { Campaigns = 17 });
        Assert.Equal(17, truth.Count(t => t.Type.IsAttack()));
    }

    [Fact]
    public void TheDayHasASeason()
    {
        var options = Traffic.Quiet with { Duration = TimeSpan.FromDays(7), RequestsPerMinute = 20, Api = "saas" };
        var hours = new TrafficSimulator(options).ReadAll().CountBy(e => (e.TimeMicros - options.Start.Micros()) / 3_600_000_000).ToArray();
        var byHour = hours.GroupBy(h => h.Key % 24).Select(h => h.Sum(hour => hour.Value)).ToArray();
        Assert.True(byHour.Max() > 3 * byHour.Min());
        var byDay = hours.GroupBy(h => h.Key / 24).ToDictionary(d => d.Key, d => d.Sum(hour => hour.Value));
        // The default start is a Monday, so days 5 and 6 are the weekend.
        Assert.True(byDay[5] + byDay[6] < (byDay[0] + byDay[1]) / 2);
    }

    [Fact]
    public void WrongOptionsAreReportedTogether()
    {
        var error = Assert.Throws<ArgumentException>(() => new TrafficSimulator(new SimulationOptions { AttackDensity = 2, RequestsPerMinute = 0, Api = "none" }));
        Assert.Contains("AttackDensity", error.Message, StringComparison.Ordinal);
        Assert.Contains("RequestsPerMinute", error.Message, StringComparison.Ordinal);
        Assert.Contains("Api is 'none'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60_000)]
    [Trait("Speed", "Slow")]
    public void ExtremeRatesWork(double rate)
    {
        var (events, _) = Traffic.Run(Traffic.Small with { RequestsPerMinute = rate, Duration = TimeSpan.FromMinutes(2) });
        Assert.NotEmpty(events);
    }

    [Fact]
    public void NamesOfUsersCanBeLeftOut()
    {
        var named = Traffic.Quiet with { Duration = TimeSpan.FromMinutes(20) };
        Assert.Contains(Traffic.Run(named).Events, e => e.User is not null);
        Assert.DoesNotContain(Traffic.Run(named with { NamesUsers = false }).Events, e => e.User is not null);
    }

    [Fact]
    public void BodiesDoNotChangeTheTraffic()
    {
        var options = Traffic.Small with { Duration = TimeSpan.FromMinutes(30) };
        var with = Traffic.Run(options).Events;
        var without = Traffic.Run(options with { Bodies = false }).Events;
        Assert.Equal(with.Select(e => (e.TimeMicros, e.Client, e.Path, e.Status)), without.Select(e => (e.TimeMicros, e.Client, e.Path, e.Status)));
        Assert.Contains(with, e => e.Body is not null);
        Assert.DoesNotContain(without, e => e.Body is not null);
    }
}
