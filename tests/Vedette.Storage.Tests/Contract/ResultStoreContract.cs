using Vedette.Storage.Control;
using Vedette.Storage.Results;

namespace Vedette.Storage.Tests.Contract;

/// <summary>What every store of results promises.</summary>
public abstract class ResultStoreContract<TStore> : StoreContract<TStore>
    where TStore : IStoreUnderTest, new()
{
    private IResultStore Results => Store.Results;

    [Fact]
    public async Task AnIncidentIsReplacedByOneOfTheSameId()
    {
        await Results.SaveIncidentsAsync([Incident("a", 0), Incident("b", 1)], default);
        StoredIncident grown = Incident("a", 0) with { Risk = 90, Level = "CRITICAL", LastSeen = Noon.AddDays(1), Endpoint = null };
        await Results.SaveIncidentsAsync([grown], default);
        Assert.Equal(grown, await Results.FindIncidentAsync("a", default));
        Assert.Equal(Incident("b", 1), await Results.FindIncidentAsync("b", default));
        Assert.Null(await Results.FindIncidentAsync("c", default));
    }

    [Fact]
    public async Task IncidentsArePagedNewestFirst()
    {
        await Results.SaveIncidentsAsync([.. Enumerable.Range(0, 25).Select(static i => Incident($"i{i:00}", i / 2))], default);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            Page<StoredIncident> page = await Results.QueryIncidentsAsync(new IncidentQuery(), new PageRequest(7, cursor), default);
            seen.AddRange(page.Items.Select(static i => i.Id));
            cursor = page.NextCursor;
        } while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(static i => $"i{i:00}"), seen);
        Assert.Equal(["i14", "i13"], (await Results.QueryIncidentsAsync(new IncidentQuery(), new PageRequest(2, Skip: 10), default)).Items.Select(static i => i.Id));
    }

    [Fact]
    public async Task IncidentsAreFoundByEachOfTheirTraits()
    {
        await Results.SaveIncidentsAsync(
        [
            Incident("a", 0) with { Type = "scanner", Risk = 20 },
            Incident("b", 10) with { ActorValue = "user_1%", Endpoint = "/login" },
            Incident("c", 20),
        ], default);
        await Store.Control.AddFeedbackAsync(new FeedbackRecord("b", "confirmed", null, "k", Noon), default);
        await Store.Control.AddFeedbackAsync(new FeedbackRecord("b", "benign", null, "k", Noon), default);
        Assert.Equal(["a"], await IdsAsync(new IncidentQuery { Type = "scanner" }));
        Assert.Equal(["c", "b"], await IdsAsync(new IncidentQuery { MinRisk = 50 }));
        Assert.Equal(["b"], await IdsAsync(new IncidentQuery { ActorValue = "user_1%" }));
        Assert.Equal(["b"], await IdsAsync(new IncidentQuery { Endpoint = "/login" }));
        Assert.Equal(["b"], await IdsAsync(new IncidentQuery { Text = "USER_1%" }));
        Assert.Equal(["c", "b", "a"], await IdsAsync(new IncidentQuery { Text = "it's \"quoted\"" }));
        Assert.Empty(await IdsAsync(new IncidentQuery { Text = "%" + "%" }));
        Assert.Equal(["b"], await IdsAsync(new IncidentQuery { Verdict = "benign" }));
        Assert.Empty(await IdsAsync(new IncidentQuery { Verdict = "confirmed" }));
        Assert.Equal(["c", "a"], await IdsAsync(new IncidentQuery { Verdict = "none" }));
        Assert.Equal(["c"], await IdsAsync(new IncidentQuery { From = Noon.AddMinutes(16) }));
        Assert.Equal(["a"], await IdsAsync(new IncidentQuery { To = Noon.AddMinutes(10) }));
    }

    [Fact]
    public async Task WhatIsPartOfACampaignIsFoundByItsIdAlone()
    {
        await Results.SaveIncidentsAsync([Incident("a", 0), Incident("b", 1)], default);
        StoredIncident taken = Incident("a", 0) with { PartOf = "b" };
        await Results.SaveIncidentsAsync([taken], default);
        Assert.Equal(["b"], await IdsAsync(new IncidentQuery()));
        Assert.Equal(taken, await Results.FindIncidentAsync("a", default));
        ResultCounts counts = await Results.CountAsync(Noon.AddDays(-1), Noon.AddDays(1), default);
        Assert.Equal(1, counts.IncidentsByType.Values.Sum());
        Assert.Equal(1, counts.IncidentsByLevel.Values.Sum());
    }

    [Fact]
    public async Task AnAnomalyComesBackAsItWasGiven()
    {
        StoredAnomaly anomaly = Anomaly(0) with { Endpoint = null, UsageClass = "bot", VotesJson = "{\"lof\":0.5}", Explanation = "odd" };
        await Results.AppendAnomaliesAsync([anomaly], default);
        StoredAnomaly found = Assert.Single((await Results.QueryAnomaliesAsync(new AnomalyQuery(), new PageRequest(10), default)).Items);
        Assert.NotEmpty(found.Id);
        Assert.Equal(anomaly, found with { Id = "" });
    }

    [Fact]
    public async Task AnomaliesArePagedNewestFirstAndFiltered()
    {
        await Results.AppendAnomaliesAsync([.. Enumerable.Range(0, 25).Select(static i => Anomaly(i / 3) with { ActorValue = $"c{i}", Priority = i % 5 == 0 ? "HIGH" : "LOW", RiskScore = i / 100.0 })], default);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            Page<StoredAnomaly> page = await Results.QueryAnomaliesAsync(new AnomalyQuery(), new PageRequest(4, cursor), default);
            seen.AddRange(page.Items.Select(static a => a.ActorValue));
            cursor = page.NextCursor;
        } while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(static i => $"c{i}"), seen);
        Assert.Equal(5, await CountAsync(new AnomalyQuery { Priority = "HIGH" }));
        Assert.Equal(1, await CountAsync(new AnomalyQuery { ActorValue = "c7" }));
        Assert.Equal(5, await CountAsync(new AnomalyQuery { MinRiskScore = 0.2 }));
        Assert.Equal(3, await CountAsync(new AnomalyQuery { From = Noon.AddMinutes(7), To = Noon.AddMinutes(8) }));
        Assert.Equal(25, await CountAsync(new AnomalyQuery { Endpoint = "/x" }));
        Assert.Equal(0, await CountAsync(new AnomalyQuery { UsageClass = "bot" }));
    }

    [Fact]
    public async Task CountsTellWhatThereIs()
    {
        await Results.SaveIncidentsAsync([Incident("a", 0), Incident("b", 1) with { Type = "scanner", Level = "LOW" }, Incident("c", 500)], default);
        await Results.AppendAnomaliesAsync([Anomaly(0), Anomaly(1) with { Priority = "HIGH", Endpoint = "/y" }, Anomaly(2) with { Endpoint = null }, Anomaly(500)], default);
        ResultCounts counts = await Results.CountAsync(Noon, Noon.AddHours(1), default);
        Assert.Equal(new Dictionary<string, long> { ["LOW"] = 2, ["HIGH"] = 1 }, counts.AnomaliesByPriority);
        Assert.Equal(new Dictionary<string, long> { ["/x"] = 1, ["/y"] = 1 }, counts.AnomaliesByEndpoint);
        Assert.Equal(new Dictionary<string, long> { ["sql_injection"] = 1, ["scanner"] = 1 }, counts.IncidentsByType);
        Assert.Equal(new Dictionary<string, long> { ["HIGH"] = 1, ["LOW"] = 1 }, counts.IncidentsByLevel);
    }

    [Fact]
    public async Task AProfileIsReplacedByOneOfTheSameKindAndValue()
    {
        await Results.SaveProfilesAsync([new StoredProfile("ip", "192.0.2.1", Noon, Noon, "{}"), new StoredProfile("user", "192.0.2.1", Noon, Noon, "{\"u\":1}")], default);
        await Results.SaveProfilesAsync([new StoredProfile("ip", "192.0.2.1", Noon, Noon.AddHours(1), "{\"n\":2}")], default);
        Assert.Equal(new StoredProfile("ip", "192.0.2.1", Noon, Noon.AddHours(1), "{\"n\":2}"), await Results.FindProfileAsync("ip", "192.0.2.1", default));
        Assert.Equal("{\"u\":1}", (await Results.FindProfileAsync("user", "192.0.2.1", default))!.Json);
        Assert.Null(await Results.FindProfileAsync("session", "192.0.2.1", default));
    }

    [Fact]
    public async Task WhatEndedBeforeAMomentIsDeleted()
    {
        await Results.SaveIncidentsAsync([Incident("a", 0), Incident("b", 100)], default);
        await Results.AppendAnomaliesAsync([Anomaly(0), Anomaly(100)], default);
        await Results.SaveProfilesAsync([new StoredProfile("ip", "192.0.2.1", Noon, Noon, "{}")], default);
        Assert.Equal(3, await Results.DeleteBeforeAsync(Noon.AddMinutes(50), default));
        Assert.Equal(["b"], await IdsAsync(new IncidentQuery()));
        Assert.Equal(1, await CountAsync(new AnomalyQuery()));
    }

    private async Task<IEnumerable<string>> IdsAsync(IncidentQuery query) => (await Results.QueryIncidentsAsync(query, new PageRequest(100), default)).Items.Select(static i => i.Id);

    private async Task<int> CountAsync(AnomalyQuery query) => (await Results.QueryAnomaliesAsync(query, new PageRequest(100), default)).Items.Count;

    private static StoredIncident Incident(string id, int minute) => new()
    {
        Id = id,
        Type = "sql_injection",
        Level = "HIGH",
        Risk = 70,
        ActorKind = "ip",
        ActorValue = "192.0.2.1",
        Endpoint = "/x",
        FirstSeen = Noon.AddMinutes(minute),
        LastSeen = Noon.AddMinutes(minute + 5),
        DetectedAt = Noon.AddMinutes(minute + 1),
        Json = """{"explanation":"it\u0027s \u0022quoted\u0022"}""",
    };

    private static StoredAnomaly Anomaly(int minute) => new()
    {
        Time = Noon.AddMinutes(minute),
        ActorKind = "ip",
        ActorValue = "192.0.2.1",
        Endpoint = "/x",
        AnomalyScore = 0.9,
        FailureProbability = 0.1,
        BotProbability = 0.2,
        RiskScore = 0.4,
        Priority = "LOW",
        Risk = 40,
        ReqCount = 12,
        ErrorRate = 0.25,
        AvgResponseTime = 33.5,
        MaxResponseTime = 120,
        PayloadMean = 512,
        UniqueEndpoints = 3,
        RepeatRate = 0.5,
        StatusEntropy = 1.25,
    };
}
