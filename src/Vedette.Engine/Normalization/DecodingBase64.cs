using System.Buffers;
using System.Buffers.Text;

namespace Vedette.Engine.Normalization;

/// <summary>Base64 in both alphabets, with or without padding; taken for real only if it decodes to readable text.</summary>
internal static class DecodingBase64
{
    /// <summary>Shorter text decodes to something readable by chance too often.</summary>
    public const int MinLength = 12;

    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    /// <summary>Decodes <paramref name="text"/> if it is base64 of readable text.</summary>
    /// <param name="text">The candidate.</param>
    /// <param name="target">At least as long as <paramref name="text"/> plus four bytes; used as working space too.</param>
    /// <returns>The bytes written, or -1 if it is no base64 or not readable.</returns>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> target)
    {
        text = text.TrimEnd((byte)'=');
        if (text.Length < MinLength || text.Length % 4 == 1 || target.Length < text.Length + 4) return -1;
        if (text.ContainsAnyExcept(Alphabet)) return -1;
        int length = text.Length;
        text.CopyTo(target);
        target[..length].Replace((byte)'-', (byte)'+');
        target[..length].Replace((byte)'_', (byte)'/');
        while (length % 4 != 0) target[length++] = (byte)'=';
        var status = Base64.DecodeFromUtf8InPlace(target[..length], out int written);
        return status == OperationStatus.Done && IsReadable(target[..written]) ? written : -1;
    }

    /// <summary>The characters of base64 that <paramref name="text"/> begins with.</summary>
    public static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExcept(Alphabet);
        return end < 0 ? text : text[..end];
    }

    /// <summary>True if nearly every byte is printable ASCII or white space.</summary>
    private static bool IsReadable(ReadOnlySpan<byte> text)
    {
        int odd = 0;
        foreach (byte b in text)
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n') or >= 0x7F) odd++;
        return text.Length >= MinLength / 2 && odd * 20 <= text.Length;
    }
}
