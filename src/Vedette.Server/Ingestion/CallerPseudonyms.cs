using System.Security.Cryptography;
using Vedette.Engine.Events;

namespace Vedette.Server.Ingestion;

/// <summary>Puts a keyed hash in place of API keys and session ids, before anything is analysed or kept: whoever reads the store cannot use them, and the same holder is still the same.</summary>
/// <remarks>HMAC-SHA256 (RFC 2104) cut to 96 bits. What is hashed already, because it comes back from the store, stays as it is.</remarks>
internal sealed class CallerPseudonyms
{
    private const int HashBytes = 12;
    private const int Length = 2 + 2 * HashBytes;

    private volatile byte[]? _secret;

    private static ReadOnlySpan<byte> Prefix => "h-"u8;

    /// <summary>The installation's secret, once the store has told it.</summary>
    public void Use(byte[] secret) => _secret = secret;

    /// <summary>Replaces the credentials of all events of the batch.</summary>
    public void Apply(EventBatch batch)
    {
        foreach (ref HttpEvent e in batch.Events)
        {
            if (!e.ApiKey.IsEmpty) e.ApiKey = Of(batch, e.ApiKey);
            if (!e.Session.IsEmpty) e.Session = Of(batch, e.Session);
        }
    }

    private Utf8Slice Of(EventBatch batch, Utf8Slice value)
    {
        ReadOnlySpan<byte> text = batch[value];
        if (text.Length == Length && text.StartsWith(Prefix) && text[2..].IndexOfAnyExcept("0123456789abcdef"u8) < 0) return value;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret ?? throw new InvalidOperationException("Events came before the store had told the secret."), text, hash);
        Span<byte> pseudonym = stackalloc byte[Length];
        Prefix.CopyTo(pseudonym);
        Convert.TryToHexStringLower(hash[..HashBytes], pseudonym[2..], out _);
        return batch.Append(pseudonym);
    }
}
