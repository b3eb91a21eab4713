using System.Globalization;
using System.Net;
using System.Text.Json;
using Vedette.Engine.Risk;
using Vedette.Server.Enforcement;

namespace Vedette.Server.Tests.Enforcement;

/// <summary>From an attack in traffic to what an enforcing proxy is told.</summary>
public sealed class EnforcementTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(static settings => settings with { Enforcement = new EnforcementOptions { Mode = EnforcementMode.On, BanLevel = RiskLevel.Low, ThrottleLevel = RiskLevel.Low, MinConfidence = 0 } });
        string time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        await _server.PostAsync("/logs", TestEvents.Attack(1).Replace(TestEvents.Time(1), time, StringComparison.Ordinal));
        await _server.UntilAsync(async () => (await DecisionsAsync()).GetArrayLength() > 0, "a decision");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Trait("Row", "A10")]
    public async Task AnAttackerIsBannedUntilSomebodySaysItWasNone()
    {
        JsonElement decision = (await DecisionsAsync())[0];
        Assert.Equal(("203.0.113.9", "ban", "vedette"), (decision.GetProperty("value").GetString(), decision.GetProperty("type").GetString(), decision.GetProperty("origin").GetString()));
        Assert.Contains("vedette_decisions_active{type=\"ban\",origin=\"vedette\"} 1", await _server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        // The note comes just after the decision.
        await _server.UntilAsync(async () => (await _server.GetAsync("/api/audit")).Body.GetProperty("items").EnumerateArray()
            .Any(static entry => entry.GetProperty("action").GetString() == "decision.ban" && entry.GetProperty("by").GetString() == "vedette"), "the note in the audit log");
        await _server.PostAsync($"/api/incidents/{decision.GetProperty("incident").GetString()}/feedback", """{"verdict":"false_positive"}""");
        Assert.Equal(0, (await DecisionsAsync()).GetArrayLength());
    }

    [Fact]
    public async Task AProxyFindsTheDecisionAsTheProtocolHasIt()
    {
        using HttpClient bouncer = await _server.ClientOfAsync("bouncer");
        using HttpClient byHeader = _server.CreateClient();
        byHeader.DefaultRequestHeaders.Add("X-Api-Key", bouncer.DefaultRequestHeaders.Authorization!.Parameter);
        JsonElement streamed = (await _server.GetAsync("/v1/decisions/stream?startup=true&scopes=ip,range", byHeader)).Body.GetProperty("new")[0];
        Assert.Equal(["duration", "id", "origin", "scenario", "scope", "simulated", "type", "until", "uuid", "value"], streamed.EnumerateObject().Select(static field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("Ip", JsonValueKind.Number, JsonValueKind.False), (streamed.GetProperty("scope").GetString(), streamed.GetProperty("id").ValueKind, streamed.GetProperty("simulated").ValueKind));
        Assert.Matches("^(\\d+h)?\\d+m\\d+s$", streamed.GetProperty("duration").GetString()!);
        JsonElement found = (await _server.GetAsync("/v1/decisions?ip=203.0.113.9", byHeader)).Body;
        Assert.Equal("ban", found[0].GetProperty("type").GetString());
        Assert.Equal("null", await byHeader.GetStringAsync("/v1/decisions?ip=203.0.113.8"));
        Assert.Equal(1, (await _server.GetAsync("/v1/decisions?scope=Ip&value=203.0.113.9&type=ban", byHeader)).Body.GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.GetAsync("/v1/decisions?ip=everybody", byHeader)).Status);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/v1/decisions/stream");
        Assert.Equal(HttpStatusCode.OK, (await byHeader.SendAsync(head)).StatusCode);
    }

    [Fact]
    public async Task ARangeHitsEveryAddressInIt()
    {
        await _server.PostAsync("/api/decisions", """{"scope":"range","value":"198.51.100.0/24","type":"throttle","duration":"4h","reason":"load"}""");
        JsonElement found = (await _server.GetAsync("/v1/decisions?ip=198.51.100.200")).Body;
        Assert.Equal(("Range", "throttle"), (found[0].GetProperty("scope").GetString(), found[0].GetProperty("type").GetString()));
    }

    private async Task<JsonElement> DecisionsAsync() => (await _server.GetAsync("/api/decisions")).Body.GetProperty("items");
}
