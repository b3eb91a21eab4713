using System.Net;
using System.Text.Json;

namespace Vedette.Server.Tests.Api;

public sealed class DetectTests : IAsyncLifetime
{
    private const string Attack = "203.0.113.9 - - [04/May/2026:12:00:00 +0000] \\\"GET /a?id=1%27%20or%201=1-- HTTP/1.1\\\" 200 12 \\\"-\\\" \\\"curl\\\"";
    private const string Ordinary = "203.0.113.9 - - [04/May/2026:12:00:00 +0000] \\\"GET /orders/7 HTTP/1.1\\\" 200 12 \\\"-\\\" \\\"Mozilla/5.0\\\"";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Trait("Row", "D6")]
    public async Task ALineIsJudgedWithEveryVote()
    {
        (HttpStatusCode status, JsonElement verdict) = await _server.PostAsync("/detect", $$"""{"log_line":"{{Attack}}","session_id":"s1"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(verdict.GetProperty("is_anomaly").GetBoolean());
        Assert.InRange(verdict.GetProperty("anomaly_score").GetDouble(), 0.5, 1);
        Assert.Equal("warmup", verdict.GetProperty("phase").GetString());
        Assert.Equal("2026-05-04T12:00:00.000Z", verdict.GetProperty("timestamp").GetString());
        JsonElement details = verdict.GetProperty("details"), signatures = details.GetProperty("signatures");
        Assert.Equal((0.8, 0.6, 0.7), (signatures.GetProperty("weight").GetDouble(), details.GetProperty("isolation_forest").GetProperty("weight").GetDouble(), details.GetProperty("transformer").GetProperty("weight").GetDouble()));
        Assert.Contains(signatures.GetProperty("matches").EnumerateArray(), static match => match.GetProperty("type").GetString() == "sql_injection");
        Assert.Equal("sql_injection", verdict.GetProperty("attack_types")[0].GetString());
        Assert.Equal("/a", verdict.GetProperty("parsed").GetProperty("path").GetString());
        Assert.Equal("s1", verdict.GetProperty("session_id").GetString());
    }

    [Fact]
    public async Task AnOrdinaryLineIsNone()
    {
        (_, JsonElement verdict) = await _server.PostAsync("/detect", $$"""{"log_line":"{{Ordinary}}"}""");
        Assert.False(verdict.GetProperty("is_anomaly").GetBoolean());
        Assert.Equal(0, verdict.GetProperty("attack_types").GetArrayLength());
    }

    [Fact]
    public async Task AnEventIsJudged()
    {
        (_, JsonElement verdict) = await _server.PostAsync("/detect", $$"""{"event":{{TestEvents.Attack(1)}}}""");
        Assert.True(verdict.GetProperty("is_anomaly").GetBoolean());
    }

    [Fact]
    [Trait("Row", "B4")]
    public async Task OfSeveralLogsTheAnomaliesAreListedOnTheForestsScale()
    {
        (HttpStatusCode status, JsonElement answer) = await _server.PostAsync("/detect", $$"""{"logs":[{{TestEvents.Ordinary(1)}},{{TestEvents.Attack(2)}},{"status":200,"method":"GET"}],"threshold":-0.5}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 1, -0.5), (answer.GetProperty("total").GetInt32(), answer.GetProperty("anomaly_count").GetInt32(), answer.GetProperty("threshold").GetDouble()));
        JsonElement anomaly = answer.GetProperty("anomalies")[0];
        Assert.Equal(1, anomaly.GetProperty("index").GetInt32());
        Assert.InRange(anomaly.GetProperty("score").GetDouble(), -1, -0.5);
        Assert.Equal("/users/12", anomaly.GetProperty("log").GetProperty("path").GetString());
        Assert.Equal(2, answer.GetProperty("rejected")[0].GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task AScoreOfNothingHasNoSign()
    {
        (_, JsonElement answer) = await _server.PostAsync("/detect", $$"""{"logs":[{{TestEvents.Ordinary(1)}}],"threshold":0}""");
        Assert.Equal("0", answer.GetProperty("anomalies")[0].GetProperty("score").GetRawText());
    }

    [Fact]
    [Trait("Row", "D7")]
    public async Task ABatchHasOneResultALineAndASummary()
    {
        (_, JsonElement answer) = await _server.PostAsync("/detect/batch", $$"""{"log_lines":["{{Attack}}","garbage","{{Ordinary}}"]}""");
        Assert.Equal([0, 2], answer.GetProperty("results").EnumerateArray().Select(static result => result.GetProperty("index").GetInt32()));
        JsonElement summary = answer.GetProperty("summary");
        Assert.Equal((2, 1, 1, 0.5), (summary.GetProperty("total").GetInt32(), summary.GetProperty("anomalies").GetInt32(), summary.GetProperty("normal").GetInt32(), summary.GetProperty("anomaly_rate").GetDouble()));
        Assert.Equal(1, answer.GetProperty("errors")[0].GetProperty("index").GetInt32());
    }

    [Theory]
    [InlineData("/detect", "{}", "$")]
    [InlineData("/detect", "[]", "$")]
    [InlineData("/detect", "{\"log_line\":7}", "log_line")]
    [InlineData("/detect", "{\"log_line\":\"garbage\"}", "log_line")]
    [InlineData("/detect", "{\"logs\":{}}", "logs")]
    [InlineData("/detect", "{\"logs\":[]}", "logs")]
    [InlineData("/detect", "{\"logs\":[7]}", "logs[0]")]
    [InlineData("/detect", "{\"logs\":[{\"path\":\"/\",\"status\":7}]}", "logs[0].status")]
    [InlineData("/detect", "{\"event\":{\"status\":200}}", "event.path")]
    [InlineData("/detect", "{\"event\":{\"path\":\"/\"},\"log_line\":\"x\"}", "log_line")]
    [InlineData("/detect", "{\"event\":{\"path\":\"/\"},\"threshold\":\"low\"}", "threshold")]
    [InlineData("/detect", "{\"event\":{\"path\":\"/\"},\"session_id\":7}", "session_id")]
    [InlineData("/detect/batch", "{\"log_line\":\"x\"}", "log_lines")]
    [InlineData("/detect", "{\"log_line\":", "$")]
    public Task AWrongQuestionNamesTheField(string path, string body, string field) => _server.AssertRefusedAsync(path, body, field);

    [Fact]
    [Trait("Row", "D7")]
    public async Task MoreThanAHundredLinesAreRefused()
    {
        string lines = string.Join(',', Enumerable.Repeat($"\"{Ordinary}\"", 101));
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/detect/batch", $$"""{"log_lines":[{{lines}}]}""")).Status);
    }

    [Fact]
    public async Task QuestionsChangeNothing()
    {
        await _server.PostAsync("/detect", $$"""{"event":{{TestEvents.Attack(1)}}}""");
        Assert.Equal(0, (await _server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await _server.GetAsync("/status")).Body.GetProperty("events").GetProperty("received").GetInt32());
    }
}
