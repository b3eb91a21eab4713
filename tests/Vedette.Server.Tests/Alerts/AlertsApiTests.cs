using System.Net;
using System.Text.Json;
using Vedette.Engine.Risk;
using Vedette.Server.Alerts;
using Vedette.Server.Settings;

namespace Vedette.Server.Tests.Alerts;

public sealed class AlertsApiTests
{
    [Fact]
    public async Task AnAttackIsToldToTheWebhookOnceAndCounted()
    {
        await using WebReceiver web = await WebReceiver.StartAsync();
        await using TestServer server = await TestServer.StartAsync(settings => settings with { Alerts = new AlertOptions { Webhook = new WebhookOptions { Url = web.Address, MinLevel = RiskLevel.Low } } });
        await server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(0), TestEvents.Attack(1), TestEvents.Attack(2)));
        await server.UntilAsync(() => Task.FromResult(!web.Received.IsEmpty), "the alert");
        JsonElement told = JsonDocument.Parse(web.Received.First().Body).RootElement.GetProperty("data");
        JsonElement listed = (await server.GetAsync("/api/incidents")).Body.GetProperty("items").EnumerateArray().Single(incident => incident.GetProperty("id").GetString() == told.GetProperty("id").GetString());
        Assert.Equal(listed.GetProperty("type").GetString(), told.GetProperty("type").GetString());
        await server.UntilAsync(async () => (await server.Client.GetStringAsync("/metrics")).Contains("vedette_alerts_sent_total{sink=\"webhook\",result=\"delivered\"} ", StringComparison.Ordinal), "the count");
    }

    [Fact]
    public async Task ATestMessageTellsWhichSinksWork()
    {
        await using WebReceiver web = await WebReceiver.StartAsync();
        web.Status = static context => context.Request.Path == "/slack" ? 403 : 200;
        await using TestServer server = await TestServer.StartAsync(settings => settings with
        {
            Alerts = new AlertOptions { Webhook = new WebhookOptions { Url = web.Address + "/hook" }, Slack = new SlackOptions { Url = web.Address + "/slack" } },
        });
        (HttpStatusCode status, JsonElement body) = await server.PostAsync("/api/alerts/test", "");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["slack False It was answered 403.", "webhook True "], body.GetProperty("results").EnumerateArray()
            .Select(static result => $"{result.GetProperty("sink").GetString()} {result.GetProperty("delivered").GetBoolean()} {result.GetProperty("error").GetString()}"));
        using HttpClient analyst = await server.ClientOfAsync("analyst");
        Assert.Equal(HttpStatusCode.Forbidden, (await server.PostAsync("/api/alerts/test", "", analyst)).Status);
        JsonElement settings = (await server.GetAsync("/api/settings")).Body;
        Assert.DoesNotContain(web.Address, settings.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutSinksATestIsAConflict()
    {
        await using TestServer server = await TestServer.StartAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await server.PostAsync("/api/alerts/test", "")).Status);
    }

    [Fact]
    public void WrongSettingsAreNamedAllAtOnceWithoutSecrets()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => SettingsLoader.Load(new SettingsSources
        {
            Environment = new Dictionary<string, string>
            {
                ["VEDETTE__ALERTS__EMAIL__HOST"] = "mail.example.com",
                ["VEDETTE__ALERTS__EMAIL__FROM"] = "nobody",
                ["VEDETTE__ALERTS__EMAIL__MINLEVEL"] = "critical",
                ["VEDETTE__ALERTS__SLACK__URL"] = "T0/B0/secret",
                ["VEDETTE__ALERTS__WEBHOOK__SECRET"] = "short",
                ["VEDETTE__ALERTS__PERMINUTE"] = "0",
            },
        }));
        foreach (string path in new[] { "Alerts:PerMinute", "Alerts:Email:From", "Alerts:Email:To", "Alerts:Slack:Url", "Alerts:Webhook:Secret" }) Assert.Contains(path + " ", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret'", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("T0/B0", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short'", wrong.Message, StringComparison.Ordinal);
    }
}
