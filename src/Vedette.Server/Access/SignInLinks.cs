using System.Buffers.Text;
using System.Security.Cryptography;

namespace Vedette.Server.Access;

/// <summary>One-time links that sign a browser in: short-lived, used once, never stored. Thread-safe.</summary>
public sealed class SignInLinks(TimeProvider time)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int MaxLinks = 100;

    private readonly Lock _lock = new();
    private readonly List<(byte[] Hash, string KeyId, DateTimeOffset End)> _links = [];

    /// <summary>A token for <c>/signin?token=…</c> that signs in with the rights of a key.</summary>
    public string Create(string keyId)
    {
        string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        lock (_lock)
        {
            if (_links.Count >= MaxLinks) _links.RemoveAt(0);
            _links.Add((ApiKey.Hash(token), keyId, time.GetUtcNow() + Lifetime));
        }
        return token;
    }

    /// <summary>Takes a token; the id of its key, or null if it was used, is too old or was never given.</summary>
    public string? Redeem(string token)
    {
        if (token.Length is 0 or > ApiKey.MaxLength) return null;
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            _links.RemoveAll(link => link.End <= now);
            int index = _links.FindIndex(link => ApiKey.Matches(token, link.Hash));
            if (index < 0) return null;
            string keyId = _links[index].KeyId;
            _links.RemoveAt(index);
            return keyId;
        }
    }
}
