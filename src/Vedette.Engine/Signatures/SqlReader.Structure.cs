namespace Vedette.Engine.Signatures;

/// <summary>Shapes that count wherever they stand.</summary>
internal readonly ref partial struct SqlReader
{
    public void MarkStructure()
    {
        int nulls = 0;
        bool isInSelect = false;
        for (int i = 0; i < _tokens.Length; i++)
        {
            switch (Kind(i))
            {
                case SqlToken.Union: MarkUnion(i, isInSelect); break;
                case SqlToken.Logic or SqlToken.Concatenation: MarkLogic(i); break;
                case SqlToken.Select:
                    MarkSelect(i);
                    isInSelect |= IsSelect(i);
                    break;
                case SqlToken.Statement: MarkStatement(i); break;
                case SqlToken.Function: MarkFunction(i); break;
                case SqlToken.OrderBy: MarkOrderBy(i); break;
                case SqlToken.Having: MarkCondition(i, Rules.SqlHaving); break;
                case SqlToken.Where: MarkCondition(i, Rules.SqlWhereTautology); break;
                case SqlToken.Comment: MarkTrailingComment(i); break;
                case SqlToken.Number: MarkNumber(i); break;
                case SqlToken.Keyword: MarkKeyword(i); break;
                case SqlToken.Null when Kind(i + 1) == SqlToken.Comma && Text(i).SequenceEqual("null"u8):
                    if (++nulls == 2) Mark(Rules.SqlNullList, i - 1, i + 1);
                    break;
                default: break;
            }
        }
    }

    /// <summary>Marks comments used as white space, before they are left out, and breaks that a comment of its own line follows.</summary>
    public void MarkComments()
    {
        for (int i = 0; i < _tokens.Length; i++)
        {
            if (Kind(i) == SqlToken.Comment) MarkComment(i);
            else if (Kind(i) == SqlToken.Cast && Kind(i - 1) is SqlToken.String or SqlToken.CloseParenthesis or SqlToken.Number && !_insideQuote) Mark(Rules.SqlCast, i - 1, i);
        }
        if (_insideQuote && Kind(1) == SqlToken.Comment && IsAdjacent(1)) MarkBreakComment(0, 1);
    }

    /// <summary>Marks text that is little else than SQL.</summary>
    public void MarkDensity()
    {
        int telling = 0;
        foreach (var token in _tokens)
        {
            bool isSymbolComparison = token.Kind == SqlToken.Comparison && !Bytes.IsLetter(_leaf.Text[token.Start]);
            if (isSymbolComparison || token.Kind is SqlToken.Logic or SqlToken.Union or SqlToken.Select or SqlToken.Statement or SqlToken.From or SqlToken.Where
                or SqlToken.OrderBy or SqlToken.Having or SqlToken.Into or SqlToken.Function or SqlToken.Null) telling++;
        }
        if (telling >= 4 && telling * 10 >= _tokens.Length * 3) Mark(Rules.SqlKeywordDensity, 0, _tokens.Length - 1);
    }

    /// <param name="i">Where the word stands.</param>
    /// <param name="isInSelect">True if the text itself began the statement that goes on: it broke out of none.</param>
    private void MarkUnion(int i, bool isInSelect)
    {
        int select = i + 1;
        while (Kind(select) is SqlToken.Comment or SqlToken.OpenParenthesis || Text(select).SequenceEqual("all"u8) || Text(select).SequenceEqual("distinct"u8)
            || Text(select).SequenceEqual("distinctrow"u8)) select++;
        bool isValues = Text(select).SequenceEqual("values"u8) && Kind(select + 1) == SqlToken.OpenParenthesis && IsLiteral(Kind(select + 2));
        if (Kind(select) != SqlToken.Select && !isValues) return;
        Mark(Rules.SqlUnionSelect, i, select);
        if (isValues) Mark(Rules.SqlNullList, i, select + 2);
        if (isInSelect) return;
        if (i == 0 || IsLiteral(Kind(i - 1)) || Kind(i - 1) == SqlToken.CloseParenthesis) Mark(Rules.SqlBreakUnion, Math.Max(0, i - 1), i);
        if (IsSelect(select) || Kind(select + 1) is SqlToken.None or SqlToken.Comment) Mark(Rules.SqlUnionColumns, i, select + 4);
    }

    /// <summary>Marks <c>or 1=1</c> and its relatives, and comparisons of calls and names behind a logic word.</summary>
    private void MarkLogic(int i)
    {
        int left = i + 1;
        while (Kind(left) is SqlToken.OpenParenthesis or SqlToken.Logic or SqlToken.Arithmetic or SqlToken.Comment && left + 1 < _tokens.Length) left++;
        int comparison = Skip(SkipSum(left) + 1, SqlToken.CloseParenthesis);
        int right = comparison + 1;
        while (Kind(right) is SqlToken.OpenParenthesis or SqlToken.Arithmetic or SqlToken.Comment or SqlToken.Logic or SqlToken.Comparison && right + 1 < _tokens.Length) right++;
        var kind = Kind(left);
        bool compares = Kind(comparison) == SqlToken.Comparison;
        bool isWordComparison = compares && Bytes.IsLetter(Text(comparison)[0]);
        if (compares && IsLiteral(kind) && IsLiteral(Kind(right)) && !(isWordComparison && kind == SqlToken.Number && Kind(right) == SqlToken.Number && Text(comparison)[0] != 'l'))
            // No statement goes on with a bare name behind a number, but a sentence does.
            Mark(Kind(right) == SqlToken.Number && Kind(right + 1) == SqlToken.Name ? Rules.SqlLogicComparison : IsInequality(comparison) ? Rules.SqlInequality : Rules.SqlTautology, i, right);
        else if (compares && !isWordComparison && kind == SqlToken.Name && Text(left).SequenceEqual(Text(right)))
            Mark(Rules.SqlTautology, i, right);
        else if (IsLiteral(kind) && Kind(left + 1) is SqlToken.Comment or SqlToken.Semicolon && (_insideQuote || Kind(left) != SqlToken.String) && Kind(i) == SqlToken.Logic)
            Mark(Rules.SqlTautology, i, left + 1);
        else if (compares && !isWordComparison && kind is SqlToken.Function or SqlToken.Variable or SqlToken.Name && Kind(i) == SqlToken.Logic)
            Mark(Rules.SqlLogicComparison, i, right);
        else if (isWordComparison && kind == SqlToken.Name && Kind(right) == SqlToken.String && Kind(i) == SqlToken.Logic)
            Mark(Rules.SqlLogicComparison, i, right);
        else if (kind is SqlToken.Function && Kind(i) == SqlToken.Logic && IsFollowedByComparison(left))
            Mark(Rules.SqlLogicComparison, i, left + 4);
        else if (kind == SqlToken.Select && IsSelect(left) || kind == SqlToken.Function && SqlWords.IsTimeFunction(Text(left)))
            Mark(Rules.SqlLogicComparison, i, left + 2);
        else if (Text(left).SequenceEqual("exists"u8) && Kind(left + 1) == SqlToken.OpenParenthesis)
            Mark(Rules.SqlLogicComparison, i, left + 2);
    }

    /// <summary>The last token of numbers that operators join, as in <c>3*2=6</c>; <paramref name="i"/> where none are.</summary>
    private int SkipSum(int i)
    {
        while (Kind(i) == SqlToken.Number && Kind(i + 1) is SqlToken.Arithmetic or SqlToken.Star && Kind(i + 2) == SqlToken.Number) i += 2;
        return i;
    }

    /// <summary>True for &lt; and &gt;, which people write between numbers too.</summary>
    private bool IsInequality(int i) => Text(i).SequenceEqual("<"u8) || Text(i).SequenceEqual(">"u8);

    /// <summary>True if a comparison stands soon behind the call at <paramref name="i"/>.</summary>
    private bool IsFollowedByComparison(int i)
    {
        for (int j = i + 1; j < Math.Min(i + 24, _tokens.Length); j++)
            if (Kind(j) == SqlToken.Comparison) return true;
        return false;
    }

    private void MarkSelect(int i)
    {
        bool isSelect = IsSelect(i);
        if (isSelect && Kind(i - 1) == SqlToken.OpenParenthesis) Mark(Rules.SqlSubselect, i - 1, i + 3);
        if (isSelect && i == 1 && Kind(0) == SqlToken.OpenParenthesis) Mark(Rules.SqlWholeSubselect, 0, i + 3);
        // A short value, a semicolon, a query: no program begins with the name of nothing.
        if (isSelect && i == 2 && Kind(1) == SqlToken.Semicolon && Kind(0) is SqlToken.Name or SqlToken.Number or SqlToken.String) Mark(Rules.SqlStackedStatement, 0, i + 2);
        if (isSelect && (Kind(i + 1) is not SqlToken.Name || Kind(i + 2) == SqlToken.Comma)) Mark(Rules.SqlSelectList, i, i + 3);
        for (int j = i + 1; j < Math.Min(i + 32, _tokens.Length); j++)
        {
            if (Kind(j) != SqlToken.From || Kind(j + 1) is not (SqlToken.Name or SqlToken.OpenParenthesis) || IsArticle(Text(j + 1))) continue;
            Mark(Rules.SqlSelectFrom, i, j + 1);
            return;
        }
    }

    private void MarkStatement(int i)
    {
        if (!IsStatement(i)) return;
        int before = i - 1;
        while (Kind(before) == SqlToken.Comment) before--;
        bool isStacked = Kind(before) == SqlToken.Semicolon && !(FollowsStatement(before) && (IsOwnLine(i) || BeginsStatement()));
        if (!isStacked && Text(i).SequenceEqual("call"u8)) return;
        Mark(isStacked ? Rules.SqlStackedStatement : Rules.SqlStatement, Math.Max(0, before), i + 2);
        if (isStacked && Text(i).SequenceEqual("begin"u8)) Mark(Rules.SqlBlock, before, i + 2);
        if (isStacked && Kind(before - 1) is SqlToken.Number or SqlToken.String && IsAdjacent(before)) Mark(Rules.SqlBreakStatement, before - 1, i + 2);
    }

    /// <summary>True if a line begins with the token: so statements follow one another in a script.</summary>
    private bool IsOwnLine(int i)
    {
        var before = _leaf.Text[.._tokens[i].Start].TrimEnd(" \t"u8);
        return before.EndsWith("\n"u8);
    }

    /// <summary>True if the text begins with a whole statement: those behind it were put into none.</summary>
    private bool BeginsStatement() => !_insideQuote && (Kind(0) == SqlToken.Select ? IsSelect(0) : Kind(0) == SqlToken.Statement && IsStatement(0));

    /// <summary>True if what the semicolon ends is a statement, or the end of one, and no value.</summary>
    private bool FollowsStatement(int semicolon)
    {
        const int minTokens = 4;
        return Kind(0) is SqlToken.Statement or SqlToken.Select || !_insideQuote && semicolon >= minTokens && Kind(0) is SqlToken.Name or SqlToken.Keyword && Kind(semicolon - 1) is SqlToken.Name or SqlToken.CloseParenthesis;
    }

    private void MarkFunction(int i)
    {
        int argument = Skip(i + 2, SqlToken.OpenParenthesis);
        var name = Text(i);
        if (SqlWords.IsTimeFunction(name))
        {
            argument = Skip(argument, SqlToken.Arithmetic);
            // A sentence goes on with a word, and a length of time with its unit: 8h.
            const int maxUnit = 3;
            bool isNextWord = Kind(argument + 1) is SqlToken.Name or SqlToken.Keyword && (_tokens[argument + 1].Start > _tokens[argument].End || _tokens[argument + 1].Length <= maxUnit);
            bool isCall = Kind(argument) is SqlToken.String or SqlToken.Function or SqlToken.Select || Kind(argument) == SqlToken.Number && !isNextWord;
            if (isCall) Mark(Rules.SqlTimeFunction, i, argument + 1);
            return;
        }
        if ((name.SequenceEqual("if"u8) || name.EndsWith("iif"u8) || name.SequenceEqual("elt"u8) || name.SequenceEqual("make_set"u8)) && IsLiteral(Kind(argument)) && Kind(argument + 1) == SqlToken.Comparison && IsLiteral(Kind(argument + 2)))
            Mark(Rules.SqlConditional, i, argument + 2);
        if (SqlWords.IsCharFunction(name) && Kind(argument) == SqlToken.Number) Mark(Rules.SqlCharFunction, i, argument + 1);
        else if (name.SequenceEqual("if"u8) && !IsFollowedByComparison(i)) return;
        else Mark(Rules.SqlFunctionCall, i, argument);
    }

    private void MarkOrderBy(int i)
    {
        int by = Skip(i + 1, SqlToken.Comment);
        if (!Text(by).SequenceEqual("by"u8)) return;
        int column = Skip(by + 1, SqlToken.OpenParenthesis);
        if (Kind(column) is not (SqlToken.Number or SqlToken.Select or SqlToken.Function or SqlToken.String)) return;
        Mark(Rules.SqlOrderByNumber, i, column);
        int last = _tokens.Length - 1;
        bool isFirst = i == 0 || i == 1 && IsLiteral(Kind(0)) || i == 2 && Kind(0) == SqlToken.Arithmetic && Kind(1) == SqlToken.Number;
        while (Kind(column) == SqlToken.Number && Kind(column + 1) == SqlToken.Comma && Kind(column + 2) == SqlToken.Number) column += 2;
        if (isFirst && Kind(column) == SqlToken.Number && column + 1 == last && Kind(last) == SqlToken.Comment && Text(last).Trim(" -#/*"u8).IsEmpty) Mark(Rules.SqlOrderByEnd, i, last);
    }

    private void MarkCondition(int i, Rule rule)
    {
        int left = i + 1;
        while (Kind(left) is SqlToken.Comment or SqlToken.OpenParenthesis) left++;
        int comparison = Skip(left + 1, SqlToken.Comment);
        if (Kind(comparison) != SqlToken.Comparison || Bytes.IsLetter(Text(comparison)[0])) return;
        int right = Skip(comparison + 1, SqlToken.Comment);
        if (IsLiteral(Kind(left)) && IsLiteral(Kind(right)) || rule == Rules.SqlHaving && IsLiteral(Kind(right))) Mark(rule, i, right);
    }

    private void MarkComment(int i)
    {
        var text = Text(i);
        bool isBlock = text.StartsWith("/*"u8);
        if (isBlock && IsWordlike(Kind(i - 1)) && IsWordlike(Kind(i + 1)) && text.Length <= 40 && (IsTelling(Kind(i - 1)) || IsTelling(Kind(i + 1))))
            Mark(Rules.SqlCommentSplit, i - 1, i + 1);
    }

    private void MarkTrailingComment(int i)
    {
        var text = Text(i);
        if (i == _tokens.Length - 1 && i > 0 && text.Length < 40 && !text.StartsWith("*/"u8) && !IsRemark(text) && (IsLiteral(Kind(i - 1)) || Kind(i - 1) is SqlToken.CloseParenthesis or SqlToken.Name or SqlToken.Semicolon))
            Mark(Rules.SqlTrailingComment, i - 1, i);
    }

    /// <summary>True for two words behind a sign of a comment and a space: they say something, and do not merely cut off the rest.</summary>
    private static bool IsRemark(ReadOnlySpan<byte> comment)
    {
        if (!comment.StartsWith("-- "u8) || !Bytes.IsLetter(Bytes.At(comment, 3))) return false;
        int end = Bytes.SkipWord(comment, 3);
        return end > 4 && Bytes.At(comment, end) == ' ' && Bytes.IsLetter(Bytes.At(comment, end + 1)) && Bytes.IsLetter(Bytes.At(comment, end + 2));
    }

    private static bool IsWordlike(SqlToken kind) => kind is not (SqlToken.None or SqlToken.Other or SqlToken.Comment);

    private static bool IsTelling(SqlToken kind) => kind is SqlToken.Logic or SqlToken.Union or SqlToken.Select or SqlToken.Statement or SqlToken.From or SqlToken.Where
        or SqlToken.OrderBy or SqlToken.Having or SqlToken.Comparison;

    private void MarkNumber(int i)
    {
        var text = Text(i);
        if (text.Length >= 6 && text.StartsWith("0x"u8)) Mark(Rules.SqlHexLiteral, i, i);
    }

    private void MarkKeyword(int i)
    {
        var text = Text(i);
        if (text.SequenceEqual("case"u8))
        {
            int first = Text(i + 1).SequenceEqual("when"u8) ? i + 2 : i + 1;
            if (IsLiteral(Kind(first)) && Kind(first + 1) == SqlToken.Comparison && IsLiteral(Kind(first + 2))) Mark(Rules.SqlConditional, i, first + 2);
            for (int j = i + 1; j < Math.Min(i + 12, _tokens.Length); j++)
                if (Text(j).SequenceEqual("then"u8) && Text(i + 1) is var next && (next.SequenceEqual("when"u8) || Kind(i + 1) is SqlToken.OpenParenthesis or SqlToken.Number))
                    Mark(Rules.SqlCaseWhen, i, j);
        }
        else if (text.SequenceEqual("procedure"u8) && Text(i + 1).StartsWith("analyse"u8))
        {
            Mark(Rules.SqlErrorFunction, i, i + 1);
            if (Kind(i + 2) == SqlToken.OpenParenthesis) Mark(Rules.SqlFunctionCall, i, i + 2);
        }
    }
}
