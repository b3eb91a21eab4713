using System.Security.Cryptography;
using System.Text.Json;
using Vedette.Storage.Control;

namespace Vedette.Server.Access;

/// <summary>What an installation makes for itself at its first start: the secret that signs sessions, and a first administrator's key.</summary>
internal static class Installation
{
    private const string SecretName = "session_secret";

    /// <summary>The secret, made if there is none.</summary>
    public static async ValueTask<byte[]> SecretAsync(IControlStore store, CancellationToken cancellationToken)
    {
        if (await store.SettingAsync(SecretName, cancellationToken) is { } known) return Convert.FromBase64String(JsonSerializer.Deserialize<string>(known)!);
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        await store.SaveSettingAsync(SecretName, JsonSerializer.Serialize(Convert.ToBase64String(secret)), cancellationToken);
        return secret;
    }

    /// <summary>The text of a new administrator's key if nobody could sign in otherwise; else null.</summary>
    public static async ValueTask<string?> FirstKeyAsync(KeyRing keys, TimeProvider time, CancellationToken cancellationToken)
    {
        if (keys.HasToken || keys.Keys.Count > 0) return null;
        (KeyRecord key, string text) = ApiKey.Create("first administrator", Role.Admin, time.GetUtcNow(), null);
        await keys.SaveAsync(key, cancellationToken);
        return text;
    }
}
