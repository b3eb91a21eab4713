namespace Vedette.Engine.Signatures;

/// <summary>Looks at one tokenisation of a leaf for the shapes of injected SQL.</summary>
internal readonly ref partial struct SqlReader
{
    private readonly LeafView _leaf;
    private readonly ReadOnlySpan<SqlLexeme> _tokens;

    /// <summary>True if the text was read from inside a literal, which the first token ends.</summary>
    private readonly bool _insideQuote;

    public SqlReader(in LeafView leaf, ReadOnlySpan<SqlLexeme> tokens, bool insideQuote)
    {
        _leaf = leaf;
        _tokens = tokens;
        _insideQuote = insideQuote;
    }

    private SqlToken Kind(int i) => (uint)i < (uint)_tokens.Length ? _tokens[i].Kind : SqlToken.None;

    private ReadOnlySpan<byte> Text(int i) =>
        (uint)i < (uint)_tokens.Length ? _leaf.Text.Slice(_tokens[i].Start, _tokens[i].Length) : default;

    private void Mark(Rule rule, int from, int to)
    {
        to = Math.Min(to, _tokens.Length - 1);
        int start = _tokens[from].Start;
        _leaf.Mark(rule, start, _tokens[to].End - start);
    }

    private static bool IsLiteral(SqlToken kind) => kind is SqlToken.Number or SqlToken.String or SqlToken.Null;

    private int Skip(int i, SqlToken kind)
    {
        while (Kind(i) == kind || Kind(i) == SqlToken.Comment && i + 1 < _tokens.Length) i++;
        return i;
    }

    /// <summary>Marks what follows the end of the literal, or of a number at the beginning.</summary>
    public void MarkBreak()
    {
        if (_tokens.Length < 2) return;
        if (!_insideQuote && Kind(0) != SqlToken.Number && !(Kind(0) == SqlToken.Arithmetic && Kind(1) == SqlToken.Number)) return;
        int at = _insideQuote || Kind(0) == SqlToken.Number ? 1 : 2;
        // A number followed by a comment sign or an operator is arithmetic; only a broken literal makes these telling.
        if (_insideQuote && Kind(at) == SqlToken.Comment && IsAdjacent(at)) MarkBreakComment(at - 1, at);
        int after = at;
        while (Kind(after) == SqlToken.CloseParenthesis) after++;
        var kind = Kind(after);
        if (after > at && Text(after).SequenceEqual("as"u8) && Kind(after + 1) == SqlToken.Name && Kind(after + 2) is SqlToken.Where or SqlToken.Logic) Mark(Rules.SqlBreakParenthesis, at - 1, after + 2);
        if (after > at && kind is SqlToken.Logic or SqlToken.Union or SqlToken.Comment or SqlToken.Semicolon or SqlToken.OrderBy or SqlToken.Having or SqlToken.Where)
            Mark(Rules.SqlBreakParenthesis, at - 1, after);
        if (_insideQuote && after > at && Kind(after) == SqlToken.Comment) MarkBreakComment(at - 1, after);
        if (_insideQuote && IsCutOff(at)) Mark(Rules.SqlBreakComment, at - 1, _tokens.Length - 1);
        if (kind is SqlToken.Logic && IsExpression(after + 1) && !IsLeftOpen(after + 1)) Mark(Rules.SqlBreakLogic, at - 1, after + 3);
        if (kind is SqlToken.Semicolon && IsStatement(after + 1) || kind is SqlToken.Statement or SqlToken.Select && _insideQuote && IsStatement(after))
            Mark(Rules.SqlBreakStatement, at - 1, after + 3);
        if (Text(after).SequenceEqual("into"u8)) Mark(Rules.SqlBreakStatement, at - 1, after + 1);
        if (_insideQuote && at == after) MarkBreakString(at);
        if (_insideQuote && at == after && IsAssigned(at))
        {
            Mark(Rules.SqlBreakString, at - 1, at + 3);
            Mark(Rules.SqlBreakLogic, at - 1, at + 3);
        }
        if (_insideQuote && kind is SqlToken.Comparison or SqlToken.Arithmetic or SqlToken.Concatenation or SqlToken.Star) MarkBreakOperator(at, after);
    }

    /// <summary>Marks <c>'-'</c>, <c>x' or 'y</c>: an operator between the literal the value ends and the one it begins.</summary>
    private void MarkBreakString(int at)
    {
        const int maxTokens = 16;
        int last = _tokens.Length - 1;
        int quote = _tokens[at - 1].End - 1;
        if (last - at is < 1 or > maxTokens || Kind(last) != SqlToken.String || _tokens[last].End < _leaf.Text.TrimEnd((byte)' ').Length || TextShape.IsInWord(_leaf.Text, quote)) return;
        if (_leaf.Text[_tokens[last].Start] != _leaf.Text[quote] || !IsOperator(Kind(at)) || !IsOperator(Kind(last - 1))) return;
        int operators = 0;
        for (int i = at; i < last; i++)
        {
            if (IsOperator(Kind(i))) operators++;
            else if (!IsLiteral(Kind(i)) && Kind(i) is not (SqlToken.Variable or SqlToken.Name or SqlToken.Function or SqlToken.OpenParenthesis or SqlToken.CloseParenthesis) || Kind(i) == SqlToken.Name && !IsOperator(Kind(i - 1))) return;
        }
        // People put words between double quotes, one behind the other.
        if (_leaf.Text[quote] != '\'' && operators < 2) return;
        bool isQuotedWord = operators == 1 && Bytes.IsLetter(Text(at)[0]) && _tokens[at].Start == quote + 1 && _tokens[at].End == _tokens[at + 1].Start && !Bytes.IsWord(Bytes.At(_leaf.Text, quote - 1));
        if (!isQuotedWord) Mark(Rules.SqlBreakString, at - 1, at + 1);
    }

    /// <summary>True for <c>x',role='admin',mail='</c>: another column is set behind the literal, and the last one is left open or what follows cut off.</summary>
    private bool IsAssigned(int at)
    {
        int last = _tokens.Length - 1;
        byte quote = _leaf.Text[_tokens[at - 1].End - 1];
        bool isSet = last >= at + 3 && Kind(at) == SqlToken.Comma && Kind(at + 1) == SqlToken.Name && Text(at + 2).SequenceEqual("="u8) && Kind(at + 3) is SqlToken.String or SqlToken.Number or SqlToken.OpenParenthesis;
        bool isLeftOpen = Kind(last) == SqlToken.String && _tokens[last].Start + 1 == _leaf.Text.Length && _leaf.Text[^1] == quote;
        return isSet && (isLeftOpen || Kind(last) == SqlToken.Comment && Text(last).TrimEnd((byte)' ').Length <= 2);
    }

    private static bool IsOperator(SqlToken kind) => kind is SqlToken.Comparison or SqlToken.Arithmetic or SqlToken.Concatenation or SqlToken.Logic or SqlToken.Star;

    /// <summary>True if a few tokens with a condition among them follow the literal, and then a comment sign with nothing behind it.</summary>
    private bool IsCutOff(int at)
    {
        const int maxTokens = 10;
        int last = _tokens.Length - 1;
        if (last <= at || last - at > maxTokens || Kind(last) != SqlToken.Comment || Text(last).TrimEnd((byte)' ').Length > 2 || TextShape.IsInWord(_leaf.Text, _tokens[at - 1].End - 1)) return false;
        for (int i = at; i < last; i++)
            if (Kind(i) is SqlToken.Comparison or SqlToken.Logic or SqlToken.Null or SqlToken.Union or SqlToken.Having) return true;
        return false;
    }

    /// <summary>A number sign is also a plain character: it counts in full only where little follows.</summary>
    private void MarkBreakComment(int from, int comment)
    {
        var text = Text(comment);
        Mark(text[0] == '#' && text.Length > 1 && (text.Length > 12 || text.Contains((byte)' ')) ? Rules.SqlBreakHash : Rules.SqlBreakComment, from, comment);
    }

    private void MarkBreakOperator(int at, int after)
    {
        int operand = after + 1;
        while (Kind(operand) is SqlToken.Comment or SqlToken.OpenParenthesis or SqlToken.Arithmetic) operand++;
        var kind = Kind(operand);
        if (!(IsLiteral(kind) || kind is SqlToken.Function or SqlToken.Select or SqlToken.Variable || Kind(after) == SqlToken.Comparison && kind == SqlToken.Name) || IsLeftOpen(operand)) return;
        Mark(Rules.SqlBreakOperator, at - 1, operand);
        bool isJoined = Kind(after) == SqlToken.Concatenation || Text(after).SequenceEqual("+"u8);
        if (isJoined && (kind is SqlToken.Function or SqlToken.Select || kind == SqlToken.String && IsJoin(operand + 1)))
            Mark(Rules.SqlConcatenation, at - 1, operand + 2);
    }

    /// <summary>True for a literal that nothing closes and that the end of the broken one could not close either, being of the other quote.</summary>
    private bool IsLeftOpen(int i)
    {
        if (!_insideQuote || Kind(i) != SqlToken.String || _tokens[i].End < _leaf.Text.Length) return false;
        byte quote = _leaf.Text[_tokens[i].Start];
        bool isClosed = _tokens[i].Length > 1 && _leaf.Text[^1] == quote;
        return !isClosed && quote != _leaf.Text[_tokens[0].End - 1];
    }

    private bool IsJoin(int i) => Kind(i) is SqlToken.Concatenation || Text(i).SequenceEqual("+"u8);

    private bool IsAdjacent(int i) => i > 0 && _tokens[i].Start == _tokens[i - 1].End || Bytes.IsSpace(Bytes.At(_leaf.Text, _tokens[i].Start - 1));

    /// <summary>True if something comparable or callable stands at <paramref name="i"/>: not the next word of a sentence.</summary>
    private bool IsExpression(int i)
    {
        while (Kind(i) is SqlToken.OpenParenthesis or SqlToken.Logic or SqlToken.Arithmetic or SqlToken.Comment && i + 1 < _tokens.Length) i++;
        var kind = Kind(i);
        if (IsLiteral(kind) || kind is SqlToken.Function or SqlToken.Variable) return true;
        if (kind == SqlToken.Select) return IsSelect(i);
        if (_insideQuote && kind == SqlToken.Name && Kind(i + 1) == SqlToken.OpenParenthesis && !TextShape.IsInWord(_leaf.Text, _tokens[0].End - 1)) return true;
        return kind == SqlToken.Name && Kind(i + 1) == SqlToken.Comparison && (!Bytes.IsLetter(Text(i + 1)[0]) || Kind(i + 2) is SqlToken.String or SqlToken.Null);
    }

    /// <summary>True if the keyword at <paramref name="i"/> goes on as its statement does, and as a sentence does not.</summary>
    private bool IsStatement(int i)
    {
        if (Kind(i) == SqlToken.Comment) i++;
        var next = Kind(i + 1);
        if (Kind(i) == SqlToken.Select) return IsSelect(i);
        if (Kind(i) != SqlToken.Statement) return Text(i).SequenceEqual("if"u8) && next == SqlToken.OpenParenthesis;
        var word = Text(i);
        var following = Text(i + 1);
        return word[0] switch
        {
            (byte)'i' => next == SqlToken.Into && Kind(i + 2) == SqlToken.Name,
            (byte)'u' when word.StartsWith("update"u8) => next == SqlToken.Name && Text(i + 2).SequenceEqual("set"u8),
            (byte)'d' when word.StartsWith("delete"u8) => next == SqlToken.From && Kind(i + 2) == SqlToken.Name,
            (byte)'d' when word.StartsWith("declare"u8) => next == SqlToken.Variable || following.SequenceEqual("cursor"u8),
            (byte)'e' => next is SqlToken.Variable or SqlToken.OpenParenthesis or SqlToken.String || (following.StartsWith("xp_"u8) || following.StartsWith("sp_"u8)) && Kind(i + 2) != SqlToken.Name || following.StartsWith("master"u8) || following.StartsWith("immediate"u8),
            (byte)'w' => following.StartsWith("delay"u8) || following.StartsWith("time"u8),
            (byte)'s' when word.StartsWith("shutdown"u8) => next is SqlToken.None or SqlToken.Comment or SqlToken.Semicolon || following.SequenceEqual("with"u8),
            (byte)'s' => next is SqlToken.Variable,
            (byte)'c' when word.SequenceEqual("call"u8) => Kind(i + 2) == SqlToken.OpenParenthesis,
            (byte)'d' or (byte)'c' or (byte)'a' or (byte)'t' or (byte)'r' => IsObject(following),
            (byte)'l' => following.SequenceEqual("data"u8) || following.SequenceEqual("xml"u8),
            (byte)'b' when word.SequenceEqual("begin"u8) => HasWord(i + 1, "end"u8),
            (byte)'b' => IsObject(following),
            (byte)'h' => Text(i + 2).SequenceEqual("open"u8),
            _ => false,
        };
    }

    private bool HasWord(int from, ReadOnlySpan<byte> word)
    {
        for (int i = from; i < _tokens.Length; i++)
            if (Text(i).SequenceEqual(word)) return true;
        return false;
    }

    private static bool IsObject(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("table"u8) || word.SequenceEqual("database"u8) || word.SequenceEqual("schema"u8) || word.SequenceEqual("view"u8)
        || word.SequenceEqual("index"u8) || word.SequenceEqual("procedure"u8) || word.SequenceEqual("function"u8) || word.SequenceEqual("trigger"u8)
        || word.SequenceEqual("user"u8) || word.SequenceEqual("login"u8) || word.SequenceEqual("column"u8) || word.SequenceEqual("alias"u8);

    /// <summary>True if a list of columns follows, which a sentence would not have.</summary>
    private bool IsSelect(int i)
    {
        i++;
        while (Kind(i) is SqlToken.Comment or SqlToken.OpenParenthesis or SqlToken.Arithmetic || Text(i).SequenceEqual("distinct"u8) || Text(i).SequenceEqual("all"u8)
            || Text(i).SequenceEqual("top"u8)) i++;
        var kind = Kind(i);
        if (IsLiteral(kind) || kind is SqlToken.Star or SqlToken.Function or SqlToken.Variable or SqlToken.Select) return true;
        if (Text(i).SequenceEqual("case"u8)) return true;
        if (kind == SqlToken.Name && Kind(i + 1) == SqlToken.OpenParenthesis && _tokens[i + 1].Start == _tokens[i].End) return true;
        bool isName = kind is SqlToken.Name or SqlToken.Keyword or SqlToken.Comparison;
        return isName && (Kind(i + 1) == SqlToken.From && Kind(i + 2) is SqlToken.Name or SqlToken.OpenParenthesis && !IsArticle(Text(i + 2))
            || Kind(i + 1) == SqlToken.Comma && Kind(i + 3) is SqlToken.Comma or SqlToken.From);
    }

    /// <summary>A table is not called so; a sentence goes on so.</summary>
    private static bool IsArticle(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("the"u8) || word.SequenceEqual("a"u8) || word.SequenceEqual("an"u8) || word.SequenceEqual("our"u8) || word.SequenceEqual("my"u8)
        || word.SequenceEqual("your"u8) || word.SequenceEqual("this"u8) || word.SequenceEqual("these"u8) || word.SequenceEqual("their"u8);
}
