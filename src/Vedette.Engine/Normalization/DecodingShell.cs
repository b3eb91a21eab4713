namespace Vedette.Engine.Normalization;

/// <summary>Undoes what a shell does to a word before it runs it: quotes, backslashes, empty expansions, field separators, brace lists and one-letter classes.</summary>
/// <remarks>
/// Only pieces that cut a word into parts are undone, since only they hide something: <c>c'a't</c>, <c>w\get</c>, <c>wh$@oami</c>, <c>cat$IFS/etc</c>, <c>{cat,/etc/hosts}</c>, <c>/e[t]c</c>.
/// A word that is quoted whole stays as it is. Linear.
/// </remarks>
internal static class DecodingShell
{
    private const int MaxName = 32;

    /// <summary>True if <paramref name="text"/> holds a character that could hide part of a word.</summary>
    public static bool MayHide(ReadOnlySpan<byte> text) => text.IndexOfAny("'\"\\$`^{["u8) >= 0;

    /// <summary>Writes the text as the shell would read it.</summary>
    /// <param name="source">Text.</param>
    /// <param name="target">At least as long as <paramref name="source"/>.</param>
    /// <returns>The bytes written, or -1 if nothing was hidden.</returns>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        int hidden = 0;
        for (int i = 0; i < source.Length;)
        {
            int length = PieceLength(source, i, out byte instead);
            if (length == 0)
            {
                target[written++] = source[i++];
                continue;
            }
            hidden++;
            if (instead != 0) target[written++] = instead;
            if (source[i] == '{' || source[i] == '[') written += CopyList(source.Slice(i + 1, length - 2), target[written..]);
            i += length;
        }
        return hidden > 0 ? written : -1;
    }

    /// <summary>Length of the piece at <paramref name="at"/> that a shell drops or replaces inside a word; 0 if there is none.</summary>
    private static int PieceLength(ReadOnlySpan<byte> text, int at, out byte instead)
    {
        instead = 0;
        byte before = At(text, at - 1);
        byte next = At(text, at + 1);
        switch (text[at])
        {
            case (byte)'\\': return IsWord(before) && IsName(next) && !IsEscape(next) && !IsLineEscape(next, At(text, at + 2)) && !IsInPath(text, at) || (before is (byte)'\\' or (byte)'$') && IsWord(At(text, at - 2)) && IsName(next) ? 1 : 0;
            case (byte)'^': return IsName(before) && IsName(next) ? 1 : 0;
            case (byte)'\'' or (byte)'"': return IsCut(text, at) ? 1 : 0;
            case (byte)'`' when next == '`': return IsWord(before) ? 2 : 0;
            case (byte)'$': return ExpansionLength(text, at, out instead);
            case (byte)'{': return ListLength(text, at);
            case (byte)'[': return IsWord(before) && IsName(next) && At(text, at + 2) == ']' ? 3 : 0;
            default: return 0;
        }
    }

    /// <summary>True if the quote stands inside a word whose quotes are even in number, so that the shell joins what it separates.</summary>
    private static bool IsCut(ReadOnlySpan<byte> text, int at)
    {
        byte quote = text[at];
        int start = at, end = at;
        while (start > 0 && !IsBlank(text[start - 1]) && at - start < 64) start--;
        while (end < text.Length && !IsBlank(text[end]) && end - at < 64) end++;
        var word = text[start..end];
        if ((word.Count(quote) & 1) != 0) return false;
        for (int i = word.IndexOf(quote); i >= 0; i = Next(word, quote, i))
            if (IsWord(At(word, i - 1)) && (IsWord(At(word, i + 1)) || At(word, i + 1) == quote)) return true;
        return false;
    }

    private static int Next(ReadOnlySpan<byte> word, byte quote, int from)
    {
        int next = word[(from + 1)..].IndexOf(quote);
        return next < 0 ? -1 : from + 1 + next;
    }

    private static int ExpansionLength(ReadOnlySpan<byte> text, int at, out byte instead)
    {
        instead = 0;
        var rest = text[at..];
        int separator = rest.StartsWith("$IFS"u8) || rest.StartsWith("$ifs"u8) ? 4 : rest.StartsWith("${IFS"u8) || rest.StartsWith("${ifs"u8) ? rest[..Math.Min(rest.Length, MaxName)].IndexOf((byte)'}') + 1 : 0;
        if (separator > 0)
        {
            instead = (byte)' ';
            return rest.Length > separator + 1 && rest[separator] == '$' && char.IsAsciiDigit((char)rest[separator + 1]) ? separator + 2 : separator;
        }
        if (!IsWord(At(text, at - 1))) return 0;
        byte next = At(text, at + 1);
        if (next is (byte)'@' or (byte)'*' or (byte)'!' or (byte)'-' or (byte)'_' or (byte)'#' or (byte)'?' || char.IsAsciiDigit((char)next)) return IsWord(At(text, at + 2)) ? 2 : 0;
        if (next == '(' && At(text, at + 2) == ')') return 3;
        if (next == '{')
        {
            int close = rest[..Math.Min(rest.Length, MaxName)].IndexOf((byte)'}');
            return close > 0 && IsWord(At(rest, close + 1)) ? close + 1 : 0;
        }
        // One letter: a longer name may go on into the rest of the word it hides.
        return IsName(next) && !IsName(At(text, at + 2)) && !IsBlank(At(text, at + 2)) && at + 2 < text.Length ? 2 : 0;
    }

    private static int ListLength(ReadOnlySpan<byte> text, int at)
    {
        if (At(text, at - 1) is (byte)'$' or (byte)'{' or (byte)'"') return 0;
        int end = text[at..Math.Min(text.Length, at + 128)].IndexOfAny("} \t\n\":'"u8);
        return end > 2 && text[at + end] == '}' && text.Slice(at, end).Contains((byte)',') ? end + 1 : 0;
    }

    private static int CopyList(ReadOnlySpan<byte> items, Span<byte> target)
    {
        for (int i = 0; i < items.Length; i++) target[i] = items[i] == ',' ? (byte)' ' : items[i];
        return items.Length;
    }

    private static byte At(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length ? text[at] : (byte)0;

    private static bool IsName(byte b) => char.IsAsciiLetterOrDigit((char)b);

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'/' or (byte)'.' or (byte)'*' or (byte)'?' or (byte)'-' or (byte)'_';

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)';' or (byte)'|' or (byte)'&' or (byte)'=' or (byte)'(' or (byte)')';

    /// <summary>True for <c>\n</c>, <c>\t</c> and <c>\r</c> at the end of a word.</summary>
    private static bool IsLineEscape(byte letter, byte after) => letter is (byte)'n' or (byte)'t' or (byte)'r' && !IsWord(after);

    /// <summary>True if the backslash separates folders of a Windows path, which begins with a drive or a share.</summary>
    private static bool IsInPath(ReadOnlySpan<byte> text, int at)
    {
        int start = at;
        while (start > 0 && !IsBlank(text[start - 1]) && at - start < 128) start--;
        var word = text[start..(at + 1)];
        return word.Length > 2 && word[1] == ':' && word[2] == '\\' || word.StartsWith("\\\\"u8) || word.StartsWith("%"u8);
    }

    private static bool IsEscape(byte b) => b is (byte)'x' or (byte)'u' or (byte)'0';
}
