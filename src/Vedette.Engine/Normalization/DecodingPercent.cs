namespace Vedette.Engine.Normalization;

/// <summary>Percent-encoding as it is found in the wild: %XX, %uXXXX, <c>+</c> in forms, and UTF-8 that is longer than needed.</summary>
internal static class DecodingPercent
{
    /// <summary>Decodes one layer. A malformed escape stays as it is.</summary>
    /// <param name="source">Encoded bytes.</param>
    /// <param name="target">At least as long as <paramref name="source"/>; may be the same memory.</param>
    /// <param name="isForm">True if <c>+</c> means a space.</param>
    /// <param name="encodings">Receives what was met, added to what it held.</param>
    /// <returns>The number of bytes written; never more than were read.</returns>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target, bool isForm, ref LeafEncodings encodings)
    {
        int written = 0;
        for (int i = 0; i < source.Length; i++)
        {
            byte b = source[i];
            if (b == '%' && TryReadEscape(source[i..], out int value, out int length))
            {
                i += length - 1;
                encodings |= LeafEncodings.Percent;
                if (length == 6)
                {
                    encodings |= LeafEncodings.PercentUnicode;
                    written += DecodingText.WriteFolded(value, target[written..], ref encodings);
                    continue;
                }
                b = (byte)value;
                if (b is (byte)'.' or (byte)'\\') encodings |= LeafEncodings.EncodedDots;
            }
            else if (b == '+' && isForm)
            {
                b = (byte)' ';
            }
            target[written++] = b;
        }
        return written;
    }

    /// <summary>True if <paramref name="text"/> holds at least one escape that <see cref="Decode"/> would undo.</summary>
    public static bool HasEscape(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf((byte)'%'); at >= 0 && at + 2 < text.Length;)
        {
            if (TryReadEscape(text[at..], out _, out _)) return true;
            int next = text[(at + 1)..].IndexOf((byte)'%');
            if (next < 0) break;
            at += next + 1;
        }
        return false;
    }

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    /// <summary>The number written in hexadecimal digits, or -1 if one is none.</summary>
    public static int HexNumber(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte b in digits)
        {
            int digit = HexValue(b);
            if (digit < 0) return -1;
            value = (value << 4) | digit;
        }
        return value;
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> text, out int value, out int length)
    {
        if (text.Length >= 6 && text[1] is (byte)'u' or (byte)'U')
        {
            length = 6;
            value = HexNumber(text.Slice(2, 4));
            return value >= 0;
        }
        length = 3;
        value = text.Length >= 3 ? HexNumber(text.Slice(1, 2)) : -1;
        return value >= 0;
    }
}
