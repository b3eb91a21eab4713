using System.Net;
using System.Text.Json;

namespace Vedette.Server.Tests.Ask;

public sealed class QuestionApiTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(1), TestEvents.Ordinary(2, "/payments/3", 503), TestEvents.Ordinary(3, "/payments/4", 500), TestEvents.Attack(4), TestEvents.Attack(5)), type: "application/x-ndjson");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Trait("Row", "E7")]
    [Trait("Row", "E6")]
    public async Task AnAnswerHasItsInterpretationColumnsAndRows()
    {
        JsonElement answer = await AskAsync("""{"query":"server errors on 2026-05-04"}""");
        Assert.Equal("subject=requests&status=5xx&from=2026-05-04T00:00&to=2026-05-05T00:00", answer.GetProperty("interpretation").GetProperty("filter").GetString());
        Assert.Equal(2, answer.GetProperty("rows").GetArrayLength());
        Assert.Equal(answer.GetProperty("columns").GetArrayLength(), answer.GetProperty("rows")[0].GetArrayLength());
    }

    [Theory]
    [InlineData("subject=requests&from=2026-05-04T00:00&to=2026-05-05T00:00&measure=count", 5)]
    [InlineData("subject=requests&status=5xx&from=2026-05-04T00:00&to=2026-05-05T00:00&measure=count", 2)]
    [InlineData("subject=requests&user=ann&from=2026-05-04T00:00&to=2026-05-05T00:00&measure=count", 3)]
    public async Task ACountIsOneNumber(string filter, int count) =>
        Assert.Equal(count, (await AskAsync(JsonSerializer.Serialize(new { filter })))
            .GetProperty("rows")[0][0].GetInt32());

    [Theory]
    [InlineData("subject=incidents")]
    [InlineData("subject=incidents&by=type")]
    [InlineData("subject=anomalies&usage_class=bot")]
    [InlineData("subject=endpoints&sort=latency&limit=5")]
    [InlineData("subject=endpoints&priority=HIGH")]
    [InlineData("subject=callers&kind=user")]
    [InlineData("subject=callers&type=brute_force&sort=events")]
    [InlineData("subject=traffic&by=hour")]
    [InlineData("subject=traffic&compare=1d")]
    [InlineData("subject=requests&by=endpoint&measure=count")]
    public async Task EverySubjectIsAnswered(string filter)
    {
        JsonElement answer = await AskAsync(JsonSerializer.Serialize(new { filter = filter + "&from=2026-05-04T00:00&to=2026-05-05T00:00" }));
        Assert.NotEqual(0, answer.GetProperty("columns").GetArrayLength());
    }

    [Theory]
    [InlineData("how many requests by acme-sync on 2026-05-04", 0)]
    [InlineData("how many requests with user agent acme-sync on 2026-05-04", 2)]
    [InlineData("how many requests by curl on 2026-05-04", 1)]
    public async Task RequestsAreFoundByTheirUserAgent(string query, int count)
    {
        string[] lines = [.. new[] { "Acme-Sync/2.1", "acme-sync/2.2", "curl/8.4.0" }.Select(static (agent, i) => $$"""{"timestamp":"2026-05-04T09:30:0{{i}}Z","path":"/orders/1","status":200,"client_ip":"203.0.113.50","user_agent":"{{agent}}"}""")];
        await _server.PostAsync("/logs", TestEvents.Lines(lines), type: "application/x-ndjson");
        JsonElement answer = await AskAsync(JsonSerializer.Serialize(new { query }));
        // A name that no product has is one only after "user agent".
        if (count == 0) Assert.Contains("user=acme-sync", answer.GetProperty("interpretation").GetProperty("filter").GetString(), StringComparison.Ordinal);
        Assert.Equal(count, answer.GetProperty("rows")[0][0].GetInt32());
    }

    /// <summary>Groups are counted from roll-ups, which would answer for all user agents alike.</summary>
    [Theory]
    [InlineData("subject=requests&user_agent=curl&by=endpoint&measure=count")]
    [InlineData("subject=requests&user_agent=curl&by=hour")]
    [InlineData("subject=endpoints&user_agent=curl")]
    [InlineData("subject=callers&user_agent=curl")]
    [InlineData("subject=traffic&user_agent=curl&by=hour")]
    public async Task WhatIsCountedFromRollUpsCannotBeOfOneUserAgent(string filter)
    {
        (HttpStatusCode status, JsonElement body) = await _server.PostAsync("/api/admin/query", JsonSerializer.Serialize(new { filter }));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("user_agent", body.ToString(), StringComparison.Ordinal);
        Assert.Contains("single requests", body.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The incident's payloads were answered with 200.</summary>
    [Theory]
    [InlineData("attacks that got through on 2026-05-04", 1)]
    [InlineData("sql injections that were refused on 2026-05-04", 0)]
    [InlineData("incidents with confidence above 50% on 2026-05-04", 1)]
    [InlineData("incidents with confidence below 50% on 2026-05-04", 0)]
    public async Task IncidentsAreFoundByOutcomeAndConfidence(string query, int count)
    {
        await AwaitIncidentAsync();
        Assert.Equal(count, (await AskAsync(JsonSerializer.Serialize(new { query }))).GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task SuccessfulLoginsAreRequestsOfTheLogin()
    {
        string[] lines = [.. new[] { ("ann", 401), ("ann", 200), ("bob", 200) }.Select(static (login, i) => $$"""{"timestamp":"2026-05-04T09:31:0{{i}}Z","method":"POST","path":"/api/login","status":{{login.Item2}},"client_ip":"203.0.113.51","user":"{{login.Item1}}"}""")];
        await _server.PostAsync("/logs", TestEvents.Lines(lines), type: "application/x-ndjson");
        JsonElement rows = (await AskAsync("""{"query":"successful logins of ann on 2026-05-04"}""")).GetProperty("rows");
        Assert.Equal(200, Assert.Single(rows.EnumerateArray())[4].GetInt32());
    }

    [Fact]
    public async Task WhoeverTookMostDataComesFirst()
    {
        string large = TestEvents.Ordinary(6, client: "198.51.100.77").Replace("900", "50000000", StringComparison.Ordinal);
        await _server.PostAsync("/logs", TestEvents.Lines(large), type: "application/x-ndjson");
        JsonElement answer = await AskAsync("""{"query":"who downloaded the most data on 2026-05-04"}""");
        int column = answer.GetProperty("columns").EnumerateArray().Select(static entry => entry.GetProperty("name").GetString()).ToList().IndexOf("response_bytes");
        JsonElement first = answer.GetProperty("rows")[0];
        Assert.Equal("198.51.100.77", first[0].GetString());
        Assert.True(first[column].GetInt64() >= 50_000_000);
    }

    [Fact]
    public async Task AnEndpointMayBeNamedWithoutItsPath()
    {
        JsonElement answer = await AskAsync("""{"query":"server errors at the payments endpoint on 2026-05-04"}""");
        Assert.Contains("endpoint=/payments/", answer.GetProperty("interpretation").GetProperty("filter").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, answer.GetProperty("rows").GetArrayLength());
    }

    /// <summary>Decision 140: a word that nobody knows names an endpoint, if there is one of that name, and if it is not what the question leaves out.</summary>
    [Theory]
    [Trait("Row", "E7")]
    [InlineData("failed payments on 2026-05-04", true)]
    [InlineData("how many 500s did payment return on 2026-05-04", true)]
    [InlineData("failed payloads on 2026-05-04", false)]
    [InlineData("errors excluding payments on 2026-05-04", false)]
    public async Task AWordThatIsLeftOverMayNameAnEndpoint(string query, bool isNamed)
    {
        JsonElement interpretation = (await AskAsync(JsonSerializer.Serialize(new { query }))).GetProperty("interpretation");
        Assert.Equal(isNamed, interpretation.GetProperty("filter").GetString()!.Contains("endpoint=/payments/", StringComparison.Ordinal));
        Assert.Equal(isNamed, interpretation.GetProperty("not_understood").GetArrayLength() == 0);
    }

    [Theory]
    [Trait("Row", "E7")]
    [InlineData("/payment", "/api/v1/checkout/payment")]
    [InlineData("/api/v1/checkout/payment", "/api/v1/checkout/payment")]
    [InlineData("/checkout/pay", "/api/v1/checkout/payment")]
    [InlineData("/nowhere", "/nowhere")]
    public async Task APathMayBeNamedByAPartOfIt(string named, string meant)
    {
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(6, "/api/v1/checkout/payment", 503)), type: "application/x-ndjson");
        JsonElement answer = await AskAsync($$"""{"query":"server errors in {{named}} endpoint on 2026-05-04"}""");
        Assert.Contains($"endpoint={meant}&", answer.GetProperty("interpretation").GetProperty("filter").GetString() + "&", StringComparison.Ordinal);
        Assert.Equal(meant == "/nowhere" ? 0 : 1, answer.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task AWordThatNamesNoEndpointWasNotUnderstood()
    {
        JsonElement interpretation = (await AskAsync("""{"query":"errors at sea on 2026-05-04"}""")).GetProperty("interpretation");
        Assert.DoesNotContain("endpoint", interpretation.GetProperty("filter").GetString(), StringComparison.Ordinal);
        Assert.Equal("sea", Assert.Single(interpretation.GetProperty("not_understood").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task TheSlowestRequestIsFoundAmongThousandsThatCameLater()
    {
        IEnumerable<string> quick = Enumerable.Range(0, 6_000).Select(static i => TestEvents.Ordinary(100 + i).Replace("12.5", $"{5 + i % 40}", StringComparison.Ordinal));
        await _server.PostAsync("/logs", TestEvents.Lines([TestEvents.Ordinary(60, "/slow/1").Replace("12.5", "9000", StringComparison.Ordinal), .. quick]), type: "application/x-ndjson");
        JsonElement rows = (await AskAsync("""{"query":"3 slowest requests on 2026-05-04"}""")).GetProperty("rows");
        Assert.Equal(3, rows.GetArrayLength());
        Assert.Equal("/slow/1", rows[0][2].GetString());
    }

    [Fact]
    public async Task IncidentsOfTwoTimesAreCompared()
    {
        await AwaitIncidentAsync();
        JsonElement rows = (await AskAsync("""{"filter":"subject=incidents&from=2026-05-04T00:00&to=2026-05-05T00:00&compare=1d&measure=count"}""")).GetProperty("rows");
        Assert.Equal(("all", 1, 0), (rows[0][0].GetString(), rows[0][1].GetInt32(), rows[0][2].GetInt32()));
    }

    [Fact]
    public async Task WhoeverIsBehindMostIncidentsComesFirst()
    {
        await AwaitIncidentAsync();
        JsonElement rows = (await AskAsync("""{"query":"top attackers on 2026-05-04"}""")).GetProperty("rows");
        Assert.Equal("203.0.113.9", Assert.Single(rows.EnumerateArray())[0].GetString());
    }

    [Theory]
    [InlineData("{}", "query")]
    [InlineData("""{"filter":"nonsense=1"}""", "filter")]
    public Task AQuestionThatIsNoneIsRefusedByName(string body, string field) => _server.AssertRefusedAsync("/api/admin/query", body, field);

    private Task AwaitIncidentAsync() => _server.UntilAsync(async () => (await _server.GetAsync("/api/incidents?from=2026-05-04T00:00:00Z")).Body.GetProperty("items").GetArrayLength() > 0, "an incident");

    private async Task<JsonElement> AskAsync(string body)
    {
        (HttpStatusCode status, JsonElement answer) = await _server.PostAsync("/api/admin/query", body);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }
}
