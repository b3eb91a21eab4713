using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Vedette.Server.Access;

/// <summary>Makes and checks the cookie of the dashboard: session id, key id and end, signed with the installation's secret. Thread-safe.</summary>
/// <remarks>
/// The cookie carries the session, so it survives a restart. It ends with its time, with its key (expired, revoked or rotated), or when
/// its browser signs out, which is remembered until the session would have ended anyway, for at most <see cref="MaxEnded"/> sessions.
/// </remarks>
public sealed class SessionCookies(KeyRing keys, AccessOptions options, TimeProvider time)
{
    public const string CookieName = "vedette";
    public const string CsrfHeader = "X-CSRF-Token";

    private const int MaxEnded = 10_000;

    private byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>Signs with the installation's secret from now on; until it is known, with one of this run.</summary>
    public void UseSecret(byte[] secret) => _secret = secret;

    /// <summary>The cookie's value for a new session of this key.</summary>
    public (string Value, Session Session) Create(string keyId)
    {
        DateTimeOffset end = time.GetUtcNow().AddHours(options.SessionHours);
        var session = new Session(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), keyId, end);
        string payload = string.Create(CultureInfo.InvariantCulture, $"{session.Id}.{keyId}.{end.ToUnixTimeSeconds()}");
        return ($"{payload}.{Sign(payload, keys.StampOf(keyId))}", session);
    }

    /// <summary>Who the cookie belongs to; null if it is forged, over, or its key is no longer in force.</summary>
    public Principal? Read(string cookie)
    {
        if (cookie.Length > 300) return null;
        int end = cookie.LastIndexOf('.');
        if (end < 0) return null;
        string payload = cookie[..end];
        string[] parts = payload.Split('.');
        if (parts.Length != 3 || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)) return null;
        string expected = Sign(payload, keys.StampOf(parts[1]));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(cookie[(end + 1)..]))) return null;
        var session = new Session(parts[0], parts[1], DateTimeOffset.FromUnixTimeSeconds(seconds));
        if (session.ExpiresAt <= time.GetUtcNow() || _ended.ContainsKey(session.Id)) return null;
        return keys.FindPrincipal(session.KeyId) is { } principal ? principal with { Session = session } : null;
    }

    /// <summary>What the session's pages have to send with every change: no other site can know it.</summary>
    public string CsrfOf(Session session) => Sign("csrf." + session.Id, default);

    public bool IsCsrf(Session session, string? sent) =>
        sent is { Length: < 200 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CsrfOf(session)), Encoding.UTF8.GetBytes(sent));

    public void End(Session session)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_ended.Count >= MaxEnded)
            foreach ((string id, DateTimeOffset end) in _ended)
                if (end <= now) _ended.TryRemove(id, out _);
        if (_ended.Count < MaxEnded) _ended[session.Id] = session.ExpiresAt;
    }

    private string Sign(string text, ReadOnlySpan<byte> stamp)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hmac.AppendData(Encoding.UTF8.GetBytes(text));
        hmac.AppendData(stamp);
        return Base64Url.EncodeToString(hmac.GetHashAndReset());
    }
}
