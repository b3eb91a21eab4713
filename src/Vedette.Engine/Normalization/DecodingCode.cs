namespace Vedette.Engine.Normalization;

/// <summary>Undoes what splits words in program text: comments between tokens, literals joined from pieces, and escapes inside literals.</summary>
/// <remarks>
/// <c>self["al"+"ert"]</c>, <c>'sys'.'tem'</c>, <c>'sel'||'ect'</c>, <c>document/*x*/.cookie</c> and <c>'al\145rt'</c> lose nothing but their disguise. Linear.
/// </remarks>
internal static class DecodingCode
{
    private const int MaxJoin = 8;

    /// <summary>Writes the text with literals joined, comments left out and octal and style-sheet escapes decoded.</summary>
    /// <param name="source">Text.</param>
    /// <param name="target">At least as long as <paramref name="source"/>.</param>
    /// <returns>The bytes written, or -1 if there was nothing to undo.</returns>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        bool found = false;
        // Asked once: a text full of comments that none ends would be searched through for each.
        int lastEnd = source.LastIndexOf("*/"u8);
        for (int i = 0; i < source.Length;)
        {
            int skipped = JoinLength(source[i..]);
            if (skipped == 0 && i < lastEnd) skipped = CommentLength(source[i..]);
            if (skipped > 0)
            {
                found = true;
                i += skipped;
                continue;
            }
            int length = EscapeLength(source[i..], out byte value);
            if (length > 0) found = true;
            target[written++] = length > 0 ? value : source[i];
            i += Math.Max(1, length);
        }
        return found ? written : -1;
    }

    /// <summary>True if <paramref name="text"/> may hold something to undo.</summary>
    public static bool MayHide(ReadOnlySpan<byte> text) => text.IndexOf("/*"u8) >= 0 || text.Contains((byte)'\\') || text.IndexOfAny((byte)'\'', (byte)'"') >= 0 && text.IndexOfAny("+.|"u8) >= 0;

    /// <summary>Length of <c>" + "</c> where it joins two literals of the same quote.</summary>
    private static int JoinLength(ReadOnlySpan<byte> text)
    {
        byte quote = text[0];
        if (quote is not ((byte)'\'' or (byte)'"')) return 0;
        int at = SkipSpace(text, 1);
        if (at >= text.Length || at > MaxJoin) return 0;
        int end = text[at] is (byte)'+' or (byte)'.' ? at + 1 : text[at..].StartsWith("||"u8) ? at + 2 : 0;
        if (end == 0) return 0;
        end = SkipSpace(text, end);
        return end < text.Length && end <= MaxJoin && text[end] == quote ? end + 1 : 0;
    }

    private static int CommentLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 4 || text[0] != '/' || text[1] != '*' || text[2] == '!') return 0;
        int end = text[2..].IndexOf("*/"u8);
        return end < 0 ? 0 : end + 4;
    }

    /// <summary>Length of <c>\145</c> (octal) or <c>\0061</c> and <c>\61 </c> (style sheets) at the start of <paramref name="text"/>, if it stands for a printable character.</summary>
    private static int EscapeLength(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || text[0] != '\\') return 0;
        int digits = 1;
        while (digits < text.Length && digits <= 6 && DecodingPercent.HexValue(text[digits]) >= 0) digits++;
        bool isStyle = digits >= 5 && text[1] == '0' || digits == 3 && text.Length > 3 && text[3] == ' ';
        int number = isStyle ? DecodingPercent.HexNumber(text[1..digits]) : Octal(text);
        if (number is <= 0x20 or >= 0x7F) return 0;
        value = (byte)number;
        int length = isStyle ? digits : 4;
        return isStyle && length < text.Length && text[length] == ' ' ? length + 1 : length;
    }

    private static int Octal(ReadOnlySpan<byte> text) =>
        text.Length >= 4 && text[1] is >= (byte)'0' and <= (byte)'1' && text[2] is >= (byte)'0' and <= (byte)'7' && text[3] is >= (byte)'0' and <= (byte)'7' ? (text[1] - '0') * 64 + (text[2] - '0') * 8 + text[3] - '0' : -1;

    private static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') at++;
        return at;
    }
}
