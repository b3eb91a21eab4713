namespace Vedette.Engine.Signatures;

/// <summary>Tells an attack that somebody writes about from one that is made: all that is suspicious stands between marks of quotation, and the rest is a person's words.</summary>
/// <remarks>
/// Quotations are blocks and spans of code as in Markdown, and words between quotation marks that open behind a space and close before none of a word. An injection ends the value it stands in,
/// which leaves a mark without its counterpart, or signs of a language outside. Linear.
/// </remarks>
internal static class MentionShape
{
    private const int MinWords = 4;

    /// <summary>True if outside of its quotations the text holds words and nothing else, or is the line of a log.</summary>
    /// <param name="text">In lower case.</param>
    public static bool IsQuotation(ReadOnlySpan<byte> text)
    {
        int words = 0, keywords = 0, quotations = 0;
        bool hasBlock = false, isLog = false;
        for (int i = 0; i < text.Length;)
        {
            if (QuotationEnd(text, i) is var end && end > i)
            {
                hasBlock |= text[i..].StartsWith("```"u8);
                if (quotations == 0) isLog = text[i] == '"' && HasTime(text[..i]);
                quotations++;
                i = end;
            }
            else if (IsLetter(text[i]))
            {
                int start = i;
                while (i < text.Length && (IsLetter(text[i]) || text[i] == '\'' && TextShape.IsInWord(text, i))) i++;
                if (i - start < 2 || !StandsAlone(text, start, i)) continue;
                if (SqlWords.Classify(text[start..i]) == SqlToken.Name) words++;
                else keywords++;
            }
            else if (IsPlain(text, i))
            {
                i++;
            }
            else
            {
                return false;
            }
        }
        return quotations > 0 && (hasBlock || words + keywords >= MinWords && words >= keywords || isLog && words >= keywords);
    }

    /// <summary>True for a word of a sentence; those of a name such as <c>os.path:join</c> hang together.</summary>
    private static bool StandsAlone(ReadOnlySpan<byte> text, int start, int end)
    {
        byte before = Bytes.At(text, start - 1), after = Bytes.At(text, end);
        return (start == 0 || Bytes.IsSpace(before) || before is (byte)'(' or (byte)'-' or (byte)'*' or (byte)'_')
            && (end == text.Length || Bytes.IsSpace(after) || after is (byte)',' or (byte)';' or (byte)'!' or (byte)'?' or (byte)')' or (byte)'-' or (byte)'*' or (byte)'_' || after is (byte)'.' or (byte)':' && !IsLetter(Bytes.At(text, end + 1)));
    }

    /// <summary>Where the quotation that begins at <paramref name="at"/> ends; <paramref name="at"/> if none begins there.</summary>
    private static int QuotationEnd(ReadOnlySpan<byte> text, int at)
    {
        byte mark = text[at];
        if (mark is not ((byte)'`' or (byte)'"' or (byte)'\'')) return at;
        byte before = Bytes.At(text, at - 1);
        if (mark == '`' && text[at..].StartsWith("```"u8)) return BlockEnd(text, at);
        bool mayOpen = at == 0 || Bytes.IsSpace(before) || before is (byte)'(' or (byte)'[' or (byte)':' or (byte)',' or (byte)'*';
        if (!mayOpen || mark != '`' && Bytes.IsSpace(Bytes.At(text, at + 1))) return at;
        for (int close = at + 1; close < text.Length; close++)
        {
            int next = text[close..].IndexOf(mark);
            if (next < 0) return at;
            close += next;
            byte after = Bytes.At(text, close + 1);
            if (mark == '`' || !IsLetter(after) && !Bytes.IsDigit(after) && after != mark && (mark == '"' || !TextShape.IsInWord(text, close))) return close + 1;
        }
        return at;
    }

    /// <summary>Where a block of code ends that a line of three backticks opens and another closes.</summary>
    private static int BlockEnd(ReadOnlySpan<byte> text, int at)
    {
        int line = text[at..].IndexOf((byte)'\n');
        if (line < 0 || text[(at + 3)..(at + line)].IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789+#- \r"u8) >= 0) return at;
        int close = text[(at + line)..].IndexOf("\n```"u8);
        return close < 0 ? at : at + line + close + 4;
    }

    /// <summary>True for what stands between the words of sentences, lists, links and log lines, and ends no literal, tag or command.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text, int at)
    {
        byte before = Bytes.At(text, at - 1), after = Bytes.At(text, at + 1);
        return text[at] switch
        {
            (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)',' or (byte)'!' or (byte)'?' or (byte)'(' or (byte)')' or (byte)'[' or (byte)']' or (byte)'+' or (byte)'_' or (byte)'@' or (byte)'~' => true,
            (byte)':' or (byte)'-' or (byte)'%' => true,
            (byte)'.' => after != '.' || Bytes.At(text, at + 2) is not ((byte)'/' or (byte)'\\'),
            (byte)'*' => before != '/' && after != '/',
            (byte)'/' => before != '*' && after != '*',
            (byte)'\'' => TextShape.IsInWord(text, at),
            (byte)';' => Bytes.IsSpace(after) && IsLetter(before),
            (byte)'#' => Bytes.IsDigit(after) || at == 0 || before is (byte)'\n' or (byte)'#',
            (byte)'>' => at == 0 || before == '\n',
            (byte)'&' => Bytes.IsSpace(before) && Bytes.IsSpace(after) || IsLetter(before) && IsLetter(after),
            byte b => Bytes.IsDigit(b),
        };
    }

    /// <summary>True if a time of day stands in the text, as at the beginning of a log line.</summary>
    private static bool HasTime(ReadOnlySpan<byte> head)
    {
        for (int i = 2; i + 6 <= head.Length; i++)
            if (head[i] == ':' && head[i + 3] == ':' && Bytes.IsDigit(head[i - 1]) && Bytes.IsDigit(head[i - 2]) && Bytes.IsDigit(head[i + 1]) && Bytes.IsDigit(head[i + 2]) && Bytes.IsDigit(head[i + 4]) && Bytes.IsDigit(head[i + 5])) return true;
        return false;
    }

    /// <summary>Leaves of every class the weightiest piece of evidence: that a text talks of an attack is known by one, and each further piece of the same attack says nothing new.</summary>
    public static void CountOnce(RuleHits hits, PayloadClasses classes = ~PayloadClasses.None)
    {
        Span<short> best = stackalloc short[PayloadClassNames.Count];
        best.Fill(-1);
        for (int i = hits.Next(0); i >= 0; i = hits.Next(i + 1))
        {
            var rule = Rules.All[i];
            if (rule.IsContext) return;
            if ((classes & rule.Class.AsSet()) == 0) continue;
            ref short kept = ref best[(int)rule.Class];
            if (kept >= 0) hits.Unmark(Rules.All[kept].Prior >= rule.Prior ? rule : Rules.All[kept]);
            if (kept < 0 || Rules.All[kept].Prior < rule.Prior) kept = (short)i;
        }
    }

    private static bool IsLetter(byte b) => Bytes.IsLetter(b) || b >= 0x80;
}
