using Vedette.Server.Live;

namespace Vedette.Server.Tests.Live;

public sealed class LiveLogTests
{
    [Fact]
    public void TheLatestOfEachIncidentIsKeptHoweverMuchElseHappens()
    {
        var log = new LiveLog(100);
        log.Add("incident", "a", "1"u8);
        log.Add("incident", "b", "2"u8);
        for (int i = 0; i < 3 * LiveLog.MaxOthers; i++) log.Add("anomaly", null, "3"u8);
        log.Add("incident", "a", "4"u8);
        IReadOnlyList<LiveMessage> all = log.After(100, int.MaxValue);
        Assert.Equal(["b", "a"], all.Where(static message => message.Type == "incident").Select(static message => message.Incident));
        Assert.Equal(LiveLog.MaxOthers, all.Count(static message => message.Type == "anomaly"));
        Assert.Equal(all.Select(static message => message.Sequence).Order(), all.Select(static message => message.Sequence));
        Assert.Empty(log.After(log.Sequence, 10));
    }

    [Fact]
    public void ItIsBounded()
    {
        var log = new LiveLog(0);
        for (int i = 0; i < LiveLog.MaxIncidents + 50; i++) log.Add("incident", $"i{i}", "0"u8);
        Assert.Equal(LiveLog.MaxIncidents, log.After(0, int.MaxValue).Count);
    }

    [Fact]
    public async Task ASlowReaderLosesStatisticsButNoIncident()
    {
        var log = new LiveLog(0);
        var reader = new LiveReader(log, 0);
        var stats = new LiveMessage("stats", 0, [], []);
        Assert.True(reader.OfferStats(stats));
        Assert.False(reader.OfferStats(stats));
        for (int i = 0; i < 250; i++) log.Add("incident", $"i{i}", "0"u8);
        var seen = new List<LiveMessage>();
        while (seen.Count(static message => message.Type == "incident") < 250) seen.AddRange(await reader.NextAsync(CancellationToken.None));
        Assert.Single(seen, static message => message.Type == "stats");
        Assert.Equal(250, seen.Select(static message => message.Incident).OfType<string>().Distinct().Count());
    }
}
