using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Vedette.Server.Observability;

namespace Vedette.Server.Tests.Access;

/// <summary>What strangers try.</summary>
public sealed class SecurityTests : IAsyncLifetime
{
    private static readonly string[] Injections = ["' OR '1'='1", "'; DROP TABLE events; --", "\" OR 1=1 --", "%' OR 1=1 --", "\\", "%", "_"];

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(static settings => settings with { Server = settings.Server with { MaxBodyBytes = 1 << 20, QueueBytes = 1 << 20 } });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/assets/..%2f..%2fvedette.db")]
    [InlineData("/%2e%2e/%2e%2e/vedette.db")]
    [InlineData("/api/..%5c..%5cvedette.db")]
    [InlineData("/docs/..%2f..%2fvedette.db")]
    [InlineData("/index.html%00.js")]
    [InlineData("//evil.example/")]
    public async Task PathTricksLeadNowhere(string path)
    {
        string answer = await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (400|401|404) ", answer);
        Assert.DoesNotContain("SQLite format", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: a\r\n b\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("POST /logs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 4")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("nonsense\r\n\r\n", "HTTP/1.1 400")]
    public async Task MalformedRequestsAreRefused(string request, string expected) => Assert.StartsWith(expected, await SendRawAsync(request), StringComparison.Ordinal);

    [Fact]
    public async Task AnswersCarryNoHeaderFromARequest()
    {
        string answer = await SendRawAsync("GET /api/incidents?type=x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestServer.Token + "\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\nSet-Cookie", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task LargeAndDeepBodiesAreRefused()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _server.PostAsync("/logs", new string('x', 2 << 20))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _server.PostAsync("/detect", new string(' ', 2 << 20))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _server.PostAsync("/api/keys", "{\"name\":\"" + new string('x', 1_040_000) + "\"}" + new string(' ', 20_000))).Status);
        string deep = new string('[', 100_000) + new string(']', 100_000);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/logs", deep)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/detect", "{\"event\":" + deep + "}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/keys", deep)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task ALongRequestLineIsRefused() => Assert.StartsWith("HTTP/1.1 414", await SendRawAsync($"GET /{new string('a', 100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/logs?user=")]
    [InlineData("/logs?method=")]
    [InlineData("/logs?endpoint=")]
    [InlineData("/logs?q=")]
    [InlineData("/api/incidents?actor=")]
    [InlineData("/api/incidents?endpoint=")]
    [InlineData("/api/incidents?q=")]
    [InlineData("/api/anomalies?actor=")]
    [InlineData("/api/anomalies?endpoint=")]
    [InlineData("/api/endpoints?q=")]
    [Trait("Row", "B10")]
    public async Task FiltersAreNoSql(string path)
    {
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(1), TestEvents.Attack(2)));
        foreach (string text in Injections)
        {
            (HttpStatusCode status, JsonElement list) = await _server.GetAsync(path + Uri.EscapeDataString(text));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.True(path.EndsWith("q=", StringComparison.Ordinal) && text is "'; DROP TABLE events; --" or "\\" or "%" or "_" || list.GetProperty("items").GetArrayLength() == 0, path + text);
        }
        Assert.Equal(2, (await _server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/users/")]
    [InlineData("/api/clients/")]
    [InlineData("/api/incidents/")]
    [InlineData("/api/analytics/endpoint/")]
    public async Task NamesInPathsAreNoSql(string path)
    {
        await _server.PostAsync("/logs", TestEvents.Ordinary(1));
        foreach (string text in Injections)
        {
            (HttpStatusCode status, _) = await _server.GetAsync(path + Uri.EscapeDataString(text));
            Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{status} {path}{text}");
        }
        Assert.Equal(1, (await _server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task QuestionsAreNoSql()
    {
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(1), TestEvents.Attack(2)));
        foreach (string text in Injections)
        {
            foreach (string question in new[] { $"requests of user {text}", $"requests to endpoint {text}", text })
                Assert.Equal(HttpStatusCode.OK, (await _server.PostAsync("/api/admin/query", JsonSerializer.Serialize(new { query = question }))).Status);
            foreach (string field in new[] { "user", "endpoint", "client_ip", "q", "method" })
            {
                (HttpStatusCode status, _) = await _server.PostAsync("/api/admin/query", JsonSerializer.Serialize(new { filter = $"subject=requests&{field}={Uri.EscapeDataString(text)}" }));
                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{status} {field} {text}");
            }
        }
        Assert.Equal(2, (await _server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    [Trait("Row", "A11")]
    public async Task WrongKeysAreSlowedDownByAddress()
    {
        await using TestServer server = await TestServer.StartAsync(static settings => settings with { Access = settings.Access with { FailuresPerAddressPerMinute = 5 } });
        using HttpClient stranger = server.CreateClient("vdt_wrong_key"), nobody = server.CreateClient();
        var answers = new List<HttpStatusCode>();
        for (int i = 0; i < 100; i++) answers.Add((await stranger.GetAsync("/status")).StatusCode);
        Assert.All(answers.Take(5), static status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        // A token comes back every twelve seconds, so a slow machine may let a few more through.
        Assert.True(answers.Count(static status => status == HttpStatusCode.TooManyRequests) > 50);
        answers.Clear();
        for (int i = 0; i < 100; i++) answers.Add((await nobody.PostAsync("/api/session", new StringContent("""{"key":"vdt_wrong_key"}"""), TestContext.Current.CancellationToken)).StatusCode);
        Assert.True(answers.Count(static status => status == HttpStatusCode.TooManyRequests) > 50);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/status")).Status);
    }

    [Fact]
    [Trait("Row", "E11")]
    public async Task RatesAreLimitedByKeyAndByAddress()
    {
        await using TestServer server = await TestServer.StartAsync(static settings => settings with { Access = settings.Access with { RequestsPerKeyPerSecond = 20, AnonymousPerAddressPerSecond = 10 } });
        async Task<int> RefusedAsync(HttpClient client, string path)
        {
            HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.GetAsync(path)));
            Assert.All(answers.Where(static answer => answer.StatusCode == HttpStatusCode.TooManyRequests), static answer => Assert.True(answer.Headers.Contains("Retry-After")));
            return answers.Count(static answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        }

        Assert.True(await RefusedAsync(server.Client, "/status") > 50);
        using HttpClient nobody = server.CreateClient();
        Assert.True(await RefusedAsync(nobody, "/health") > 50);
    }

    [Fact]
    [Trait("Row", "A7")]
    public async Task AForwardedAddressCountsOnlyFromAProxyOfOurs()
    {
        async Task<string> AddressAsync(TestServer server)
        {
            using HttpClient client = server.CreateClient(TestServer.Token);
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.50");
            await server.PostAsync("/api/keys", """{"name":"x","role":"ingest"}""", client);
            return (await server.GetAsync("/api/audit?limit=1")).Body.GetProperty("items")[0].GetProperty("address").GetString()!;
        }

        Assert.Equal("203.0.113.50", await AddressAsync(_server));
        await using TestServer strict = await TestServer.StartAsync(static settings => settings with { Engine = settings.Engine with { Proxies = new() { TrustPrivatePeers = false } } });
        Assert.Equal("127.0.0.1", await AddressAsync(strict));
    }

    [Fact]
    [Trait("Row", "E11")]
    public async Task OtherOriginsAreLetInOnlyByName()
    {
        async Task<bool> IsAllowedAsync(TestServer server, string origin)
        {
            using HttpClient client = server.CreateClient(TestServer.Token);
            client.DefaultRequestHeaders.Add("Origin", origin);
            return (await client.GetAsync("/status")).Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin;
        }

        Assert.False(await IsAllowedAsync(_server, "https://console.example.com"));
        await using TestServer open = await TestServer.StartAsync(static settings => settings with { Access = settings.Access with { CorsOrigins = ["https://console.example.com"] } });
        Assert.True(await IsAllowedAsync(open, "https://console.example.com"));
        Assert.False(await IsAllowedAsync(open, "https://evil.example"));
    }

    [Fact]
    public async Task PagesAndAnswersTellBrowsersWhatTheyMayNotDo()
    {
        using HttpClient browser = _server.CreateClient();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        using HttpResponseMessage page = await browser.GetAsync("/incidents");
        string policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(page.Headers.Contains("Server"));
    }

    [Fact]
    public async Task ALineCannotBeForgedInTheLog()
    {
        string log = Path.Combine(_server.Folder, "test.log");
        LogSetup.Apply(new LoggingOptions { File = log, Level = "info" }, _server.Folder);
        NLog.LogManager.GetLogger("test").Warn("user {Name}", "a\r\n{\"level\":\"fatal\"}\u001b[31m");
        NLog.LogManager.Shutdown();
        string[] lines = await File.ReadAllLinesAsync(log);
        Assert.Equal("warn", JsonDocument.Parse(Assert.Single(lines)).RootElement.GetProperty("level").GetString());
    }

    private async Task<string> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, patience.Token)) > 0;)
            {
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
                if (answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)) break;
            }
        }
        catch (IOException)
        {
            // The server may close before it has read everything.
        }
        return answer.ToString();
    }
}
