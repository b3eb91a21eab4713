using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>The lowest level of reading JSON: where strings and values end, and what an escaped string says.</summary>
/// <remarks>
/// Unlike <c>Utf8JsonReader</c> it answers bad input with a value instead of an exception, which a hostile log could ask for on every line.
/// It is lenient inside values that nobody reads: there it only balances brackets.
/// </remarks>
internal static class JsonText
{
    /// <summary>Position of the first byte from <paramref name="at"/> on that is no white space.</summary>
    public static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') at++;
        return at;
    }

    /// <summary>Position of the quote that closes the string whose first byte is at <paramref name="start"/>, or -1.</summary>
    public static int FindClosing(ReadOnlySpan<byte> text, int start, out bool escaped) => QuotedText.FindClosing(text, start, out escaped);

    /// <summary>One past the value at <paramref name="at"/>, or -1 if it does not end.</summary>
    public static int SkipValue(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length) return -1;
        if (text[at] == (byte)'"') return FindClosing(text, at + 1, out _) is var close and >= 0 ? close + 1 : -1;
        if (text[at] is (byte)'{' or (byte)'[') return SkipNested(text, at);
        int length = text[at..].IndexOfAny(", \t\r\n}]"u8);
        int end = length < 0 ? text.Length : at + length;
        return IsScalar(text[at..end]) ? end : -1;
    }

    /// <summary>Adds the content of a string to the batch, escapes resolved. Lone surrogates become U+FFFD, bad escapes stay as they are.</summary>
    public static Utf8Slice Unescape(EventBatch batch, ReadOnlySpan<byte> text)
    {
        // No escape is longer decoded than written: \uXXXX takes six bytes and gives at most three, a pair twelve and four.
        Span<byte> target = batch.Reserve(text.Length);
        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b != (byte)'\\' || i + 1 == text.Length)
            {
                target[written++] = b;
                continue;
            }
            b = text[++i];
            if (b == (byte)'u' && TryReadUnit(text, i + 1, out int unit))
            {
                i += 4;
                written += EncodeUnit(text, unit, ref i, target[written..]);
                continue;
            }
            int simple = Simple(b);
            if (simple < 0) target[written++] = (byte)'\\';
            target[written++] = simple < 0 ? b : (byte)simple;
        }
        return batch.Commit(written);
    }

    private static int EncodeUnit(ReadOnlySpan<byte> text, int unit, ref int i, Span<byte> target)
    {
        if (char.IsHighSurrogate((char)unit) && i + 2 < text.Length && text[i + 1] == (byte)'\\' && text[i + 2] == (byte)'u'
            && TryReadUnit(text, i + 3, out int low) && char.IsLowSurrogate((char)low))
        {
            i += 6;
            return new Rune((char)unit, (char)low).EncodeToUtf8(target);
        }
        return (Rune.TryCreate((char)unit, out Rune rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(target);
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, int at, out int unit)
    {
        unit = 0;
        if (at + 4 > text.Length) return false;
        foreach (byte b in text.Slice(at, 4))
        {
            int digit = QuotedText.Hex(b);
            if (digit < 0) return false;
            unit = unit << 4 | digit;
        }
        return true;
    }

    private static int SkipNested(ReadOnlySpan<byte> text, int at)
    {
        int depth = 0;
        while (at < text.Length)
        {
            int found = text[at..].IndexOfAny("\"{}[]"u8);
            if (found < 0) return -1;
            at += found;
            byte b = text[at++];
            if (b == (byte)'"')
            {
                int close = FindClosing(text, at, out _);
                if (close < 0) return -1;
                at = close + 1;
            }
            else if (b is (byte)'{' or (byte)'[')
            {
                depth++;
            }
            else if (--depth == 0)
            {
                return at;
            }
        }
        return -1;
    }

    private static bool IsScalar(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return false;
        if (text[0] == (byte)'-' || char.IsAsciiDigit((char)text[0])) return !text.ContainsAnyExcept("0123456789+-.eE"u8);
        return text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8) || text.SequenceEqual("null"u8);
    }

    private static int Simple(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => -1,
    };
}
