namespace Vedette.Engine.Redaction;

/// <summary>Masks the part of an e-mail address that names the person.</summary>
internal static class EmailAddresses
{
    private const int MaxLocalPart = 64;

    public static ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> text, RedactionBuffer buffer)
    {
        int copied = 0, at = 0;
        bool isBegun = false;
        while (at < text.Length)
        {
            int step = text[at..].IndexOfAny((byte)'@', (byte)'%');
            if (step < 0) break;
            int sign = at + step;
            int signLength = text[sign] == '@' ? 1 : text[sign..].StartsWith("%40"u8) ? 3 : 0;
            at = sign + Math.Max(1, signLength);
            if (signLength == 0 || !IsDomain(text[at..])) continue;
            int start = sign;
            while (start > copied && sign - start < MaxLocalPart && IsLocal(text[start - 1])) start--;
            if (start == sign) continue;
            if (!isBegun) buffer.Begin(text.Length);
            isBegun = true;
            buffer.Add(text[copied..start]);
            buffer.Add(NamedValues.MaskText);
            copied = sign;
        }
        if (!isBegun) return text;
        buffer.Add(text[copied..]);
        return buffer.Text;
    }

    private static bool IsLocal(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'_' or (byte)'-' or (byte)'+';

    /// <summary>A name with a dot, and letters behind it.</summary>
    private static bool IsDomain(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && length < 255 && (char.IsAsciiLetterOrDigit((char)text[length]) || text[length] is (byte)'.' or (byte)'-')) length++;
        int dot = text[..length].IndexOf((byte)'.');
        return dot > 0 && dot + 2 < length && char.IsAsciiLetter((char)text[dot + 1]);
    }
}
