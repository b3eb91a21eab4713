namespace Vedette.Engine.Signatures;

/// <summary>Reads a leaf as SQL, outside and inside string literals, and marks what only an injection needs.</summary>
internal static class SqlAnalyzer
{
    private const int MaxTokens = 256;

    public static void Analyze(in LeafView leaf)
    {
        var present = leaf.Present;
        bool hasApostrophe = present.Has('\'');
        bool hasQuote = present.Has('"');
        bool hasSymbol = hasApostrophe || hasQuote || present.Has('(') || present.Has('=') || present.Has('<') || present.Has('>') || present.Has(';')
            || present.Has('#') || present.Has('*') || present.Has('@') || present.Has('|') || present.Has('`') || present.Has('-') || present.Has(',');
        if (!hasSymbol && !present.Has(' ') && !present.Has('\n') && !present.Has('\t')) return;

        Span<SqlLexeme> tokens = stackalloc SqlLexeme[MaxTokens];
        Read(leaf, tokens, 0);
        if (hasApostrophe && !QuoteShape.IsPaired(leaf.Text, (byte)'\'')) Read(leaf, tokens, (byte)'\'');
        if (hasQuote && !QuoteShape.IsPaired(leaf.Text, (byte)'"')) Read(leaf, tokens, (byte)'"');
        if (present.Has('`') && (present.Has('=') || present.Has('(')) && !QuoteShape.IsPaired(leaf.Text, (byte)'`')) Read(leaf, tokens, (byte)'`');
        if ((leaf.Text.Count((byte)'\'') & 1) == 1 || (leaf.Text.Count((byte)'"') & 1) == 1)
            leaf.Mark(Rules.SqlOpenQuote, Math.Max(0, leaf.Text.IndexOfAny((byte)'\'', (byte)'"')), 1);
    }

    private static void Read(in LeafView leaf, Span<SqlLexeme> tokens, byte quote)
    {
        int count = SqlTokenizer.Tokenize(leaf.Text, quote, tokens);
        var raw = new SqlReader(leaf, tokens[..count], quote != 0);
        raw.MarkComments();
        var reader = new SqlReader(leaf, tokens[..WithoutInnerComments(tokens[..count])], quote != 0);
        reader.MarkBreak();
        reader.MarkStructure();
        if (quote == 0) reader.MarkDensity();
    }

    /// <summary>Removes casts and the comments between other tokens, in place: what is left is what the server would compute.</summary>
    private static int WithoutInnerComments(Span<SqlLexeme> tokens)
    {
        int kept = 0;
        for (int i = 0; i < tokens.Length; i++)
            if (tokens[i].Kind != SqlToken.Cast && (tokens[i].Kind != SqlToken.Comment || i == tokens.Length - 1)) tokens[kept++] = tokens[i];
        return kept;
    }
}
