using System.Buffers;

namespace Vedette.Engine.Redaction;

/// <summary>Masks what is a secret by its own form, wherever it stands: tokens, credentials in URLs, card and account numbers; addresses of people if asked to.</summary>
internal sealed class SecretPatterns(RedactionOptions options)
{
    /// <summary>The shortest of what is looked for within words: an e-mail address may be shorter, and is looked for by its sign.</summary>
    private const int MinWordLength = 13;

    private static readonly SearchValues<byte> WordBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    public ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> text, RedactionBuffer buffer)
    {
        text = MaskWords(text, buffer);
        if (text.IndexOf("://"u8) >= 0) text = UrlPasswords.Mask(text, buffer);
        if (options.EmailAddresses && (text.Contains((byte)'@') || text.IndexOf("%40"u8) >= 0)) text = EmailAddresses.Mask(text, buffer);
        if (options.PhoneNumbers && (text.Contains((byte)'+') || text.IndexOf("%2B"u8) >= 0)) text = PhoneNumbers.Mask(text, buffer);
        return text;
    }

    private ReadOnlySpan<byte> MaskWords(ReadOnlySpan<byte> text, RedactionBuffer buffer)
    {
        int at = 0, copied = 0;
        bool isBegun = false;
        while (at < text.Length)
        {
            int step = text[at..].IndexOfAny(WordBytes);
            if (step < 0) break;
            int start = at + step;
            int length = text[start..].IndexOfAnyExcept(WordBytes);
            at = length < 0 ? text.Length : start + length;
            if (!TryFind(text, start, at, out int secretStart, out int secretEnd)) continue;
            if (!isBegun) buffer.Begin(text.Length);
            isBegun = true;
            buffer.Add(text[copied..secretStart]);
            buffer.Add(NamedValues.MaskText);
            copied = at = secretEnd;
        }
        if (!isBegun) return text;
        buffer.Add(text[copied..]);
        return buffer.Text;
    }

    /// <summary>Looks at the word in [<paramref name="start"/>, <paramref name="end"/>), and beyond its end where a secret may go on.</summary>
    private bool TryFind(ReadOnlySpan<byte> text, int start, int end, out int secretStart, out int secretEnd)
    {
        if (Tokens.TryFind(text, start, end, out secretStart, out secretEnd)) return true;
        if (!options.PaymentNumbers) return false;
        // Cards are written in groups, so that a word may be the first four digits only.
        bool mayBeNumber = end - start >= MinWordLength || (end - start >= 4 && char.IsAsciiDigit((char)text[end - 1]) && end < text.Length);
        return mayBeNumber && PaymentNumbers.TryFind(text, start, end, out secretStart, out secretEnd);
    }
}
