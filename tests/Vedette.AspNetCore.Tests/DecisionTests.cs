using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Vedette.AspNetCore.Tests;

public sealed class DecisionTests
{
    [Theory]
    [InlineData("Ip", "127.0.0.1")]
    [InlineData("Range", "127.0.0.0/8")]
    [InlineData("User", "mallory")]
    public async Task ABannedCallerIsRefusedWithoutReachingTheApplication(string scope, string value)
    {
        int reached = 0;
        await using ServerDouble server = await ServerDouble.StartAsync();
        server.Decisions = Decisions(scope, value, "ban", "2999-01-01T00:00:00Z");
        await using WatchedApp app = await StartAsync(server, app => app.MapGet("/", () => ++reached));
        await RefusedAsync(app);
        int before = reached;
        using HttpResponseMessage answer = await app.Client.GetAsync(Root);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(before, reached);
    }

    [Fact]
    public async Task AThrottledCallerGetsABurstAndThen429()
    {
        await using ServerDouble server = await ServerDouble.StartAsync();
        server.Decisions = Decisions("ip", "127.0.0.1", "throttle", "2999-01-01T00:00:00Z");
        await using WatchedApp app = await StartAsync(server, static app => app.MapGet("/", static () => "hello"), static options => options.ThrottledRate = 0.01);
        HttpStatusCode last = await RefusedAsync(app);
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        using HttpResponseMessage answer = await app.Client.GetAsync(Root);
        Assert.Equal(TimeSpan.FromSeconds(100), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task OthersAndExpiredDecisionsDoNotMatter()
    {
        await using ServerDouble server = await ServerDouble.StartAsync();
        server.Decisions = $$"""{"new":[{{Row("a", "ip", "198.51.100.7", "ban", "2999-01-01T00:00:00Z")}},{{Row("b", "ip", "127.0.0.1", "ban", "2001-01-01T00:00:00Z")}}],"deleted":[]}""";
        await using WatchedApp app = await StartAsync(server, static app => app.MapGet("/", static () => "hello"));
        for (int i = 0; i < 200; i++) Assert.Equal("hello", await app.Client.GetStringAsync(Root));
    }

    private static readonly Uri Root = new("/", UriKind.Relative);

    /// <summary>Calls until a decision that is being fetched takes hold.</summary>
    private static async Task<HttpStatusCode> RefusedAsync(WatchedApp app)
    {
        var status = HttpStatusCode.OK;
        for (int i = 0; i < 10_000 && status == HttpStatusCode.OK; i++)
        {
            using HttpResponseMessage answer = await app.Client.GetAsync(Root);
            status = answer.StatusCode;
        }
        return status;
    }

    private static string Decisions(string scope, string value, string type, string until) => $$"""{"new":[{{Row("1", scope, value, type, until)}}],"deleted":[]}""";

    private static string Row(string id, string scope, string value, string type, string until) =>
        $$"""{"id":1,"uuid":"{{id}}","scope":"{{scope}}","value":"{{value}}","type":"{{type}}","scenario":"test","origin":"manual","duration":"1h0m0s","until":"{{until}}"}""";

    private static Task<WatchedApp> StartAsync(ServerDouble server, Action<WebApplication> map, Action<VedetteOptions>? configure = null) => WatchedApp.StartAsync(options =>
    {
        options.Server = server.Address;
        options.ApiKey = "ingest";
        options.DecisionsKey = "bouncer";
        options.User = static _ => "mallory";
        configure?.Invoke(options);
    }, map);
}
