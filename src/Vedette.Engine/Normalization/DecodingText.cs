using System.Text;

namespace Vedette.Engine.Normalization;

/// <summary>Undoes what hides ASCII in text: overlong UTF-8, full-width forms, HTML entities and the escapes of JSON, JavaScript and SQL strings.</summary>
internal static class DecodingText
{
    /// <summary>Replaces overlong UTF-8 and full-width or look-alike forms of punctuation by the ASCII they stand for, in place.</summary>
    /// <returns>The new length.</returns>
    public static int Fold(Span<byte> text, ref LeafEncodings encodings)
    {
        int first = text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        if (first < 0) return text.Length;
        int written = first;
        for (int i = first; i < text.Length;)
        {
            int length = SequenceLength(text[i..], out int value, ref encodings);
            if (length > 0 && (value < 0x80 || AsciiTwin(value) > 0))
            {
                written += WriteFolded(value, text[written..], ref encodings);
                i += length;
            }
            else if (text[i] is 0xC0 or 0xC1)
            {
                // They can only begin an overlong form; some decoders drop them and use the byte that follows.
                encodings |= LeafEncodings.Overlong;
                i++;
            }
            else
            {
                text[written++] = text[i++];
            }
        }
        return written;
    }

    /// <summary>Writes a code point as UTF-8, full-width punctuation as ASCII. Needs room for four bytes; returns the bytes written.</summary>
    public static int WriteFolded(int codePoint, Span<byte> target, ref LeafEncodings encodings)
    {
        int ascii = AsciiTwin(codePoint);
        if (ascii > 0)
        {
            encodings |= LeafEncodings.Fullwidth;
            codePoint = ascii;
        }
        var rune = Rune.IsValid(codePoint) ? new Rune(codePoint) : Rune.ReplacementChar;
        return rune.TryEncodeToUtf8(target, out int written) ? written : 0;
    }

    /// <summary>
    /// Decodes HTML character references: decimal, hexadecimal, with or without semicolon, and the named ones that matter. In a text that is markup already angle brackets stay written as they are: there
    /// they are text, and only a document inside an attribute would be read once more.
    /// </summary>
    /// <param name="source">Text.</param>
    /// <param name="target">At least as long as <paramref name="source"/>.</param>
    /// <returns>The bytes written, or -1 if there was nothing to decode.</returns>
    public static int DecodeEntities(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        bool found = false;
        bool isMarkup = IsMarkup(source);
        var ignored = LeafEncodings.None;
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] == '&' && TryReadEntity(source[i..], out int value, out int length) && !(isMarkup && value is '<' or '>'))
            {
                found = true;
                i += length - 1;
                written += WriteFolded(value, target[written..], ref ignored);
                continue;
            }
            target[written++] = source[i];
        }
        return found ? written : -1;
    }

    /// <summary>True if the text closes a tag of its own and holds no document in an attribute.</summary>
    private static bool IsMarkup(ReadOnlySpan<byte> text)
    {
        int closing = text.IndexOf("</"u8);
        return closing > 0 && text[..closing].Contains((byte)'>') && !HoldsDocument(text);
    }

    private static bool HoldsDocument(ReadOnlySpan<byte> text)
    {
        var attribute = "srcdoc"u8;
        for (int at = text.IndexOfAny((byte)'s', (byte)'S'); at >= 0 && at + attribute.Length <= text.Length;)
        {
            if (Ascii.EqualsIgnoreCase(text.Slice(at, attribute.Length), attribute)) return true;
            int next = text[(at + 1)..].IndexOfAny((byte)'s', (byte)'S');
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

    /// <summary>Decodes <c>\uXXXX</c>, <c>\u{X…}</c>, <c>\xXX</c>; other escapes stay.</summary>
    /// <inheritdoc cref="DecodeEntities"/>
    public static int DecodeEscapes(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        bool found = false;
        var ignored = LeafEncodings.None;
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] == '\\' && TryReadEscape(source[i..], out int value, out int length))
            {
                found = true;
                i += length - 1;
                written += WriteFolded(value, target[written..], ref ignored);
                continue;
            }
            target[written++] = source[i];
        }
        return found ? written : -1;
    }

    /// <summary>Reads a backslash escape at the start of <paramref name="text"/>.</summary>
    internal static bool TryReadEscape(ReadOnlySpan<byte> text, out int value, out int length)
    {
        value = -1;
        length = 0;
        if (text.Length >= 6 && text[1] == 'u' && text[2] != '{')
        {
            length = 6;
            value = DecodingPercent.HexNumber(text.Slice(2, 4));
        }
        else if (text.Length >= 5 && text[1] == 'u')
        {
            int end = text[..Math.Min(text.Length, 11)].IndexOf((byte)'}');
            if (end < 4) return false;
            length = end + 1;
            value = DecodingPercent.HexNumber(text[3..end]);
        }
        else if (text.Length >= 4 && text[1] == 'x')
        {
            length = 4;
            value = DecodingPercent.HexNumber(text.Slice(2, 2));
        }
        return value >= 0;
    }

    private static bool TryReadEntity(ReadOnlySpan<byte> text, out int value, out int length)
    {
        value = 0;
        length = 0;
        if (text.Length < 3) return false;
        if (text[1] == '#') return TryReadNumericEntity(text, out value, out length);
        foreach (var (name, character) in NamedEntities)
        {
            if (!text[1..].StartsWith(name)) continue;
            value = character;
            length = name.Length + 1;
            return true;
        }
        return false;
    }

    private static bool TryReadNumericEntity(ReadOnlySpan<byte> text, out int value, out int length)
    {
        bool isHex = text[2] is (byte)'x' or (byte)'X';
        int radix = isHex ? 16 : 10;
        int i = isHex ? 3 : 2;
        int first = i;
        value = 0;
        for (; i < text.Length && i - first < 10; i++)
        {
            int digit = DecodingPercent.HexValue(text[i]);
            if (digit < 0 || digit >= radix) break;
            value = Math.Min(value * radix + digit, 0x110000);
        }
        length = i < text.Length && text[i] == ';' ? i + 1 : i;
        return i > first && value is > 0 and < 0x110000;
    }

    private static readonly (byte[] Name, char Character)[] NamedEntities =
    [
        ("lt;"u8.ToArray(), '<'), ("gt;"u8.ToArray(), '>'), ("quot;"u8.ToArray(), '"'), ("apos;"u8.ToArray(), '\''), ("amp;"u8.ToArray(), '&'),
        ("colon;"u8.ToArray(), ':'), ("lpar;"u8.ToArray(), '('), ("rpar;"u8.ToArray(), ')'), ("Tab;"u8.ToArray(), '\t'), ("NewLine;"u8.ToArray(), '\n'),
        ("nbsp;"u8.ToArray(), ' '), ("sol;"u8.ToArray(), '/'), ("bsol;"u8.ToArray(), '\\'), ("excl;"u8.ToArray(), '!'), ("grave;"u8.ToArray(), '`'),
    ];

    /// <summary>Length of the UTF-8 sequence at the start of <paramref name="text"/>, shortest form or not; 0 if it is none.</summary>
    private static int SequenceLength(ReadOnlySpan<byte> text, out int value, ref LeafEncodings encodings)
    {
        byte lead = text[0];
        int length = lead switch { >= 0xC0 and < 0xE0 => 2, >= 0xE0 and < 0xF0 => 3, >= 0xF0 and < 0xF8 => 4, _ => 0 };
        value = lead & (0x7F >> Math.Max(1, length));
        if (length == 0 || text.Length < length) return 0;
        for (int i = 1; i < length; i++)
        {
            if ((text[i] & 0xC0) != 0x80) return 0;
            value = (value << 6) | (text[i] & 0x3F);
        }
        int shortest = length switch { 2 => 0x80, 3 => 0x800, _ => 0x10000 };
        if (value < shortest) encodings |= LeafEncodings.Overlong;
        return length;
    }

    /// <summary>The ASCII character that a full-width form or a look-alike slash or dot stands for; 0 if none.</summary>
    private static int AsciiTwin(int codePoint) => codePoint switch
    {
        0xFF02 or 0xFF07 or 0xFF0E or 0xFF0F or 0xFF1B or 0xFF1C or 0xFF1D or 0xFF1E or 0xFF3C or 0xFF40 or 0xFF5B or 0xFF5C or 0xFF5D or 0xFF04 => codePoint - 0xFEE0,
        0x2215 or 0x2044 => '/',
        0x2216 => '\\',
        0x2024 => '.',
        // Letters and primes that some character sets take for their nearest ASCII neighbour.
        0x017F => 's',
        0x0131 => 'i',
        0x212A => 'k',
        0x02B9 or 0x2032 => '\'',
        (>= 0xFF21 and <= 0xFF3A) or (>= 0xFF41 and <= 0xFF5A) => codePoint - 0xFEE0,
        _ => 0,
    };
}
