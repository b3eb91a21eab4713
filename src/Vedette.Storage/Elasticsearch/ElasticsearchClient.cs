using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Storage.Elasticsearch;

/// <summary>Speaks the REST API. What is overloaded or away is asked again a few times; then it is <see cref="StoreUnavailableException"/>. Thread-safe; shared by the parts of a store.</summary>
internal sealed class ElasticsearchClient : IAsyncDisposable
{
    private const int Attempts = 4;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue Lines = new("application/x-ndjson");

    private readonly HttpClient _http;

    public ElasticsearchClient(StorageOptions options)
    {
        var url = new Uri(options.Url);
        Prefix = ElasticsearchUrl.PrefixOf(url);
        Name = $"Elasticsearch on {url.Host}:{url.Port}";
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = ElasticsearchUrl.BaseOf(url),
            Timeout = options.CommandTimeout,
        };
        if (options.ApiKey.Length > 0) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", options.ApiKey);
        else if (ElasticsearchUrl.UserInfoOf(url) is { } user) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
    }

    /// <summary>What names of indices begin with.</summary>
    public string Prefix { get; }

    /// <summary>For messages, without user and password.</summary>
    public string Name { get; }

    /// <summary>An index of ours.</summary>
    public string Index(string subject) => $"{Prefix}-{subject}";

    /// <summary>Sends a request and reads its answer; null for 404.</summary>
    /// <exception cref="StoreUnavailableException">It is away, overloaded for too long, or refuses us.</exception>
    /// <exception cref="ElasticsearchConflictException">The document has changed, or exists already.</exception>
    public async ValueTask<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) =>
        await SendAsync(method, path, body is null ? (ReadOnlyMemory<byte>?)null : JsonSerializer.SerializeToUtf8Bytes(body), Json, cancellationToken);

    /// <summary>Sends lines of JSON.</summary>
    public async ValueTask<JsonNode> SendLinesAsync(string path, ReadOnlyMemory<byte> lines, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, path, lines, Lines, cancellationToken) ?? throw new StoreUnavailableException($"{Name} does not know {path.Split('?')[0]}.");

    /// <summary>Waits before the next attempt: 0.1, 0.4, 1.6 seconds.</summary>
    public static Task PauseAsync(int attempt, CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(0.1 * Math.Pow(4, attempt)), cancellationToken);

    private async ValueTask<JsonNode?> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            (bool isFinal, JsonNode? answer, string problem) = await TryAsync(method, path, body, type, cancellationToken);
            if (isFinal) return answer;
            if (attempt + 1 >= Attempts) throw new StoreUnavailableException($"{Name}: {problem}");
            await PauseAsync(attempt, cancellationToken);
        }
    }

    private async ValueTask<(bool IsFinal, JsonNode? Answer, string Problem)> TryAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is { } content) request.Content = new ReadOnlyMemoryContent(content) { Headers = { ContentType = type } };
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
                return (false, null, $"it answers {(int)response.StatusCode} for too long.");
            if (response.StatusCode == HttpStatusCode.NotFound) return (true, null, "");
            if (response.StatusCode == HttpStatusCode.Conflict) throw new ElasticsearchConflictException();
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode) throw new StoreUnavailableException($"{Name} refuses {method} {path.Split('?')[0]} with {(int)response.StatusCode}: {ReasonIn(text)}");
            return (true, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text), "");
        }
        catch (HttpRequestException e)
        {
            return (false, null, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException($"{Name} has not answered in time.");
        }
        catch (JsonException e)
        {
            throw new StoreUnavailableException($"{Name} answers with something that is no JSON.", e);
        }
    }

    /// <summary><c>{"error":{"type":…,"reason":…}}</c> as one line.</summary>
    internal static string ReasonIn(string text)
    {
        try
        {
            JsonNode? error = JsonNode.Parse(text)?["error"];
            string reason = error is JsonObject ? $"{error["type"]}: {error["reason"]}" : error?.ToString() ?? "no reason given";
            return reason.Length <= 300 ? reason : reason[..300];
        }
        catch (JsonException)
        {
            return "no reason given";
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A document was changed by somebody else, or exists already.</summary>
internal sealed class ElasticsearchConflictException : Exception;
