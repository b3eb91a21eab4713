using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Cli;

/// <summary>A running server, asked over HTTP with a key.</summary>
internal sealed class RemoteServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;

    /// <param name="address">Its address, <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="key">The key given with <c>--key</c>; without one that of the environment, <c>VEDETTE_KEY</c> or <c>AUTH_TOKEN</c>.</param>
    /// <exception cref="UsageException">The address is none, or there is no key.</exception>
    public RemoteServer(string address, string? key)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")) throw new UsageException($"--server is '{address}'; write it as http://127.0.0.1:8080.");
        string? given = new[] { key, Environment.GetEnvironmentVariable("VEDETTE_KEY"), Environment.GetEnvironmentVariable("AUTH_TOKEN") }.FirstOrDefault(static text => !string.IsNullOrEmpty(text));
        if (given is null) throw new UsageException("--server needs a key: give --key, or set VEDETTE_KEY.");
        if (given.AsSpan().ContainsAnyExceptInRange('!', '~')) throw new UsageException("The key holds characters that no key has; was it copied whole?");
        _client = new HttpClient { BaseAddress = uri, Timeout = Patience };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", given);
    }

    /// <summary>Asks, and gives the body of the answer; undefined if it is empty.</summary>
    /// <exception cref="IOException">The server cannot be reached, refuses, or is none of ours.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            JsonElement answer = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
            return response.IsSuccessStatusCode ? answer : throw new IOException($"The server refused ({(int)response.StatusCode}): {Reason(answer) ?? response.ReasonPhrase}");
        }
        catch (JsonException e)
        {
            throw new IOException($"What answers at {_client.BaseAddress} is no Vedette server.", e);
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"The server at {_client.BaseAddress} cannot be asked: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The server at {_client.BaseAddress} did not answer within {Patience.TotalSeconds:0} seconds.", e);
        }
    }

    public void Dispose() => _client.Dispose();

    private static string? Reason(JsonElement answer) => answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("detail", out JsonElement detail) ? detail.GetString() : null;
}
