using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DemoApi;

/// <summary>Tokens of those who signed in, in memory.</summary>
public sealed class Sessions
{
    private const int MaxSessions = 10_000;

    private readonly ConcurrentDictionary<string, string> _users = new(StringComparer.Ordinal);

    /// <summary>A new token for <paramref name="user"/>.</summary>
    public string Open(string user)
    {
        if (_users.Count >= MaxSessions) _users.Clear();
        string token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _users[token] = user;
        return token;
    }

    /// <summary>Whose token it is; null if nobody's.</summary>
    public string? UserOf(string token) => _users.GetValueOrDefault(token);
}
