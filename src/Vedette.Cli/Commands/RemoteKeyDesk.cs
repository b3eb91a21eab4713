using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Cli.Commands;

/// <summary>Manages keys at a running server, with an administrator's key.</summary>
internal sealed class RemoteKeyDesk(RemoteServer server) : IKeyDesk
{
    public async Task<int> CreateAsync(string name, string role, string? expires, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["name"] = name, ["role"] = role };
        if (KeyPrinter.Expiry(expires) is { } end) request["expires_at"] = end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return Tell(await server.SendAsync(HttpMethod.Post, "/api/keys", request, cancellationToken));
    }

    public async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        JsonElement list = await server.SendAsync(HttpMethod.Get, "/api/keys", null, cancellationToken);
        KeyPrinter.Header();
        foreach (JsonElement key in list.GetProperty("items").EnumerateArray())
            KeyPrinter.Row(Text(key, "id"), Text(key, "role"), key.GetProperty("created_at").GetDateTimeOffset(), Time(key, "expires_at"), Time(key, "revoked_at"), Text(key, "name"));
        return ExitCode.Done;
    }

    public async Task<int> RotateAsync(string id, CancellationToken cancellationToken) => Tell(await server.SendAsync(HttpMethod.Post, $"/api/keys/{Uri.EscapeDataString(id)}/rotate", null, cancellationToken));

    public async Task<int> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        await server.SendAsync(HttpMethod.Delete, $"/api/keys/{Uri.EscapeDataString(id)}", null, cancellationToken);
        await Console.Error.WriteLineAsync($"vedette: key {id} is revoked.");
        return ExitCode.Done;
    }

    private static int Tell(JsonElement key) => KeyPrinter.Secret(Text(key, "id"), Text(key, "role"), Text(key, "key"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static DateTimeOffset? Time(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetDateTimeOffset() : null;
}
