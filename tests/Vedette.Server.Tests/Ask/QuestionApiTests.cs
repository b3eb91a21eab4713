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
    [InlineData("{}", "query")]
    [InlineData("""{"filter":"nonsense=1"}""", "filter")]
    public async Task AQuestionThatIsNoneIsRefusedByName(string body, string field)
    {
        (HttpStatusCode status, JsonElement problem) = await _server.PostAsync("/api/admin/query", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    private async Task<JsonElement> AskAsync(string body)
    {
        (HttpStatusCode status, JsonElement answer) = await _server.PostAsync("/api/admin/query", body);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }
}
