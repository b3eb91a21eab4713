using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Server.Access;
using Vedette.Server.Models;
using Vedette.Server.Observability;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Server.Tests;

/// <summary>A real server on a free port with a real store in a folder of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Token = "test-token-0123456789";

    /// <summary>Between two looks: to look without end would take the processor from what is waited for.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string _folder;
    private readonly bool _ownsFolder;

    private TestServer(VedetteServer server, string folder, bool ownsFolder)
    {
        (Server, _folder, _ownsFolder) = (server, folder, ownsFolder);
        Address = new Uri(server.Addresses[0]);
        Client = CreateClient(Token);
    }

    public VedetteServer Server { get; }

    public Uri Address { get; }

    /// <summary>Sends the administrator's token.</summary>
    public HttpClient Client { get; }

    public string Folder => _folder;

    /// <summary>Starts a server; returns when it has opened its store and replayed.</summary>
    public static async Task<TestServer> StartAsync(
        Func<VedetteSettings, VedetteSettings>? change = null, Func<Store, Store>? wrap = null, string? folder = null, bool waits = true, TimeProvider? time = null)
    {
        string data = folder ?? Directory.CreateTempSubdirectory("vedette-server").FullName;
        var settings = new VedetteSettings
        {
            Engine = new EngineOptions { Learning = new LearningOptions { WarmupEvents = 50_000 } },
            Server = new ServerOptions { Port = 0 },
            Access = new AccessOptions { Token = Token },
            Logging = new LoggingOptions { File = "-", Level = "critical" },
            Models = new ModelOptions { TrainAutomatically = false, SimulatedHours = 0 },
            Storage = new StorageOptions { Url = "sqlite:" + data, MaxAge = TimeSpan.FromDays(36_500) },
        };
        if (change is not null) settings = change(settings);
        Store store = StoreFactory.Create(settings.Storage, TimeProvider.System);
        var server = new VedetteServer(settings, wrap is null ? store : wrap(store), time);
        await server.StartAsync(CancellationToken.None);
        var test = new TestServer(server, data, folder is null);
        if (waits) await test.UntilAsync(async () => (await test.Client.GetAsync("/health/ready")).IsSuccessStatusCode, "the server to be ready");
        return test;
    }

    /// <summary>A TCP port nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public HttpClient CreateClient(string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Makes a key of a role and returns a client that sends it.</summary>
    public async Task<HttpClient> ClientOfAsync(string role)
    {
        (_, JsonElement key) = await PostAsync("/api/keys", $$"""{"name":"{{role}} for a test","role":"{{role}}"}""");
        return CreateClient(key.GetProperty("key").GetString());
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path, HttpClient? client = null) => SendAsync(HttpMethod.Get, path, null, client);

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string body, HttpClient? client = null, string type = "application/json") =>
        SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, type), client);

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, HttpContent? content, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using HttpResponseMessage response = await (client ?? Client).SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        bool isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        return (response.StatusCode, isJson && text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }

    /// <summary>Posts a body that is refused, and whose first wrong field the problem names.</summary>
    public async Task AssertRefusedAsync(string path, string body, string field)
    {
        (HttpStatusCode status, JsonElement problem) = await PostAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    /// <summary>Asks again and again until it is so; the server works in the background.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await condition())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Waited in vain for {what}.");
            await Task.Delay(Pause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The server first: it answers what it has taken before it ends.
        await Server.DisposeAsync();
        Client.Dispose();
        if (_ownsFolder) Directory.Delete(_folder, recursive: true);
    }
}
