using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Text between quotes, in which <c>\</c> escapes: <c>\"</c>, <c>\\</c>, <c>\xNN</c> and the letters of C.</summary>
internal static class QuotedText
{
    /// <summary>Position of the quote that closes the text starting at <paramref name="start"/>, or -1.</summary>
    public static int FindClosing(ReadOnlySpan<byte> line, int start, out bool escaped)
    {
        escaped = false;
        while (start < line.Length)
        {
            int found = line[start..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0) return -1;
            start += found;
            if (line[start] == (byte)'"') return start;
            escaped = true;
            start += 2;
        }
        return -1;
    }

    /// <summary>
    /// Like <see cref="FindClosing"/>, but only a quote followed by a blank or the line's end closes: some servers log quotes of the
    /// client unescaped. Without such a quote the last one counts.
    /// </summary>
    public static int FindClosingBeforeBlank(ReadOnlySpan<byte> line, int start, out bool escaped)
    {
        int close = FindClosing(line, start, out escaped);
        int last = close;
        while (close >= 0 && close + 1 < line.Length && line[close + 1] != (byte)' ')
        {
            close = FindClosing(line, close + 1, out bool more);
            escaped |= more;
            if (close >= 0) last = close;
        }
        return close >= 0 ? close : last;
    }

    /// <summary>Adds <paramref name="text"/> to the batch with its escapes resolved; an escape that is none stays as it is.</summary>
    public static Utf8Slice Unescape(EventBatch batch, ReadOnlySpan<byte> text)
    {
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
            if (b == (byte)'x' && i + 2 < text.Length && Hex(text[i + 1]) is var high and >= 0 && Hex(text[i + 2]) is var low and >= 0)
            {
                target[written++] = (byte)(high << 4 | low);
                i += 2;
                continue;
            }
            int control = Control(b);
            if (control < 0) target[written++] = (byte)'\\';
            target[written++] = control < 0 ? b : (byte)control;
        }
        return batch.Commit(written);
    }

    /// <summary>Value of a hexadecimal digit, or -1.</summary>
    public static int Hex(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    private static int Control(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' => letter,
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'b' => '\b',
        (byte)'v' => '\v',
        _ => -1,
    };
}
