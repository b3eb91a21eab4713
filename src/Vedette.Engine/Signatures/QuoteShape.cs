namespace Vedette.Engine.Signatures;

/// <summary>Tells quotes that enclose words of the text itself from one that ends a literal the value was put into.</summary>
internal static class QuoteShape
{
    /// <summary>True if the quotes come in pairs, each opened where a literal or a quotation may begin and closed where it may end, and the text does not begin with one.</summary>
    /// <remarks>What breaks out of a literal closes it behind a word or at the very beginning, and leaves a quote over or a word behind the last. O(length).</remarks>
    /// <param name="text">In lower case.</param>
    /// <param name="quote">An apostrophe, quotation mark or backtick.</param>
    public static bool IsPaired(ReadOnlySpan<byte> text, byte quote)
    {
        bool isOpen = false;
        int pairs = 0, opened = 0;
        for (int i = text.IndexOf(quote); i >= 0; i = Next(text, quote, i))
        {
            bool isEscaped = isOpen && Bytes.At(text, i - 1) == '\\' && Bytes.At(text, i - 2) != '\\';
            if (isEscaped || quote == '\'' && TextShape.IsInWord(text, i)) continue;
            if (isOpen && i > opened + 1 && Bytes.At(text, i + 1) == quote)
            {
                // A doubled quote stands for one inside the literal.
                i++;
                continue;
            }
            if (isOpen ? !MayClose(Bytes.At(text, i + 1)) : !MayOpen(text, i)) return false;
            if (isOpen) pairs++;
            else opened = i;
            isOpen = !isOpen;
        }
        return !isOpen && pairs > 0;
    }

    private static bool MayOpen(ReadOnlySpan<byte> text, int at)
    {
        byte before = Bytes.At(text, at - 1);
        if (at == 0 || before == text[at]) return false;
        if (Bytes.IsSpace(before)) return !Bytes.IsSpace(Bytes.At(text, at + 1));
        return "([{=,:+!<>&|?~^\"'`"u8.Contains(before);
    }

    private static bool MayClose(byte after) => !Bytes.IsWord(after) && after < 0x80;

    private static int Next(ReadOnlySpan<byte> text, byte quote, int from)
    {
        int next = text[(from + 1)..].IndexOf(quote);
        return next < 0 ? -1 : from + 1 + next;
    }
}
