using System.Net;
using System.Text.Json;

namespace Vedette.Server.Tests.Api;

/// <summary>Statistics, inventory, profiles: what is told of stored traffic.</summary>
public sealed class OverviewTests : IAsyncLifetime
{
    private const string Day = "from=2026-05-04T00:00:00Z&to=2026-05-05T00:00:00Z";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        IEnumerable<string> events = Enumerable.Range(0, 60).Select(static i => TestEvents.Ordinary(10 * i, $"/orders/{i}", i % 10 == 0 ? 500 : 200, user: i % 2 == 0 ? "ann" : "bob"));
        await _server.PostAsync("/logs", TestEvents.Lines([.. events, TestEvents.Attack(605)]));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Trait("Row", "E6")]
    public async Task StatisticsAddUp()
    {
        (HttpStatusCode status, JsonElement stats) = await _server.GetAsync($"/api/stats?{Day}&buckets=24");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(61, stats.GetProperty("total_requests").GetInt64());
        Assert.Equal(1, stats.GetProperty("total_anomalies").GetInt64());
        Assert.Equal(6 / 61.0, stats.GetProperty("error_rate").GetDouble(), 6);
        JsonElement traffic = stats.GetProperty("traffic");
        Assert.Equal(24, traffic.GetArrayLength());
        Assert.Equal(61, traffic.EnumerateArray().Sum(static point => point.GetProperty("requests").GetInt64()));
        Assert.Equal("/orders/{id}", stats.GetProperty("top_endpoints")[0].GetProperty("endpoint").GetString());
        Assert.Equal(1, stats.GetProperty("anomalies_by_endpoint").GetProperty("/users/{id}").GetInt64());
        Assert.Equal(2, stats.GetProperty("top_callers").GetArrayLength());
        Assert.Equal(["ann", "bob"], stats.GetProperty("top_users").EnumerateArray().Select(static row => row.GetProperty("value").GetString()).Order());
    }

    [Fact]
    public async Task RiskOverTimeIsThatOfTheIncidentsThatWentOn()
    {
        await _server.UntilAsync(async () => (await _server.GetAsync($"/api/incidents?{Day}")).Body.GetProperty("items").GetArrayLength() > 0, "an incident");
        (_, JsonElement stats) = await _server.GetAsync($"/api/stats?{Day}&buckets=24");
        int[] risk = [.. stats.GetProperty("risk").EnumerateArray().Select(static value => value.GetInt32())];
        Assert.Equal(24, risk.Length);
        Assert.InRange(Assert.Single(risk, static value => value > 0), 40, 100);
    }

    [Fact]
    public async Task WithoutTrafficStatisticsSaySo()
    {
        (_, JsonElement stats) = await _server.GetAsync("/api/stats?from=2025-01-01T00:00:00Z&to=2025-01-02T00:00:00Z");
        Assert.Equal(0, stats.GetProperty("total_requests").GetInt64());
        Assert.Contains("No traffic", stats.GetProperty("not_watched")[0].GetString(), StringComparison.Ordinal);
    }

    /// <summary>The first and the last moment of the calendar are what programs send that mean "always".</summary>
    [Theory]
    [InlineData("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    [InlineData("to=9999-12-31T23:59:59.999Z")]
    [InlineData("from=0001-01-01T00:00:00Z")]
    public async Task AllTimeCanBeAskedFor(string range)
    {
        foreach (string call in (string[])["/api/stats", "/api/endpoints", "/logs", "/api/anomalies", "/api/incidents", "/api/analytics/endpoint/orders%2F%7Bid%7D", "/api/clients/203.0.113.9", "/api/users/ann"])
        {
            HttpStatusCode status = (await _server.GetAsync($"{call}?{range}")).Status;
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{status} {call}");
        }
        Assert.Equal(HttpStatusCode.OK, (await _server.PostAsync("/api/admin/query", $$"""{"filter":"subject=requests&{{range}}"}""")).Status);
    }

    [Fact]
    public async Task TheInventoryKnowsRoutesAndWhoUsesThem()
    {
        (_, JsonElement list) = await _server.GetAsync($"/api/endpoints?{Day}&q=ORDERS");
        JsonElement row = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal((60, 6, "authenticated"), (row.GetProperty("requests").GetInt32(), row.GetProperty("server_errors").GetInt32(), row.GetProperty("auth_posture").GetString()));
        Assert.Equal(0.1, row.GetProperty("error_rate").GetDouble(), 6);
    }

    [Theory]
    [InlineData("orders/%7Bid%7D")]
    [InlineData("%2Forders%2F%7Bid%7D")]
    [InlineData("/orders/{id}")]
    [Trait("Row", "E6")]
    public async Task OneRouteIsShownClosely(string endpoint)
    {
        (HttpStatusCode status, JsonElement route) = await _server.GetAsync($"/api/analytics/endpoint/{endpoint}?{Day}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("/orders/{id}", route.GetProperty("endpoint").GetString());
        Assert.Equal(24, route.GetProperty("by_hour").GetArrayLength());
        Assert.Equal(60, route.GetProperty("by_hour")[12].GetProperty("requests").GetInt32());
        Assert.Equal((54, 6), (route.GetProperty("status").GetProperty("2xx").GetInt32(), route.GetProperty("status").GetProperty("5xx").GetInt32()));
        Assert.True(route.GetProperty("insights").GetArrayLength() > 0);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(48)]
    [InlineData(3)]
    public async Task HoursOfTheDayAreWholeHoursWhereverTheTimeBegins(int buckets)
    {
        await _server.PostAsync("/logs", TestEvents.Lines([TestEvents.Ordinary(3600, "/orders/1")]));
        (_, JsonElement route) = await _server.GetAsync($"/api/analytics/endpoint/orders%2F%7Bid%7D?from=2026-05-04T00:30:00Z&to=2026-05-05T00:30:00Z&buckets={buckets}");
        JsonElement hours = route.GetProperty("by_hour");
        Assert.Equal((60, 1), (hours[12].GetProperty("requests").GetInt32(), hours[13].GetProperty("requests").GetInt32()));
    }

    [Fact]
    public async Task AnUnknownRouteIsNotFound() => Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync($"/api/analytics/endpoint/nowhere?{Day}")).Status);

    [Fact]
    [Trait("Row", "C4")]
    public async Task ACallerIsShownClosely()
    {
        (HttpStatusCode status, JsonElement caller) = await _server.GetAsync($"/api/clients/198.51.100.4?{Day}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(60, caller.GetProperty("requests").GetInt32());
        Assert.Equal(2, caller.GetProperty("related").GetArrayLength());
        Assert.Equal("Mozilla/5.0", caller.GetProperty("user_agents")[0].GetProperty("user_agent").GetString());
        Assert.Equal("GET /orders/{id}", caller.GetProperty("transitions")[0].GetProperty("from").GetString());
        (_, JsonElement user) = await _server.GetAsync($"/api/users/ann?{Day}");
        Assert.Equal(30, user.GetProperty("requests").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.GetAsync("/api/clients/nobody")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync("/api/users/nobody")).Status);
    }

    [Fact]
    [Trait("Row", "D5")]
    public async Task HealthAndInformationAreOpenAndComplete()
    {
        using HttpClient nobody = _server.CreateClient();
        await _server.UntilAsync(async () => (await _server.GetAsync("/health")).Body.GetProperty("logs_processed").GetInt32() == 61, "the engine's state to be told");
        (_, JsonElement health) = await _server.GetAsync("/health", nobody);
        Assert.Equal(("healthy", "warmup", 61), (health.GetProperty("status").GetString(), health.GetProperty("phase").GetString(), health.GetProperty("logs_processed").GetInt32()));
        Assert.Equal("signatures", health.GetProperty("active_models")[0].GetString());
        (_, JsonElement root) = await _server.GetAsync("/", nobody);
        Assert.Contains("POST /logs", root.GetProperty("endpoints").EnumerateArray().Select(static call => call.GetString()));
        nobody.DefaultRequestHeaders.Add("Accept", "text/html");
        Assert.Contains("<html", await nobody.GetStringAsync("/"), StringComparison.OrdinalIgnoreCase);
    }
}
