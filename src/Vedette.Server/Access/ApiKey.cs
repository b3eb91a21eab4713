using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Vedette.Storage.Control;

namespace Vedette.Server.Access;

/// <summary>API keys: <c>vdt_ID_SECRET</c>, 10 characters of public id and 32 random bytes. Kept is the SHA-256 of the whole.</summary>
/// <remarks>A plain hash suffices: the secret has 256 bits of randomness, so there is nothing to guess.</remarks>
public static class ApiKey
{
    private const string Prefix = "vdt_";
    private const string IdLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdLength = 10;

    /// <summary>Longest text that is looked at as a key.</summary>
    public const int MaxLength = 200;

    /// <summary>Most characters of a name.</summary>
    public const int MaxName = 100;

    /// <summary>Whether a key may be called so: something, of no more than <see cref="MaxName"/> characters that all can be seen.</summary>
    public static bool IsName(string name) => name.Trim().Length is > 0 and <= MaxName && !name.Any(char.IsControl);

    /// <summary>Makes a key: its record, and the text that is shown once.</summary>
    public static (KeyRecord Record, string Text) Create(string name, Role role, DateTimeOffset now, DateTimeOffset? expiresAt) =>
        Create(RandomNumberGenerator.GetString(IdLetters, IdLength), name, role, now, expiresAt);

    /// <summary>How a key has ended, which no new secret changes: revoked or expired; null while it is good.</summary>
    public static string? EndOf(KeyRecord key, DateTimeOffset now) => key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : null;

    /// <summary>Makes a new secret for a key that exists: the old text is worth nothing from then on.</summary>
    public static (KeyRecord Record, string Text) Rotate(KeyRecord key, DateTimeOffset now)
    {
        string text = TextOf(key.Id);
        return (key with { Hash = Hash(text), CreatedAt = now, RevokedAt = null }, text);
    }

    /// <summary>The id in a key's text; false if it does not look like a key.</summary>
    public static bool TryReadId(ReadOnlySpan<char> text, out ReadOnlySpan<char> id)
    {
        id = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        int end = text[Prefix.Length..].IndexOf('_');
        if (end is < 1 or > 64) return false;
        id = text.Slice(Prefix.Length, end);
        return true;
    }

    public static byte[] Hash(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[MaxLength * 3];
        int length = Encoding.UTF8.GetBytes(text, bytes);
        return SHA256.HashData(bytes[..length]);
    }

    /// <summary>Compares in time that does not depend on where the two differ.</summary>
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<byte> hash)
    {
        if (text.Length > MaxLength) return false;
        Span<byte> bytes = stackalloc byte[MaxLength * 3];
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        int length = Encoding.UTF8.GetBytes(text, bytes);
        SHA256.HashData(bytes[..length], computed);
        return CryptographicOperations.FixedTimeEquals(computed, hash);
    }

    private static (KeyRecord Record, string Text) Create(string id, string name, Role role, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        string text = TextOf(id);
        return (new KeyRecord(id, name, role.Name(), Hash(text), now, expiresAt, null), text);
    }

    private static string TextOf(string id) => $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
}
