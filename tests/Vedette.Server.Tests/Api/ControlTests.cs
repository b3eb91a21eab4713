using System.Net;
using System.Text;
using System.Text.Json;
using Vedette.Server.Api;
using Vedette.Server.Settings;

namespace Vedette.Server.Tests.Api;

/// <summary>Decisions, settings, saved views: what people set.</summary>
public sealed class ControlTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ADecisionIsMadeStreamedAndTakenBack()
    {
        using HttpClient bouncer = await _server.ClientOfAsync("bouncer");
        Assert.Equal(0, (await _server.GetAsync("/v1/decisions/stream?startup=true", bouncer)).Body.GetProperty("new").GetArrayLength());
        (HttpStatusCode status, JsonElement made) = await _server.PostAsync("/api/decisions", """{"scope":"ip","value":"203.0.113.9","type":"ban","duration":"4h","reason":"scanner"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        using (var head = new HttpRequestMessage(HttpMethod.Head, "/v1/decisions/stream"))
            Assert.Equal(HttpStatusCode.OK, (await bouncer.SendAsync(head)).StatusCode);
        JsonElement streamed = Assert.Single((await _server.GetAsync("/v1/decisions/stream", bouncer)).Body.GetProperty("new").EnumerateArray());
        Assert.Equal(("203.0.113.9", "Ip", "ban", "scanner"), (streamed.GetProperty("value").GetString(), streamed.GetProperty("scope").GetString(), streamed.GetProperty("type").GetString(), streamed.GetProperty("scenario").GetString()));
        Assert.Equal(0, (await _server.GetAsync("/v1/decisions/stream", bouncer)).Body.GetProperty("new").GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await _server.SendAsync(HttpMethod.Delete, "/api/decisions/" + made.GetProperty("id").GetString(), null)).Status);
        Assert.Equal(1, (await _server.GetAsync("/v1/decisions/stream", bouncer)).Body.GetProperty("deleted").GetArrayLength());
        Assert.Equal(0, (await _server.GetAsync("/api/decisions")).Body.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("{\"scope\":\"ip\",\"value\":\"everybody\",\"type\":\"ban\",\"duration\":\"4h\"}", "value")]
    [InlineData("{\"scope\":\"range\",\"value\":\"0.0.0.0/0\",\"type\":\"ban\",\"duration\":\"4h\"}", "value")]
    [InlineData("{\"scope\":\"planet\",\"value\":\"earth\",\"type\":\"ban\",\"duration\":\"4h\"}", "scope")]
    [InlineData("{\"scope\":\"user\",\"value\":\"ann\",\"type\":\"hug\",\"duration\":\"4h\"}", "type")]
    [InlineData("{\"scope\":\"user\",\"value\":\"ann\",\"type\":\"ban\",\"duration\":\"soon\"}", "duration")]
    [InlineData("{\"scope\":\"user\",\"value\":\"ann\",\"type\":\"ban\"}", "duration")]
    public Task AWrongDecisionNamesTheField(string body, string field) => _server.AssertRefusedAsync("/api/decisions", body, field);

    [Theory]
    [InlineData("4h", 14_400.0)]
    [InlineData("1h30m", 5400.0)]
    [InlineData("7d", 604_800.0)]
    [InlineData("500ms", 0.5)]
    [InlineData("", null)]
    [InlineData("h", null)]
    [InlineData("4", null)]
    [InlineData("4 h", null)]
    [InlineData("-4h", null)]
    public void DurationsAreRead(string text, double? seconds)
    {
        bool isRead = GoDuration.TryParse(text, out TimeSpan duration);
        Assert.Equal(seconds, isRead ? duration.TotalSeconds : null);
    }

    [Fact]
    public async Task SavedViewsAreShared()
    {
        (HttpStatusCode status, _) = await _server.SendAsync(HttpMethod.Put, "/api/views", new StringContent("""{"items":[{"name":"errors","page":"explore","query":"status=5xx"}]}"""));
        Assert.Equal(HttpStatusCode.OK, status);
        using HttpClient viewer = await _server.ClientOfAsync("viewer");
        Assert.Equal("errors", (await _server.GetAsync("/api/views", viewer)).Body.GetProperty("items")[0].GetProperty("name").GetString());
        (status, JsonElement problem) = await _server.SendAsync(HttpMethod.Put, "/api/views", new StringContent("""{"items":[{"name":""}]}"""));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("items[0].name", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task SettingsAreChangedKeptAndRefusedByPath()
    {
        string folder = Directory.CreateTempSubdirectory("vedette-settings").FullName;
        VedetteSettings FromSources(VedetteSettings settings) => SettingsLoader.Load(new SettingsSources
        {
            Environment = new Dictionary<string, string> { ["AUTH_TOKEN"] = TestServer.Token, ["VEDETTE__RISK__CRITICAL"] = "90", ["PORT"] = "0", ["LOG_FILE"] = "-", ["LOG_LEVEL"] = "critical" },
            HonorsShortNames = true,
            CommandLine = new Dictionary<string, string> { ["Storage:Url"] = settings.Storage.Url, ["Models:TrainAutomatically"] = "false" },
        });
        static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
        await using (TestServer server = await TestServer.StartAsync(FromSources, folder: folder))
        {
            (HttpStatusCode status, JsonElement changed) = await server.SendAsync(HttpMethod.Put, "/api/settings", Json("""{"Risk":{"AlertsPerDay":2,"High":65}}"""));
            Assert.Equal(2, (await server.GetAsync("/status")).Body.GetProperty("alert_budget").GetProperty("per_day").GetDouble());
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(65, changed.GetProperty("settings").GetProperty("Risk").GetProperty("High").GetInt32());
            Assert.Equal("stored", changed.GetProperty("origins").GetProperty("Risk:High").GetString());
            Assert.DoesNotContain("Risk:Critical", changed.GetProperty("writable").EnumerateArray().Select(static path => path.GetString()));
            foreach ((string body, string field) in new[] { ("{\"Risk\":{\"Critical\":95}}", "Risk:Critical"), ("{\"Server\":{\"Port\":1}}", "Server:Port"), ("{\"Risk\":{\"High\":99}}", "Risk"), ("{\"Risk\":{\"High\":\"much\"}}", "Risk:High") })
            {
                (status, JsonElement problem) = await server.SendAsync(HttpMethod.Put, "/api/settings", Json(body));
                Assert.Equal(HttpStatusCode.BadRequest, status);
                Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
            }
        }
        await using (TestServer server = await TestServer.StartAsync(FromSources, folder: folder))
            Assert.Equal(2, (await server.GetAsync("/api/settings")).Body.GetProperty("settings").GetProperty("Risk").GetProperty("AlertsPerDay").GetDouble());
        Directory.Delete(folder, recursive: true);
    }
}
