namespace Vedette.Engine.Signatures;

/// <summary>How far a leaf reads like something a person wrote, and whether it ends what it was put into.</summary>
/// <remarks>
/// An injection must end the value it stands in, at once or behind a short one, and leave the rest of the statement in order. A person writing about code starts and
/// ends with words. What is measured here tells the two apart; whether it may excuse anything is for <see cref="ContextAnalyzer"/> to say.
/// </remarks>
internal readonly record struct TextShape
{
    private const int MaxContraction = 2;

    /// <summary>Words before the first character that is neither letter, digit nor ordinary punctuation; keywords count only before another word.</summary>
    public int LeadWords { get; private init; }

    /// <summary>True if the first word begins a statement of SQL.</summary>
    public bool StartsAsStatement { get; private init; }

    /// <summary>Words at the end that no statement could end in; 0 if it ends in anything else.</summary>
    public int TailWords { get; private init; }

    public bool EndsInWords => TailWords > 0;

    /// <summary>True if some character could end a literal, a call or a statement: a quote outside a word, a semicolon, a parenthesis that nothing opened.</summary>
    public bool HasBreak { get; private init; }

    /// <summary>True if the text ends in a comment sign with nothing behind it, or within a literal just opened: what the server appends is cut off or closes it.</summary>
    public bool IsTerminated { get; private init; }

    /// <summary>Reads a leaf. O(length).</summary>
    /// <param name="text">In lower case.</param>
    public static TextShape Read(ReadOnlySpan<byte> text) => new()
    {
        LeadWords = CountLead(text),
        StartsAsStatement = SqlWords.Classify(text[..Bytes.SkipWord(text, 0)]) is SqlToken.Select or SqlToken.Statement,
        TailWords = CountTail(text),
        HasBreak = Breaks(text),
        IsTerminated = Terminates(text),
    };

    private static int CountLead(ReadOnlySpan<byte> text)
    {
        int words = 0;
        int keywords = 0;
        bool isFirst = true;
        for (int i = 0; i < text.Length;)
        {
            int end = WordEnd(text, i);
            if (end == i)
            {
                if (!IsLight(text, i)) break;
                i++;
                continue;
            }
            if (Bytes.At(text, end) is (byte)'(' or (byte)'=' or (byte)'\'' or (byte)'"' or (byte)'`' or (byte)'[') break;
            var word = text[i..end];
            i = end;
            if (Bytes.IsDigit(word[0]) || word.Length < 2) continue;
            var kind = SqlWords.Classify(word);
            if (kind is SqlToken.Logic or SqlToken.Union && isFirst) return 0;
            isFirst = false;
            if (kind == SqlToken.Name)
            {
                words += 1 + keywords;
                keywords = 0;
            }
            else
            {
                keywords++;
            }
        }
        return words;
    }

    private static int CountTail(ReadOnlySpan<byte> text)
    {
        // No statement holds so many names side by side, but a remark may hold a dash, or a word of SQL before them.
        const int remark = 3;
        int end = text.Length;
        while (end > 0 && text[end - 1] is (byte)' ' or (byte)'.' or (byte)'?' or (byte)'!' or (byte)'\n' or (byte)'\r' or (byte)':') end--;
        end = WithoutNote(text, end);
        int words = 0;
        var first = SqlToken.None;
        while (end > 0 && (IsLetter(text[end - 1]) || text[end - 1] == '\''))
        {
            int start = end;
            while (start > 0 && (IsLetter(text[start - 1]) || text[start - 1] == '\'' && IsInWord(text, start - 1))) start--;
            if (start == end || start > 0 && text[start - 1] is not ((byte)' ' or (byte)',' or (byte)'\n')) break;
            var kind = SqlWords.Classify(text[start..end]);
            if (kind is not (SqlToken.Name or SqlToken.Logic or SqlToken.Comparison or SqlToken.Null or SqlToken.Keyword or SqlToken.Statement)) return words >= remark ? words : 0;
            if (kind == SqlToken.Name && end - start >= 2) words++;
            // A condition in SQL goes on behind "in" and "is" with a parenthesis or NULL, and "not" stands behind another logic word.
            first = text[start..end].SequenceEqual("in"u8) || text[start..end].SequenceEqual("is"u8) || text[start..end].SequenceEqual("not"u8) ? SqlToken.Name : kind;
            end = start;
            while (end > 0 && (text[end - 1] is (byte)' ' or (byte)',' or (byte)'\n' || text[end - 1] is (byte)'.' or (byte)'!' or (byte)'?' && text[end] == ' ')) end--;
            // A dash between words, with a space on either side.
            if (end >= 3 && text[end - 1] == '-' && text[end] == ' ' && text[end - 2] == ' ' && IsLetter(text[end - 3])) end -= 2;
        }
        bool isOperand = words < remark && (first is SqlToken.Logic && words < 2 || first is SqlToken.Comparison or SqlToken.Keyword && words < 2 || end > 0 && text[end - 1] is (byte)'=' or (byte)'-' or (byte)'+' or (byte)'*' or (byte)'#' or (byte)'|' or (byte)';' or (byte)'&');
        return isOperand ? 0 : words;
    }

    /// <summary>True if the text ends in three words and a question mark: somebody asks about what stands before.</summary>
    public static bool EndsAsQuestion(ReadOnlySpan<byte> text)
    {
        const int minWords = 3;
        int end = text.TrimEnd(" \r\n)\""u8).Length;
        if (end == 0 || text[end - 1] != '?') return false;
        end--;
        int words = 0;
        while (words < minWords)
        {
            int start = end;
            while (start > 0 && (IsLetter(text[start - 1]) || Bytes.IsDigit(text[start - 1]) || text[start - 1] == '\'' && IsInWord(text, start - 1))) start--;
            if (start == end || start > 0 && text[start - 1] is not ((byte)' ' or (byte)'\n')) return false;
            words++;
            end = start;
            while (end > 0 && text[end - 1] is (byte)' ' or (byte)',' or (byte)'\n') end--;
        }
        return true;
    }

    /// <summary>Where the text ends without a closing number or remark: <c>2026</c>, <c>(part 2)</c>.</summary>
    private static int WithoutNote(ReadOnlySpan<byte> text, int end)
    {
        int start = end;
        if (start > 0 && text[start - 1] == ')')
        {
            int open = text[..start].LastIndexOf((byte)'(');
            if (open > 0 && text[open - 1] == ' ' && Bytes.IsLetter(Bytes.At(text, open + 1)) && text[(open + 1)..(start - 1)].IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789 "u8) < 0) start = open;
        }
        while (start > 0 && Bytes.IsDigit(text[start - 1])) start--;
        if (start == end || start == 0 || text[start - 1] != ' ') return end;
        while (start > 0 && text[start - 1] == ' ') start--;
        return start;
    }

    private static bool Breaks(ReadOnlySpan<byte> text)
    {
        int open = 0;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'(': open++; break;
                case (byte)')' when --open < 0: return true;
                case (byte)'\'' when !IsInWord(text, i): return true;
                case (byte)'"' or (byte)'`' or (byte)';' or (byte)'|': return true;
                case (byte)'-' when Bytes.At(text, i + 1) == '-': return true;
                case (byte)'/' when Bytes.At(text, i + 1) == '*': return true;
                default: break;
            }
        }
        return false;
    }

    private static bool Terminates(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\r\n+\0"u8);
        if (text.EndsWith("--"u8) || text.EndsWith("-- -"u8) || text.EndsWith("/*"u8) || text.EndsWith("#"u8)) return true;
        int quote = text.LastIndexOfAny((byte)'\'', (byte)'"');
        if (quote <= 0 || text.Length - quote > 12 || IsInWord(text, quote)) return false;
        var rest = text[(quote + 1)..];
        return (text.Count(text[quote]) & 1) == 0 && text[..quote].TrimEnd((byte)' ') is [.., (byte)'=' or (byte)'<' or (byte)'>' or (byte)'e' or (byte)'('] && rest.IndexOfAny(" )"u8) < 0;
    }

    /// <summary>True if words of a sentence lead to a statement of SQL that the text holds from its beginning, with every quote closed: somebody writes about it.</summary>
    /// <param name="text">In lower case.</param>
    public static bool LeadsToStatement(ReadOnlySpan<byte> text)
    {
        int words = 0;
        var before = SqlToken.None;
        for (int i = 0; i < text.Length;)
        {
            int end = WordEnd(text, i);
            if (end > i)
            {
                var kind = Bytes.IsDigit(text[i]) ? SqlToken.Number : SqlWords.Classify(text[i..end]);
                if (kind is SqlToken.Select or SqlToken.Statement && Bytes.At(text, end) == ' ' && words >= 2)
                    return before is not (SqlToken.Union or SqlToken.Logic or SqlToken.Number) && (text.Count((byte)'"') & 1) == 0 && (text[i..].Count((byte)'\'') & 1) == 0;
                if (kind == SqlToken.Union && words < 2) return false;
                if (kind is SqlToken.Name or SqlToken.Keyword or SqlToken.Function) words++;
                before = kind;
                i = end;
            }
            else if (text[i] is (byte)' ' or (byte)',' or (byte)'.' or (byte)':' or (byte)'?' or (byte)'!' or (byte)'"' or (byte)'`' or (byte)'(' or (byte)'\n' or (byte)'-' && Bytes.At(text, i + 1) != '-')
            {
                if (text[i] is not ((byte)' ' or (byte)'\n')) before = SqlToken.None;
                i++;
            }
            else
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>True for several lines of words that begin as a text does, with nothing that could end a value: an article, a file, a log, a program.</summary>
    /// <param name="text">In lower case.</param>
    public static bool IsDocument(ReadOnlySpan<byte> text)
    {
        const int minLines = 5, minLength = 140;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.Length < minLength || text[0] is (byte)';' or (byte)'|' or (byte)'&' or (byte)')' or (byte)',' || BeginsWithEnd(text)) return false;
        int lines = 0;
        while (lines < minLines && !text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            if (HoldsWord(line)) lines++;
            text = end < 0 ? default : text[(end + 1)..];
        }
        return lines == minLines;
    }

    /// <summary>True if the first thing is a quote that its line does not close.</summary>
    private static bool BeginsWithEnd(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        return text[0] is (byte)'\'' or (byte)'"' && (text[..Math.Max(end, 1)].Count(text[0]) & 1) != 0;
    }

    private static bool HoldsWord(ReadOnlySpan<byte> line)
    {
        const int minWord = 3;
        int letters = 0;
        foreach (byte b in line)
        {
            letters = IsLetter(b) ? letters + 1 : 0;
            if (letters == minWord) return true;
        }
        return false;
    }

    /// <summary>True if every parenthesis closes one that was opened, and all are closed.</summary>
    public static bool IsBalanced(ReadOnlySpan<byte> text)
    {
        int open = 0;
        foreach (byte b in text)
        {
            if (b == '(') open++;
            else if (b == ')' && --open < 0) return false;
        }
        return open == 0;
    }

    /// <summary>True if the apostrophe at <paramref name="at"/> belongs to a word: <c>don't</c>, <c>that's</c>, <c>O'Brien</c>, <c>l'eau</c>.</summary>
    internal static bool IsInWord(ReadOnlySpan<byte> text, int at)
    {
        int start = at;
        while (start > 0 && IsLetter(text[start - 1]) && at - start < MaxContraction + 8) start--;
        int end = at + 1;
        while (end < text.Length && IsLetter(text[end]) && end - at <= 32) end++;
        if (start == at || end == at + 1) return false;
        var before = text[start..at];
        var after = text[(at + 1)..end];
        if (Bytes.At(text, end) is (byte)'(' or (byte)'=' or (byte)'\'') return false;
        bool isContraction = after.SequenceEqual("s"u8) || after.SequenceEqual("t"u8) || after.SequenceEqual("d"u8) || after.SequenceEqual("m"u8) || after.SequenceEqual("re"u8) || after.SequenceEqual("ve"u8) || after.SequenceEqual("ll"u8);
        bool isName = before is [(byte)'o' or (byte)'d' or (byte)'l' or (byte)'c' or (byte)'j' or (byte)'n' or (byte)'s' or (byte)'m'] || before.SequenceEqual("qu"u8) || before.SequenceEqual("mc"u8);
        return isContraction && before.Length >= 2 || before.SequenceEqual("i"u8) && isContraction || isName && after.Length >= 2 && SqlWords.Classify(after) == SqlToken.Name;
    }

    private static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (IsLetter(text[at]) || Bytes.IsDigit(text[at]) || text[at] == '_' || text[at] == '\'' && IsInWord(text, at))) at++;
        return at;
    }

    private static bool IsLight(ReadOnlySpan<byte> text, int at) => text[at] switch
    {
        (byte)' ' or (byte)'\n' or (byte)'\r' => true,
        (byte)',' or (byte)'.' or (byte)'!' or (byte)'?' or (byte)':' => Bytes.At(text, at + 1) is (byte)' ' or (byte)'\n' or 0 || Bytes.IsDigit(Bytes.At(text, at + 1)),
        (byte)'-' => Bytes.IsWord(Bytes.At(text, at + 1)) && at > 0 && Bytes.IsWord(text[at - 1]),
        _ => false,
    };

    private static bool IsLetter(byte b) => Bytes.IsLetter(b) || b >= 0x80;
}
