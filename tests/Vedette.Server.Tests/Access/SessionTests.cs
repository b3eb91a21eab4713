using System.Net;
using System.Text;
using System.Text.Json;
using Vedette.Server.Access;

namespace Vedette.Server.Tests.Access;

public sealed class SessionTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ABrowserSignsInChangesSomethingAndSignsOut()
    {
        using HttpClient browser = _server.CreateClient();
        Assert.False((await _server.GetAsync("/api/session", browser)).Body.GetProperty("signed_in").GetBoolean());
        await SignInAsync(browser, $$"""{"key":"{{TestServer.Token}}"}""");
        (_, JsonElement session) = await _server.GetAsync("/api/session", browser);
        Assert.Equal("admin", session.GetProperty("role").GetString());

        const string key = """{"name":"a","role":"viewer"}""";
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.PostAsync("/api/keys", key, browser)).Status);
        browser.DefaultRequestHeaders.Add("X-CSRF-Token", session.GetProperty("csrf").GetString());
        Assert.Equal(HttpStatusCode.Created, (await _server.PostAsync("/api/keys", key, browser)).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await _server.SendAsync(HttpMethod.Delete, "/api/session", null, browser)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync("/status", browser)).Status);
    }

    [Fact]
    public async Task TheCookieIsOutOfReachOfScriptsAndOtherSites()
    {
        using HttpResponseMessage response = await _server.Client.PostAsync("/api/session", new StringContent($$"""{"key":"{{TestServer.Token}}"}""", Encoding.UTF8, "application/json"));
        string cookie = response.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Token, cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AOneTimeLinkWorksOnce()
    {
        string link = _server.Server.CreateSignInLink()!;
        string token = new Uri(link).Query["?token=".Length..];
        using HttpClient browser = _server.CreateClient();
        await SignInAsync(browser, $$"""{"token":"{{token}}"}""");
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("/status", browser)).Status);
        using HttpClient second = _server.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.PostAsync("/api/session", $$"""{"token":"{{token}}"}""", second)).Status);
    }

    [Theory]
    [InlineData("{\"key\":\"wrong\"}", HttpStatusCode.Unauthorized)]
    [InlineData("{\"token\":\"wrong\"}", HttpStatusCode.Unauthorized)]
    [InlineData("{}", HttpStatusCode.Unauthorized)]
    [InlineData("{\"key\":{}}", HttpStatusCode.BadRequest)]
    [InlineData("no json", HttpStatusCode.BadRequest)]
    public async Task AWrongSignInIsRefused(string body, HttpStatusCode expected)
    {
        using HttpClient browser = _server.CreateClient();
        Assert.Equal(expected, (await _server.PostAsync("/api/session", body, browser)).Status);
    }

    [Fact]
    public async Task AKeyThatMayNotReadCannotSignIn()
    {
        (_, JsonElement key) = await _server.PostAsync("/api/keys", """{"name":"agent","role":"ingest"}""");
        using HttpClient browser = _server.CreateClient();
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.PostAsync("/api/session", $$"""{"key":"{{key.GetProperty("key").GetString()}}"}""", browser)).Status);
    }

    [Fact]
    public async Task ASessionEndsWithItsKey()
    {
        (_, JsonElement key) = await _server.PostAsync("/api/keys", """{"name":"b","role":"viewer"}""");
        using HttpClient browser = _server.CreateClient();
        await SignInAsync(browser, $$"""{"key":"{{key.GetProperty("key").GetString()}}"}""");
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("/status", browser)).Status);
        await _server.PostAsync($"/api/keys/{key.GetProperty("id").GetString()}/rotate", "");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync("/status", browser)).Status);
    }

    [Fact]
    public async Task ASessionSurvivesARestart()
    {
        string folder = Directory.CreateTempSubdirectory("vedette-session").FullName;
        string cookie;
        await using (TestServer first = await TestServer.StartAsync(folder: folder))
        {
            using HttpClient browser = first.CreateClient();
            cookie = await SignInAsync(browser, $$"""{"key":"{{TestServer.Token}}"}""");
        }
        await using (TestServer second = await TestServer.StartAsync(folder: folder))
        {
            using HttpClient browser = second.CreateClient();
            browser.DefaultRequestHeaders.Add("Cookie", cookie);
            Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/status", browser)).Status);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AForeignPageMayNeitherSignInNorUseASession()
    {
        using HttpClient foreign = _server.CreateClient();
        foreign.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.PostAsync("/api/session", $$"""{"key":"{{TestServer.Token}}"}""", foreign)).Status);
        using HttpClient browser = _server.CreateClient();
        await SignInAsync(browser, $$"""{"key":"{{TestServer.Token}}"}""");
        browser.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.GetAsync("/status", browser)).Status);
    }

    [Fact]
    public async Task ForgedAndOldCookiesAreWorthNothing()
    {
        var time = new ManualTime();
        var store = new OneKeyStore(null, out _);
        var options = new AccessOptions();
        var keys = new KeyRing(store, options, time);
        await keys.LoadAsync(CancellationToken.None);
        var cookies = new SessionCookies(keys, options, time);
        (string value, Session session) = cookies.Create(store.KeyId);
        Assert.Equal(store.KeyId, cookies.Read(value)!.Id);
        Assert.Null(cookies.Read(value[..^2] + (value.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA")));
        Assert.Null(cookies.Read(value.Replace(store.KeyId, KeyRing.TokenId, StringComparison.Ordinal)));
        Assert.Null(cookies.Read(""));
        Assert.Null(cookies.Read("a.b.c.d"));
        Assert.Null(cookies.Read(new string('x', 10_000)));
        Assert.True(cookies.IsCsrf(session, cookies.CsrfOf(session)));
        Assert.False(cookies.IsCsrf(session with { Id = "other" }, cookies.CsrfOf(session)));
        time.Advance(TimeSpan.FromHours(13));
        Assert.Null(cookies.Read(value));
    }

    private async Task<string> SignInAsync(HttpClient browser, string body)
    {
        using HttpResponseMessage response = await browser.PostAsync("/api/session", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        string cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return cookie;
    }
}
