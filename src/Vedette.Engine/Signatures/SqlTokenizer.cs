namespace Vedette.Engine.Signatures;

/// <summary>A token and its place in the text.</summary>
internal readonly record struct SqlLexeme(SqlToken Kind, int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>Cuts lower-cased text into SQL tokens the way a lenient server would, starting outside or inside a string literal.</summary>
/// <remarks>
/// The union of the dialects: <c>--</c>, <c>#</c> and <c>/*</c> are comments, <c>/*!</c> is not, a backslash and a doubled quote escape.
/// Reading the same text from inside a quote shows what an injected value would become (the idea of N. Galbreath's libinjection, Black Hat 2012).
/// </remarks>
internal ref struct SqlTokenizer
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private SqlTokenizer(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Fills <paramref name="tokens"/> and returns how many there are; the rest of a longer text is not read.</summary>
    /// <param name="text">Lower-cased text.</param>
    /// <param name="quote">0, or the quote the text begins inside of: the first token is then what ends that literal.</param>
    /// <param name="tokens">Receives the tokens.</param>
    public static int Tokenize(ReadOnlySpan<byte> text, byte quote, Span<SqlLexeme> tokens)
    {
        var tokenizer = new SqlTokenizer(text);
        int count = 0;
        if (quote != 0) tokens[count++] = tokenizer.ReadString(0, quote, contentStart: 0);
        while (count < tokens.Length && tokenizer.TryRead(out tokens[count])) count++;
        return count;
    }

    private bool TryRead(out SqlLexeme token)
    {
        while (_at < _text.Length && (Bytes.IsSpace(_text[_at]) || _text[_at] < 0x20)) _at++;
        if (_at >= _text.Length)
        {
            token = default;
            return false;
        }
        byte b = _text[_at];
        if (Bytes.IsDigit(b) || (b == '.' && Bytes.IsDigit(Bytes.At(_text, _at + 1)))) token = ReadNumber();
        else if (Bytes.IsLetter(b) || b == '_' || b >= 0x80) token = ReadWord();
        else if (b is (byte)'\'' or (byte)'"') token = ReadString(_at, b, _at + 1);
        else token = ReadSymbol(b);
        return true;
    }

    private SqlLexeme Take(SqlToken kind, int length)
    {
        var token = new SqlLexeme(kind, _at, Math.Min(length, _text.Length - _at));
        _at = token.End;
        return token;
    }

    private SqlLexeme ReadNumber()
    {
        int end = _at;
        if (_text[_at] == '0' && Bytes.At(_text, _at + 1) == 'x')
        {
            end += 2;
            while (end < _text.Length && (Bytes.IsDigit(_text[end]) || _text[end] is >= (byte)'a' and <= (byte)'f')) end++;
            return Take(SqlToken.Number, end - _at);
        }
        while (end < _text.Length && (Bytes.IsDigit(_text[end]) || _text[end] == '.')) end++;
        if (Bytes.At(_text, end) == 'e' && Bytes.IsDigit(Bytes.At(_text, end + 1)))
        {
            end++;
            while (end < _text.Length && Bytes.IsDigit(_text[end])) end++;
        }
        return Take(SqlToken.Number, end - _at);
    }

    private SqlLexeme ReadWord()
    {
        int end = _at;
        while (end < _text.Length && (Bytes.IsWord(_text[end]) || _text[end] is (byte)'.' or (byte)'$' or >= 0x80) && _text[end] != 0xA0) end++;
        var word = _text[_at..end];
        if (Bytes.At(_text, Bytes.SkipSpace(_text, end)) == '(' && (SqlWords.IsFunction(word) || SqlWords.IsTimeFunction(word)))
            return Take(SqlToken.Function, word.Length);
        return Take(IsHyphenated(end) ? SqlToken.Name : SqlWords.Classify(word), word.Length);
    }

    /// <summary>True if the word from the present position is part of a compound, as in <c>read-or-select-mode</c>: SQL has no minus behind a word and before a keyword.</summary>
    private readonly bool IsHyphenated(int end)
    {
        bool follows = _at >= 2 && _text[_at - 1] == '-' && Bytes.IsLetter(_text[_at - 2]);
        bool leads = Bytes.At(_text, end) == '-' && Bytes.IsLetter(Bytes.At(_text, end + 1)) && _at >= 1 && _text[_at - 1] is (byte)'-' or (byte)'/';
        return follows || leads;
    }

    private SqlLexeme ReadString(int start, byte quote, int contentStart)
    {
        int end = contentStart;
        while (true)
        {
            int next = end < _text.Length ? _text[end..].IndexOfAny(quote, (byte)'\\') : -1;
            if (next < 0)
            {
                end = _text.Length;
                break;
            }
            end += next + 1;
            if (_text[end - 1] == quote)
            {
                if (Bytes.At(_text, end) != quote || contentStart == 0) break;
                end++;
            }
            else if (contentStart > 0 || Bytes.At(_text, end) != quote)
            {
                // Inside the attacked literal a backslash before the quote is taken as part of the payload: many servers do not know it.
                end++;
            }
        }
        end = Math.Min(end, _text.Length);
        _at = end;
        return new SqlLexeme(SqlToken.String, start, end - start);
    }

    private SqlLexeme ReadSymbol(byte b)
    {
        byte next = Bytes.At(_text, _at + 1);
        switch (b)
        {
            case (byte)'-' when next == '-': return ReadLineComment();
            case (byte)'-' when next == '>': return Take(SqlToken.Comparison, Bytes.At(_text, _at + 2) == '>' ? 3 : 2);
            case (byte)'@' when next == '>' || next == '@' && !Bytes.IsWord(Bytes.At(_text, _at + 2)): return Take(SqlToken.Comparison, 2);
            case (byte)'<' when next == '@': return Take(SqlToken.Comparison, 2);
            case (byte)'?' when next is (byte)' ' or (byte)'|' or (byte)'&': return Take(SqlToken.Comparison, next == ' ' ? 1 : 2);
            case (byte)':' when next == ':' && Bytes.IsLetter(Bytes.At(_text, _at + 2)): return Take(SqlToken.Cast, Bytes.SkipWord(_text, _at + 2) - _at);
            case (byte)'#': return ReadLineComment();
            case (byte)'/' when next == '*': return ReadBlockComment();
            case (byte)'*' when next == '/': return Take(SqlToken.Comment, 2);
            case (byte)'(': return Take(SqlToken.OpenParenthesis, 1);
            case (byte)')': return Take(SqlToken.CloseParenthesis, 1);
            case (byte)',': return Take(SqlToken.Comma, 1);
            case (byte)';': return Take(SqlToken.Semicolon, 1);
            case (byte)'*': return Take(SqlToken.Star, 1);
            case (byte)'|' when next == '|': return Take(SqlToken.Concatenation, 2);
            case (byte)'&' when next == '&': return Take(SqlToken.Logic, 2);
            case (byte)'=' or (byte)'<' or (byte)'>' or (byte)'!': return ReadComparison(b);
            case (byte)'+' or (byte)'-' or (byte)'/' or (byte)'%' or (byte)'^' or (byte)'|' or (byte)'&' or (byte)'~': return Take(SqlToken.Arithmetic, 1);
            case (byte)'@': return ReadVariable();
            case (byte)'`': return ReadQuotedName();
            default: return Take(SqlToken.Other, 1);
        }
    }

    private SqlLexeme ReadComparison(byte first)
    {
        int length = 1;
        while (length < 3 && Bytes.At(_text, _at + length) is (byte)'=' or (byte)'<' or (byte)'>') length++;
        return Take(first == '!' && length == 1 ? SqlToken.Arithmetic : SqlToken.Comparison, length);
    }

    private SqlLexeme ReadVariable()
    {
        int end = _at;
        while (Bytes.At(_text, end) == '@') end++;
        end = Bytes.SkipWord(_text, end);
        return Take(end > _at + 1 ? SqlToken.Variable : SqlToken.Other, end - _at);
    }

    private SqlLexeme ReadQuotedName()
    {
        int close = _text[(_at + 1)..].IndexOf((byte)'`');
        return close < 0 ? Take(SqlToken.Other, 1) : Take(SqlToken.Name, close + 2);
    }

    private SqlLexeme ReadLineComment()
    {
        int end = _text[_at..].IndexOf((byte)'\n');
        return Take(SqlToken.Comment, end < 0 ? _text.Length - _at : end + 1);
    }

    private SqlLexeme ReadBlockComment()
    {
        if (Bytes.At(_text, _at + 2) == '!')
        {
            int start = _at + 3;
            while (Bytes.IsDigit(Bytes.At(_text, start)) && start < _at + 9) start++;
            return Take(SqlToken.Comment, start - _at);
        }
        int end = _text[(_at + 2)..].IndexOf("*/"u8);
        return Take(SqlToken.Comment, end < 0 ? _text.Length - _at : end + 4);
    }
}
