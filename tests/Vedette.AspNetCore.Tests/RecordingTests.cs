using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Vedette.AspNetCore.Tests;

public sealed class RecordingTests
{
    [Fact]
    [Trait("Row", "E1")]
    [Trait("Row", "A1")]
    public async Task ACallIsRecordedWithItsRouteTemplateAndSizes()
    {
        await using ServerDouble server = await ServerDouble.StartAsync();
        await using (WatchedApp app = await StartAsync(server, static app => app.MapPost("/orders/{id}", static async (string id, HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            return Results.Text(id + " is taken", statusCode: 202);
        })))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/orders/a%2Fb?note=%27x%27") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            request.Headers.UserAgent.ParseAdd("tests/1.0");
            request.Headers.Add("X-API-Key", "very secret");
            using HttpResponseMessage answer = await app.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            await app.StopAsync();
        }
        JsonElement call = Assert.Single(server.Events);
        Assert.Equal("POST", call.GetProperty("method").GetString());
        Assert.Equal("/orders/a%2Fb", call.GetProperty("path").GetString());
        Assert.Equal("note=%27x%27", call.GetProperty("query").GetString());
        Assert.Equal("/orders/{id}", call.GetProperty("route").GetString());
        Assert.Equal(202, call.GetProperty("status").GetInt32());
        Assert.Equal(2, call.GetProperty("request_bytes").GetInt64());
        Assert.Equal("a%2Fb is taken".Length, call.GetProperty("response_bytes").GetInt64());
        Assert.Equal("127.0.0.1", call.GetProperty("client_ip").GetString());
        Assert.Equal("tests/1.0", call.GetProperty("user_agent").GetString());
        Assert.DoesNotContain("very secret", call.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(32, call.GetProperty("api_key").GetString()!.Length);
        Assert.False(call.TryGetProperty("body", out _));
    }

    [Fact]
    public async Task AnExceptionOfTheApplicationCountsAs500()
    {
        await using ServerDouble server = await ServerDouble.StartAsync();
        await using (WatchedApp app = await StartAsync(server, static app => app.MapGet("/fails", static string () => throw new InvalidOperationException("broken"))))
        {
            using HttpResponseMessage answer = await app.Client.GetAsync(new Uri("/fails", UriKind.Relative));
            await app.StopAsync();
        }
        Assert.Equal(500, Assert.Single(server.Events).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task ABodyIsSampledOnlyWhereAskedAndTheApplicationStillReadsAllOfIt()
    {
        await using ServerDouble server = await ServerDouble.StartAsync();
        string body = JsonSerializer.Serialize(new { note = new string('n', 5000) });
        int read = 0;
        await using (WatchedApp app = await StartAsync(server, app => app.MapPost("/notes", async (HttpRequest request) =>
        {
            read = (await new StreamReader(request.Body).ReadToEndAsync()).Length;
            return Results.NoContent();
        }), static options => options.BodySampleBytes = 100))
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await app.Client.PostAsync(new Uri("/notes", UriKind.Relative), content);
            await app.StopAsync();
        }
        Assert.Equal(body.Length, read);
        Assert.Equal(body[..100], Assert.Single(server.Events).GetProperty("body").GetString());
    }

    [Fact]
    public async Task WhatDoesNotArriveIsSentAgainUnderTheSameKey()
    {
        await using ServerDouble server = await ServerDouble.StartAsync();
        server.Refusals = 1;
        await using WatchedApp app = await StartAsync(server, static app => app.MapGet("/", static () => "hello"));
        await app.Client.GetStringAsync(new Uri("/", UriKind.Relative));
        await WatchedApp.UntilAsync(() => server.Events.Count == 1);
        string[] keys = [.. server.Keys];
        Assert.Equal(2, keys.Length);
        Assert.Equal(keys[0], keys[1]);
    }

    [Fact]
    public async Task AFullQueueDropsCallsAndNeverHoldsARequestUp()
    {
        await using ServerDouble server = await ServerDouble.StartAsync();
        server.Refusals = int.MaxValue;
        await using WatchedApp app = await StartAsync(server, static app => app.MapGet("/", static () => "hello"), static options => options.QueueCapacity = 3);
        for (int i = 0; i < 20; i++) Assert.Equal("hello", await app.Client.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Empty(server.Events);
    }

    [Fact]
    public void WrongOptionsAreNamedTogether()
    {
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        ArgumentException error = Assert.Throws<ArgumentException>(() => services.AddVedette(static options =>
        {
            options.Server = new Uri("https://vedette.internal");
            options.QueueCapacity = 0;
        }));
        Assert.Contains("ApiKey", error.Message, StringComparison.Ordinal);
        Assert.Contains("QueueCapacity", error.Message, StringComparison.Ordinal);
    }

    private static Task<WatchedApp> StartAsync(ServerDouble server, Action<WebApplication> map, Action<VedetteOptions>? configure = null) => WatchedApp.StartAsync(options =>
    {
        options.Server = server.Address;
        options.ApiKey = "ingest";
        configure?.Invoke(options);
    }, map);
}
