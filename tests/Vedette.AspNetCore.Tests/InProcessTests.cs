using System.Collections.Concurrent;
using System.Net.Http.Json;
using DemoApi;
using Microsoft.AspNetCore.Builder;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.AspNetCore.Tests;

public sealed class InProcessTests
{
    [Fact]
    public async Task AnAttackOnTheApplicationBecomesAnIncidentInTheSameProcess()
    {
        var incidents = new ConcurrentQueue<Incident>();
        await using WatchedApp app = await WatchedApp.StartAsync(options => options.OnIncident = incidents.Enqueue, static app => app.MapGet("/search", static (string q) => q.Length));
        foreach (string q in new[] { "lamp", "' UNION SELECT password, email FROM users--", "x' OR '1'='1' --", "1; DROP TABLE users--" })
            await app.Client.GetStringAsync(new Uri("/search?q=" + Uri.EscapeDataString(q), UriKind.Relative));
        await WatchedApp.UntilAsync(() => !incidents.IsEmpty);
        Assert.Contains(incidents, static incident => incident.Type == IncidentType.SqlInjection && incident.Endpoint == "/search");
    }

    [Fact]
    [Trait("Row", "E6")]
    public async Task TheDemoShopSellsAndIsWatchedOnItsWay()
    {
        await using WebApplication shop = Shop.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await shop.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(shop.Urls.Single()) };
        using HttpResponseMessage wrong = await client.PostAsJsonAsync("/login", new { user = "alice", password = "guess" });
        Assert.Equal(401, (int)wrong.StatusCode);
        using HttpResponseMessage right = await client.PostAsJsonAsync("/login", new { user = "alice", password = "wonderland" });
        string token = (await right.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["token"];
        using HttpResponseMessage anonymous = await client.PostAsJsonAsync("/payment", new { amount = 10, recipient = "bob" });
        Assert.Equal(401, (int)anonymous.StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using HttpResponseMessage paid = await client.PostAsJsonAsync("/payment", new { amount = 10, recipient = "bob" });
        Assert.Equal(200, (int)paid.StatusCode);
        Assert.Contains("desk lamp", await client.GetStringAsync(new Uri("/search?q=lamp", UriKind.Relative)), StringComparison.Ordinal);
    }
}
