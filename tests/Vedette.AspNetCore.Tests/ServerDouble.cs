using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Vedette.AspNetCore.Tests;

/// <summary>The two calls of a Vedette server that the package uses, over real HTTP, with failures on demand.</summary>
internal sealed class ServerDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServerDouble(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Events received, by idempotency key.</summary>
    public ConcurrentDictionary<string, JsonElement[]> Batches { get; } = new();

    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>So many requests to <c>/logs</c> are answered 503 first.</summary>
    public int Refusals { get; set; }

    public string Decisions { get; set; } = """{"new":[],"deleted":[]}""";

    public IReadOnlyList<JsonElement> Events => [.. Batches.Values.SelectMany(static batch => batch)];

    public static async Task<ServerDouble> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var server = new ServerDouble(app);
        app.MapPost("/logs", server.TakeAsync);
        app.MapGet("/v1/decisions/stream", (HttpRequest request) => request.Headers.Authorization == "Bearer bouncer" && request.Query["startup"] == "true" ? Results.Text(server.Decisions, "application/json") : Results.StatusCode(403));
        await app.StartAsync();
        return server;
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        string key = request.Headers["Idempotency-Key"].ToString();
        Keys.Enqueue(key);
        if (request.Headers.Authorization != "Bearer ingest") return Results.StatusCode(401);
        if (Refusals-- > 0) return Results.StatusCode(503);
        await using var body = new GZipStream(request.Body, CompressionMode.Decompress);
        string text = await new StreamReader(body, Encoding.UTF8).ReadToEndAsync();
        Batches[key] = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];
        return Results.StatusCode(201);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
