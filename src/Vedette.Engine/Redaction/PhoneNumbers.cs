namespace Vedette.Engine.Redaction;

/// <summary>Masks telephone numbers in international form (ITU-T E.164: plus, 8 to 15 digits), with spaces, hyphens or brackets between. Numbers without the plus look like any other number.</summary>
internal static class PhoneNumbers
{
    public static ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> text, RedactionBuffer buffer)
    {
        int copied = 0, at = 0;
        bool isBegun = false;
        while (at < text.Length)
        {
            int step = text[at..].IndexOfAny((byte)'+', (byte)'%');
            if (step < 0) break;
            int sign = at + step;
            int signLength = text[sign] == '+' ? 1 : text[sign..].StartsWith("%2B"u8) ? 3 : 0;
            at = sign + Math.Max(1, signLength);
            // In a query a plus behind a letter or digit is a space between words.
            if (signLength == 0 || (sign > 0 && char.IsAsciiLetterOrDigit((char)text[sign - 1])) || !TryNumber(text, at, out int end)) continue;
            if (!isBegun) buffer.Begin(text.Length);
            isBegun = true;
            buffer.Add(text[copied..sign]);
            buffer.Add(NamedValues.MaskText);
            copied = at = end;
        }
        if (!isBegun) return text;
        buffer.Add(text[copied..]);
        return buffer.Text;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, int start, out int end)
    {
        int digits = 0, at = start;
        end = start;
        while (at < text.Length && digits <= 15)
        {
            if (char.IsAsciiDigit((char)text[at]))
            {
                digits++;
                end = ++at;
            }
            else if (digits > 0 && text[at] is (byte)' ' or (byte)'-' or (byte)'(' or (byte)')' or (byte)'.') at++;
            else if (digits > 0 && text[at..].StartsWith("%20"u8)) at += 3;
            else break;
        }
        return digits is >= 8 and <= 15 && text[start] != '0';
    }
}
