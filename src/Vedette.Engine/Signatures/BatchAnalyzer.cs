namespace Vedette.Engine.Signatures;

/// <summary>Looks for the statements of Windows' command interpreter: loops over files, conditions, and variables in percent signs.</summary>
internal static class BatchAnalyzer
{
    private static readonly WordTable Relations = new((1, "equ neq lss leq gtr geq"));

    public static void Analyze(in LeafView leaf)
    {
        var text = leaf.Text;
        if (!leaf.Present.Has('%') && !leaf.Present.Has('=') && !leaf.Present.Has(' ')) return;
        for (int at = StatementStart(text, 0); at >= 0 && at < text.Length; at = NextStart(text, at))
        {
            int end = Bytes.SkipWord(text, at);
            var word = text[at..end];
            if (word.SequenceEqual("for"u8) && IsLoop(text, end)) leaf.Mark(Rules.CommandBatch, at, Math.Min(text.Length - at, 40));
            else if (word.SequenceEqual("if"u8) && IsCondition(text, end)) leaf.Mark(Rules.CommandBatch, at, Math.Min(text.Length - at, 40));
        }
    }

    private static int StatementStart(ReadOnlySpan<byte> text, int at)
    {
        at = Bytes.SkipSpace(text, at);
        while (Bytes.At(text, at) is (byte)'&' or (byte)'|' or (byte)'(' or (byte)'@' or (byte)'"' or (byte)'\'' || at < text.Length && Bytes.IsSpace(text[at])) at++;
        return at;
    }

    private static int NextStart(ReadOnlySpan<byte> text, int at)
    {
        int next = text[at..].IndexOfAny((byte)'&', (byte)'|', (byte)'\n');
        return next < 0 ? -1 : StatementStart(text, at + next + 1);
    }

    /// <summary>True for <c>for %x in (…)</c> and <c>for /f … %x in</c>.</summary>
    private static bool IsLoop(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[at..Math.Min(text.Length, at + 160)];
        int variable = rest.IndexOf((byte)'%');
        if (variable < 1 || !Bytes.IsSpace(rest[0])) return false;
        bool hasSwitchFirst = rest[..variable].Trim((byte)' ').StartsWith("/"u8);
        if (!hasSwitchFirst && !rest[..variable].Trim(" \t+"u8).IsEmpty) return false;
        int into = rest[variable..].IndexOf(" in "u8);
        return into is > 0 and < 24 && Bytes.At(rest, Bytes.SkipSpace(rest, variable + into + 4)) == '(';
    }

    /// <summary>True for conditions that compare or ask for a file or variable, and go on with a command.</summary>
    private static bool IsCondition(ReadOnlySpan<byte> text, int at)
    {
        if (!Bytes.IsSpace(Bytes.At(text, at))) return false;
        var rest = text[at..Math.Min(text.Length, at + 160)];
        int word = Bytes.SkipSpace(rest, 0);
        bool hasSwitch = rest[word..].StartsWith("/i "u8);
        if (hasSwitch) word = Bytes.SkipSpace(rest, word + 3);
        bool isNegated = rest[word..].StartsWith("not "u8);
        if (isNegated) word = Bytes.SkipSpace(rest, word + 4);
        int end = Bytes.SkipWord(rest, word);
        var first = rest[word..end];
        if (first.SequenceEqual("exist"u8)) return HasCommand(rest[end..]);
        if (first.SequenceEqual("defined"u8) || first.SequenceEqual("errorlevel"u8)) return rest[end..].IndexOfAny((byte)'(', (byte)'%') >= 0 || HasCommand(rest[end..]);
        if (rest.IndexOf("=="u8) is > 0 and var equals) return hasSwitch || rest.Contains((byte)'%') && rest[..equals].IndexOfAny("%\"({"u8) >= 0;
        foreach (var range in rest.Split((byte)' '))
            if (Relations.Find(rest[range]) != 0) return true;
        return false;
    }

    /// <summary>True if a command or a group of commands follows soon.</summary>
    private static bool HasCommand(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)' '))
        {
            var word = text[range].TrimStart("(@"u8);
            if (word.Length < text[range].Length && text[range].StartsWith("("u8) || ShellAnalyzer.IsCommand(word.TrimEnd(")"u8))) return true;
        }
        return false;
    }
}
