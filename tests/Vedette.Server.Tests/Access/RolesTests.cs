using System.Net;
using System.Text.Json;

namespace Vedette.Server.Tests.Access;

/// <summary>Who may call what: every call with no key, a wrong one, and one of each role.</summary>
public sealed class RolesTests : IAsyncLifetime
{
    private static readonly string[] Roles = ["bouncer", "ingest", "viewer", "analyst", "admin"];

    private TestServer _server = null!;

    /// <summary>A stranger tries every call here, which is more often than one may be wrong.</summary>
    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(static settings => settings with { Access = settings.Access with { FailuresPerAddressPerMinute = 1000 } });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Method, path, and the roles that may: the least of ingest, viewer, analyst, admin, with bouncer apart.</summary>
    private static readonly (string Method, string Path, string[] Allowed)[] Calls =
    [
        ("POST", "/logs", ["ingest", "viewer", "analyst", "admin"]),
        ("POST", "/v1/traces", ["ingest", "viewer", "analyst", "admin"]),
        ("POST", "/v1/logs", ["ingest", "viewer", "analyst", "admin"]),
        ("POST", "/api/admin/query", ["viewer", "analyst", "admin"]),
        ("GET", "/logs", ["viewer", "analyst", "admin"]),
        ("GET", "/api/logs", ["viewer", "analyst", "admin"]),
        ("GET", "/status", ["viewer", "analyst", "admin"]),
        ("GET", "/api/stats", ["viewer", "analyst", "admin"]),
        ("GET", "/api/incidents", ["viewer", "analyst", "admin"]),
        ("GET", "/api/incidents/none", ["viewer", "analyst", "admin"]),
        ("GET", "/api/anomalies", ["viewer", "analyst", "admin"]),
        ("GET", "/api/endpoints", ["viewer", "analyst", "admin"]),
        ("GET", "/api/analytics/endpoint/a", ["viewer", "analyst", "admin"]),
        ("GET", "/api/clients/203.0.113.1", ["viewer", "analyst", "admin"]),
        ("GET", "/api/users/ann", ["viewer", "analyst", "admin"]),
        ("GET", "/api/models", ["viewer", "analyst", "admin"]),
        ("GET", "/api/views", ["viewer", "analyst", "admin"]),
        ("GET", "/ws", ["viewer", "analyst", "admin"]),
        ("PUT", "/api/views", ["analyst", "admin"]),
        ("POST", "/detect", ["analyst", "admin"]),
        ("POST", "/detect/batch", ["analyst", "admin"]),
        ("POST", "/api/incidents/none/feedback", ["analyst", "admin"]),
        ("GET", "/api/decisions", ["analyst", "admin"]),
        ("POST", "/api/decisions", ["analyst", "admin"]),
        ("DELETE", "/api/decisions/none", ["analyst", "admin"]),
        ("GET", "/v1/decisions", ["bouncer", "analyst", "admin"]),
        ("HEAD", "/v1/decisions", ["bouncer", "analyst", "admin"]),
        ("GET", "/v1/decisions/stream", ["bouncer", "analyst", "admin"]),
        ("HEAD", "/v1/decisions/stream", ["bouncer", "analyst", "admin"]),
        ("POST", "/load-model", ["admin"]),
        ("POST", "/api/models/v9999/activate", ["admin"]),
        ("GET", "/api/settings", ["admin"]),
        ("PUT", "/api/settings", ["admin"]),
        ("GET", "/api/keys", ["admin"]),
        ("POST", "/api/keys", ["admin"]),
        ("DELETE", "/api/keys/none", ["admin"]),
        ("POST", "/api/keys/none/rotate", ["admin"]),
        ("GET", "/api/audit", ["admin"]),
        ("POST", "/api/alerts/test", ["admin"]),
    ];

    [Fact]
    [Trait("Row", "B2")]
    [Trait("Row", "A11")]
    public async Task EveryCallAsksForItsRole()
    {
        var clients = new Dictionary<string, HttpClient>();
        foreach (string role in Roles) clients[role] = await _server.ClientOfAsync(role);
        using HttpClient nobody = _server.CreateClient(), stranger = _server.CreateClient("vdt_abcdefghij_" + new string('x', 43));
        var wrong = new List<string>();
        foreach ((string method, string path, string[] allowed) in Calls)
        {
            if (await StatusAsync(nobody, method, path) != HttpStatusCode.Unauthorized) wrong.Add($"{method} {path} without a key");
            if (await StatusAsync(stranger, method, path) != HttpStatusCode.Unauthorized) wrong.Add($"{method} {path} with a wrong key");
            foreach (string role in Roles)
            {
                bool isRefused = await StatusAsync(clients[role], method, path) is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                if (isRefused == allowed.Contains(role)) wrong.Add($"{method} {path} as {role}: {(isRefused ? "refused" : "allowed")}");
            }
        }
        foreach (HttpClient client in clients.Values) client.Dispose();
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/index.html")]
    [InlineData("/api/session")]
    [Trait("Row", "B2")]
    [Trait("Row", "A6")]
    public async Task SomeCallsAreOpen(string path)
    {
        using HttpClient nobody = _server.CreateClient(), stranger = _server.CreateClient("wrong");
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(nobody, "HEAD", path));
    }

    [Fact]
    public async Task HeadIsAnsweredWhereGetIsWithoutABodyAndNeedsTheSameKey()
    {
        using HttpClient nobody = _server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/health");
        using HttpResponseMessage health = await nobody.SendAsync(request);
        Assert.Equal("application/json", health.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await health.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_server.Client, "HEAD", "/logs"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(nobody, "HEAD", "/logs"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusAsync(_server.Client, "HEAD", "/detect"));
    }

    [Fact]
    public async Task EveryCallOfTheDocumentIsInThisTable()
    {
        (_, JsonElement document) = await _server.GetAsync("/openapi/v1.json");
        string[] open = ["GET /", "GET /health", "GET /health/ready", "GET /metrics", "GET /api/session", "POST /api/session", "DELETE /api/session"];
        // A training takes a model's time; the live stream does not end.
        string[] elsewhere = ["POST /train", "GET /api/events"];
        string Shape(string method, string path) => $"{method} " + string.Join('/', path.Split('/').Select(static part => part is "none" or "203.0.113.1" or "ann" or "a" or "v9999" ? "*" : part.StartsWith('{') ? "*" : part));
        var tested = Calls.Select(call => Shape(call.Method, call.Path)).Concat(open).Concat(elsewhere).ToHashSet();
        var documented = document.GetProperty("paths").EnumerateObject().SelectMany(static path => path.Value.EnumerateObject().Select(method => (Method: method.Name.ToUpperInvariant(), Path: path.Name)));
        Assert.Empty(documented.Select(call => Shape(call.Method, call.Path)).Where(call => !tested.Contains(call)));
    }

    [Fact]
    public async Task UnknownPathsAndMethodsAreToldOnlyToThoseWithAKey()
    {
        using HttpClient nobody = _server.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(nobody, "GET", "/api/nothing"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(nobody, "DELETE", "/logs"));
        (HttpStatusCode status, JsonElement problem) = await _server.GetAsync("/api/nothing");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(404, problem.GetProperty("status").GetInt32());
        (status, problem) = await _server.SendAsync(HttpMethod.Delete, "/logs", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, status);
        Assert.Contains("POST", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT") request.Content = new StringContent("[]");
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
