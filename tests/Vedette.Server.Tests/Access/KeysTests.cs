using System.Net;
using System.Text.Json;
using Vedette.Server.Settings;

namespace Vedette.Server.Tests.Access;

public sealed class KeysTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Trait("Row", "B2")]
    public async Task AKeyWorksUntilItIsRotatedAndThenRevoked()
    {
        (HttpStatusCode status, JsonElement made) = await _server.PostAsync("/api/keys", """{"name":"dashboard","role":"viewer","unknown_field":1}""");
        Assert.Equal(HttpStatusCode.Created, status);
        string id = made.GetProperty("id").GetString()!, text = made.GetProperty("key").GetString()!;
        Assert.StartsWith($"vdt_{id}_", text, StringComparison.Ordinal);
        using HttpClient old = _server.CreateClient(text);
        Assert.Equal(HttpStatusCode.OK, (await old.GetAsync("/status")).StatusCode);

        (_, JsonElement rotated) = await _server.PostAsync($"/api/keys/{id}/rotate", "");
        using HttpClient renewed = _server.CreateClient(rotated.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await old.GetAsync("/status")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await renewed.GetAsync("/status")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await _server.SendAsync(HttpMethod.Delete, $"/api/keys/{id}", null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await renewed.GetAsync("/status")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _server.PostAsync($"/api/keys/{id}/rotate", "")).Status);
    }

    /// <summary>A new secret that is worth nothing would be found out where it is used.</summary>
    [Fact]
    public async Task AnExpiredKeyGetsNoNewSecret()
    {
        var time = new ShiftedTime();
        await using TestServer server = await TestServer.StartAsync(time: time);
        (_, JsonElement made) = await server.PostAsync("/api/keys", $$"""{"name":"a","role":"viewer","expires_at":"{{time.GetUtcNow().AddMinutes(1):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""");
        time.PutForward(TimeSpan.FromMinutes(2));
        (HttpStatusCode status, JsonElement problem) = await server.PostAsync($"/api/keys/{made.GetProperty("id").GetString()}/rotate", "");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("expired", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothHeadersCarryAKey()
    {
        using HttpClient client = _server.CreateClient();
        client.DefaultRequestHeaders.Add("X-API-Key", TestServer.Token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/status")).StatusCode);
    }

    [Fact]
    public async Task SecretsAreNeverListed()
    {
        (_, JsonElement made) = await _server.PostAsync("/api/keys", """{"name":"a","role":"ingest"}""");
        string list = await _server.Client.GetStringAsync("/api/keys") + await _server.Client.GetStringAsync("/api/audit") + await _server.Client.GetStringAsync("/api/settings");
        Assert.DoesNotContain(made.GetProperty("key").GetString()!, list, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Token, list, StringComparison.Ordinal);
        byte[] store = await File.ReadAllBytesAsync(Path.Combine(_server.Folder, "vedette.db"));
        Assert.Equal(-1, store.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(made.GetProperty("key").GetString()!)));
    }

    [Theory]
    [InlineData("{\"role\":\"viewer\"}", "name")]
    [InlineData("{\"name\":\"a\",\"role\":\"root\"}", "role")]
    [InlineData("{\"name\":\"a\",\"role\":\"Admin\"}", "role")]
    [InlineData("{\"name\":\"a\",\"role\":\"viewer\",\"expires_at\":\"2001-01-01T00:00:00Z\"}", "expires_at")]
    [InlineData("{\"name\":\"a\",\"role\":\"viewer\",\"expires_at\":\"soon\"}", "expires_at")]
    [InlineData("{\"name\":\"a\",\"role\":\"viewer\",\"expires_at\":7}", "expires_at")]
    [InlineData("{\"name\":7,\"role\":\"viewer\"}", "name")]
    [InlineData("{\"name\":\"a\\u0007b\",\"role\":\"viewer\"}", "name")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    public Task AWrongRequestNamesTheField(string body, string field) => _server.AssertRefusedAsync("/api/keys", body, field);

    [Fact]
    public async Task AnExpiredKeyIsRefused()
    {
        var time = new ManualTime();
        var keys = new Vedette.Server.Access.KeyRing(new OneKeyStore(time.GetUtcNow().AddMinutes(5), out string text), new Vedette.Server.Access.AccessOptions(), time);
        await keys.LoadAsync(CancellationToken.None);
        Assert.NotNull(keys.Authenticate(text));
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(keys.Authenticate(text));
    }

    [Fact]
    public async Task AKeyThatExpiresWorksNoMore()
    {
        (_, JsonElement made) = await _server.PostAsync("/api/keys", JsonSerializer.Serialize(new { name = "short", role = "viewer", expires_at = DateTimeOffset.UtcNow.AddSeconds(1) }));
        using HttpClient client = _server.CreateClient(made.GetProperty("key").GetString());
        await _server.UntilAsync(async () => (await client.GetAsync("/status")).StatusCode == HttpStatusCode.Unauthorized, "the key to expire");
    }

    [Fact]
    public async Task TheFirstStartMakesOneAdministratorAndTheSecondNone()
    {
        string folder = Directory.CreateTempSubdirectory("vedette-first").FullName;
        VedetteSettings WithoutToken(VedetteSettings settings) => settings with { Access = settings.Access with { Token = "" } };
        string key;
        await using (TestServer first = await TestServer.StartAsync(WithoutToken, folder: folder))
        {
            key = first.Server.FirstKey!;
            Assert.NotNull(key);
            using HttpClient admin = first.CreateClient(key);
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/keys")).StatusCode);
        }
        await using (TestServer second = await TestServer.StartAsync(WithoutToken, folder: folder))
        {
            Assert.Null(second.Server.FirstKey);
            using HttpClient admin = second.CreateClient(key);
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/keys")).StatusCode);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task WhatIsDoneIsNoted()
    {
        await _server.PostAsync("/api/keys", """{"name":"noted","role":"ingest"}""");
        (_, JsonElement audit) = await _server.GetAsync("/api/audit?limit=1");
        JsonElement entry = audit.GetProperty("items")[0];
        Assert.Equal(("token", "key.create", "127.0.0.1"), (entry.GetProperty("by").GetString(), entry.GetProperty("action").GetString(), entry.GetProperty("address").GetString()));
        Assert.Contains("noted", entry.GetProperty("target").GetString(), StringComparison.Ordinal);
    }
}
