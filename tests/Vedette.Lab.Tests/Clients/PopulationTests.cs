using System.Net;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Clients;

public sealed class PopulationTests
{
    [Fact]
    public void SixInTenClientsAreOrdinaryAQuarterIsHeavyTheRestArePrograms()
    {
        var (events, _) = Traffic.Run(Traffic.Quiet with { Duration = TimeSpan.FromHours(6), RequestsPerMinute = 600 });
        var kinds = events.Where(e => !e.Client.Contains(':')).DistinctBy(e => e.Client).CountBy(e => e.ClientKind).ToDictionary(k => k.Key, k => k.Value);
        double all = kinds.Values.Sum();
        Assert.InRange(kinds[ClientKind.Normal] / all, 0.5, 0.67);
        Assert.InRange(kinds[ClientKind.Heavy] / all, 0.18, 0.34);
        Assert.InRange(kinds[ClientKind.Bot] / all, 0.1, 0.24);
    }

    [Fact]
    public void ActivityHasAHeavyTail()
    {
        var (events, _) = Traffic.Run(Traffic.Quiet with { Duration = TimeSpan.FromHours(6), RequestsPerMinute = 600 });
        var counts = events.CountBy(e => e.Client).Select(c => c.Value).OrderDescending().ToArray();
        Assert.True(counts.Take(counts.Length / 10).Sum() > counts.Sum() * 0.3);
    }

    [Fact]
    public void AddressesAreValidAndPublicExceptForHealthProbes()
    {
        var (events, _) = Traffic.Run(Traffic.Small with { Duration = TimeSpan.FromHours(6) });
        Assert.All(events.DistinctBy(e => e.Client), e =>
        {
            Assert.True(IPAddress.TryParse(e.Client, out var address));
            Assert.False(IPAddress.IsLoopback(address!));
            if (e.Route != "/healthz") Assert.False(e.Client.StartsWith("10.", StringComparison.Ordinal) || e.Client.StartsWith("192.168.", StringComparison.Ordinal));
        });
        Assert.Contains(events, e => e.Client.Contains(':'));
    }
}
