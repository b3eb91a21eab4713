using System.Net;
using System.Text.Json;

namespace Vedette.Server.Tests.Api;

public sealed class IncidentsTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(0), TestEvents.Attack(1), TestEvents.Attack(2)));
        await _server.UntilAsync(async () => (await ListAsync()).GetArrayLength() > 0, "an incident");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("", 1)]
    [InlineData("type=sql_injection", 1)]
    [InlineData("type=xss", 0)]
    [InlineData("min_risk=40&actor=203.0.113.9", 1)]
    [InlineData("level=LOW", 0)]
    [InlineData("endpoint=/users/{id}", 1)]
    [InlineData("verdict=none", 1)]
    [InlineData("verdict=confirmed", 0)]
    [InlineData("from=2026-05-04T00:00:00Z&to=2026-05-05T00:00:00Z", 1)]
    [InlineData("from=2026-05-05T00:00:00Z", 0)]
    [InlineData("q=%25", 0)]
    [InlineData("actor=%27%20OR%201=1--", 0)]
    public async Task FiltersSelect(string query, int expected) => Assert.Equal(expected, (await ListAsync(query)).GetArrayLength());

    [Fact]
    public async Task AnIncidentIsShownWithEvidenceAndTraffic()
    {
        string id = (await ListAsync())[0].GetProperty("id").GetString()!;
        (HttpStatusCode status, JsonElement incident) = await _server.GetAsync("/api/incidents/" + id);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("sql_injection", incident.GetProperty("type").GetString());
        Assert.True(incident.GetProperty("evidence").GetArrayLength() > 0);
        Assert.True(incident.GetProperty("drivers").GetArrayLength() > 0);
        Assert.Equal(2, incident.GetProperty("traffic").EnumerateArray().Sum(static point => point.GetProperty("requests").GetInt64()));
        // Quiet minutes are points too: a line from two points alone would tell of traffic that never was.
        Assert.InRange(incident.GetProperty("traffic").GetArrayLength(), 20, 120);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync("/api/incidents/none")).Status);
    }

    [Fact]
    public async Task TheSameDoneByOthersInThatHourIsRelated()
    {
        string id = (await ListAsync())[0].GetProperty("id").GetString()!;
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Attack(60, "192.0.2.50"), TestEvents.Attack(3 * 3600, "192.0.2.51")));
        await _server.UntilAsync(async () => (await ListAsync()).GetArrayLength() == 3, "three incidents");
        (_, JsonElement incident) = await _server.GetAsync("/api/incidents/" + id);
        Assert.Equal("192.0.2.50", Assert.Single(incident.GetProperty("related").EnumerateArray()).GetProperty("actor").GetProperty("value").GetString());
    }

    [Fact]
    public async Task WhatTurnsOutToBeACampaignIsOneIncident()
    {
        string id = (await ListAsync())[0].GetProperty("id").GetString()!;
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Attack(60, "192.0.2.50"), TestEvents.Attack(61, "192.0.2.51")));
        await _server.UntilAsync(async () => (await ListAsync()).GetArrayLength() == 3, "three incidents");
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Attack(62, "192.0.2.52")));
        await _server.UntilAsync(async () => (await ListAsync()).GetArrayLength() == 1, "one campaign");
        JsonElement campaign = (await ListAsync())[0];
        Assert.Equal("4 addresses", campaign.GetProperty("actor").GetProperty("value").GetString());
        Assert.Equal(campaign.GetProperty("id").GetString(), (await _server.GetAsync("/api/incidents/" + id)).Body.GetProperty("part_of").GetString());
        Assert.Equal(1, (await _server.GetAsync("/api/stats?from=2026-05-04T00:00:00Z&to=2026-05-05T00:00:00Z")).Body.GetProperty("incidents").GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task FeedbackIsKeptAndFound()
    {
        string id = (await ListAsync())[0].GetProperty("id").GetString()!;
        (HttpStatusCode status, _) = await _server.PostAsync($"/api/incidents/{id}/feedback", """{"verdict":"false_positive","note":"our scanner <b>"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("false_positive", (await ListAsync("verdict=false_positive"))[0].GetProperty("verdict").GetString());
        (_, JsonElement incident) = await _server.GetAsync("/api/incidents/" + id);
        Assert.Equal("our scanner <b>", incident.GetProperty("feedback")[0].GetProperty("note").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync($"/api/incidents/{id}/feedback", """{"verdict":"maybe"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.PostAsync("/api/incidents/none/feedback", """{"verdict":"benign"}""")).Status);
    }

    [Fact]
    public async Task ARestartKeepsIncidentsAndGoesOnWithOpenOnes()
    {
        string folder = Directory.CreateTempSubdirectory("vedette-restart").FullName;
        async Task<JsonElement> OnlyAsync(TestServer server)
        {
            await server.UntilAsync(async () => (await server.GetAsync("/api/incidents")).Body.GetProperty("items").GetArrayLength() > 0, "an incident");
            return Assert.Single((await server.GetAsync("/api/incidents")).Body.GetProperty("items").EnumerateArray());
        }

        string id;
        await using (TestServer first = await TestServer.StartAsync(folder: folder))
        {
            await first.PostAsync("/logs", TestEvents.Lines(TestEvents.Attack(1), TestEvents.Attack(2)));
            id = (await OnlyAsync(first)).GetProperty("id").GetString()!;
        }
        await using (TestServer second = await TestServer.StartAsync(folder: folder))
        {
            Assert.Equal(2, (await second.GetAsync("/status")).Body.GetProperty("logs_processed").GetInt32());
            // An incident grows at the end of a minute.
            await second.PostAsync("/logs", TestEvents.Lines(TestEvents.Attack(3), TestEvents.Ordinary(180)));
            await second.UntilAsync(async () => (await OnlyAsync(second)).GetProperty("events").GetInt32() == 3, "the incident to grow");
            Assert.Equal(id, (await OnlyAsync(second)).GetProperty("id").GetString());
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task<JsonElement> ListAsync(string query = "") => (await _server.GetAsync("/api/incidents?" + query)).Body.GetProperty("items");
}
