namespace Vedette.Engine.Signatures;

/// <summary>Looks for ways out of a value inside a directory filter: a parenthesis that closes what the value did not open, and a new condition behind it.</summary>
internal static class LdapAnalyzer
{
    public static void Analyze(in LeafView leaf)
    {
        if (!leaf.Present.Has(')') || !leaf.Present.Has('(') && !leaf.Present.Has('&') && !leaf.Present.Has('|')) return;
        var text = leaf.Text;
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '(') depth++;
            else if (text[i] == ')' && --depth < 0 && IsCondition(text, i + 1))
            {
                leaf.Mark(Rules.LdapBreak, i, Math.Min(text.Length - i, 32));
                return;
            }
        }
    }

    /// <summary>True if an opening parenthesis with an operator or a comparison of an attribute follows.</summary>
    private static bool IsCondition(ReadOnlySpan<byte> text, int at)
    {
        at = Bytes.SkipSpace(text, at);
        while (Bytes.At(text, at) is (byte)')' or (byte)'&' or (byte)'|' or (byte)'!') at = Bytes.SkipSpace(text, at + 1);
        if (Bytes.At(text, at) != '(') return false;
        at = Bytes.SkipSpace(text, at + 1);
        if (Bytes.At(text, at) is (byte)'&' or (byte)'|' or (byte)'!') return Bytes.At(text, Bytes.SkipSpace(text, at + 1)) is (byte)'(' or 0;
        int end = at;
        while (Bytes.IsWord(Bytes.At(text, end)) || Bytes.At(text, end) is (byte)'-' or (byte)'.') end++;
        if (end == at || !Bytes.IsLetter(text[at])) return false;
        var comparison = text[end..];
        bool compares = comparison.StartsWith("="u8) && !comparison.StartsWith("=="u8) || comparison.StartsWith(">="u8) || comparison.StartsWith("<="u8) || comparison.StartsWith("~="u8);
        // Quotes and spaces are SQL's.
        return compares && text[at..].IndexOfAny((byte)'\'', (byte)'"', (byte)' ') < 0;
    }
}
