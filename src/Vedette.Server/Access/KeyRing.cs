using System.Collections.Concurrent;
using System.Collections.Frozen;
using Vedette.Storage.Control;

namespace Vedette.Server.Access;

/// <summary>The keys in force, in memory; the store is the truth and is read again every few seconds, so that other processes can change it. Thread-safe.</summary>
public sealed class KeyRing(IControlStore store, AccessOptions options, TimeProvider time)
{
    /// <summary>Id of the key given from outside.</summary>
    public const string TokenId = "token";

    private readonly byte[]? _tokenHash = options.Token.Length == 0 ? null : ApiKey.Hash(options.Token);
    private readonly ConcurrentDictionary<string, long> _lastUsed = new(StringComparer.Ordinal);
    private FrozenDictionary<string, (KeyRecord Record, Principal Principal)> _keys = FrozenDictionary<string, (KeyRecord, Principal)>.Empty;

    /// <summary>True if the token of the settings is a key.</summary>
    public bool HasToken => _tokenHash is not null;

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyRecord> keys = await store.KeysAsync(cancellationToken);
        _keys = keys.Where(static key => Roles.TryParse(key.Role, out _)).ToFrozenDictionary(static key => key.Id, static key => (key, PrincipalOf(key)), StringComparer.Ordinal);
    }

    public async ValueTask SaveAsync(KeyRecord key, CancellationToken cancellationToken)
    {
        await store.SaveKeyAsync(key, cancellationToken);
        await LoadAsync(cancellationToken);
    }

    public IReadOnlyCollection<KeyRecord> Keys => [.. _keys.Values.Select(static entry => entry.Record)];

    public KeyRecord? Find(string id) => _keys.TryGetValue(id, out var entry) ? entry.Record : null;

    /// <summary>When the key was used last since the server started; null if it was not.</summary>
    public DateTimeOffset? LastUsed(string id) => _lastUsed.TryGetValue(id, out long ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Who a key belongs to; null if it is unknown, wrong, expired or revoked.</summary>
    public Principal? Authenticate(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > ApiKey.MaxLength) return null;
        if (_tokenHash is not null && ApiKey.Matches(text, _tokenHash)) return TokenPrincipal;
        if (!ApiKey.TryReadId(text, out ReadOnlySpan<char> id)) return null;
        if (!_keys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var entry)) return null;
        if (!ApiKey.Matches(text, entry.Record.Hash) || !IsInForce(entry.Record)) return null;
        Touch(entry.Record.Id);
        return entry.Principal;
    }

    /// <summary>Who the key with this id belongs to, without proof; null unless it is in force.</summary>
    public Principal? FindPrincipal(string id)
    {
        if (id == TokenId) return _tokenHash is null ? null : TokenPrincipal;
        return _keys.TryGetValue(id, out var entry) && IsInForce(entry.Record) ? entry.Principal : null;
    }

    /// <summary>First bytes of the key's hash: a session made with it ends when the key is rotated.</summary>
    public ReadOnlySpan<byte> StampOf(string id)
    {
        byte[]? hash = id == TokenId ? _tokenHash : Find(id)?.Hash;
        return hash is null ? default : hash.AsSpan(0, 8);
    }

    private static Principal TokenPrincipal { get; } = new(TokenId, "AUTH_TOKEN", Role.Admin);

    private static Principal PrincipalOf(KeyRecord key) => new(key.Id, key.Name, Roles.TryParse(key.Role, out Role role) ? role : Role.Anonymous);

    private bool IsInForce(KeyRecord key)
    {
        DateTimeOffset now = time.GetUtcNow();
        return (key.RevokedAt is null || key.RevokedAt > now) && (key.ExpiresAt is null || key.ExpiresAt > now);
    }

    /// <summary>Written at most once a second and key: requests must not contend for it.</summary>
    private void Touch(string id)
    {
        long now = time.GetUtcNow().UtcTicks;
        if (!_lastUsed.TryGetValue(id, out long before) || now - before > TimeSpan.TicksPerSecond) _lastUsed[id] = now;
    }
}
