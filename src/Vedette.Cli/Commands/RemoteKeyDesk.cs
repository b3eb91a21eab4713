using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Cli.Commands;

/// <summary>Manages keys at a running server, with an administrator's key.</summary>
internal sealed class RemoteKeyDesk : IKeyDesk, IDisposable
{
    private readonly HttpClient _client;

    public RemoteKeyDesk(Uri server, string key)
    {
        _client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<int> CreateAsync(string name, string role, string? expires, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["name"] = name, ["role"] = role };
        if (KeyPrinter.Expiry(expires) is { } end) request["expires_at"] = end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return Tell(await SendAsync(HttpMethod.Post, "/api/keys", request, cancellationToken));
    }

    public async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        JsonElement list = await SendAsync(HttpMethod.Get, "/api/keys", null, cancellationToken);
        KeyPrinter.Header();
        foreach (JsonElement key in list.GetProperty("items").EnumerateArray())
            KeyPrinter.Row(Text(key, "id"), Text(key, "role"), key.GetProperty("created_at").GetDateTimeOffset(), Time(key, "expires_at"), Time(key, "revoked_at"), Text(key, "name"));
        return ExitCode.Done;
    }

    public async Task<int> RotateAsync(string id, CancellationToken cancellationToken) => Tell(await SendAsync(HttpMethod.Post, $"/api/keys/{Uri.EscapeDataString(id)}/rotate", null, cancellationToken));

    public async Task<int> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Delete, $"/api/keys/{Uri.EscapeDataString(id)}", null, cancellationToken);
        await Console.Error.WriteLineAsync($"vedette: key {id} is revoked.");
        return ExitCode.Done;
    }

    public void Dispose() => _client.Dispose();

    private static int Tell(JsonElement key) => KeyPrinter.Secret(Text(key, "id"), Text(key, "role"), Text(key, "key"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static DateTimeOffset? Time(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetDateTimeOffset() : null;

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            JsonElement answer = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
            if (response.IsSuccessStatusCode) return answer;
            throw new IOException($"The server refused ({(int)response.StatusCode}): {(answer.ValueKind == JsonValueKind.Object ? Text(answer, "detail") : text)}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new IOException($"The server at {_client.BaseAddress} cannot be asked: {e.Message}", e);
        }
    }
}
