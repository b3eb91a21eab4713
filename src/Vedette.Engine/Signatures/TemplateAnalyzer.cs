namespace Vedette.Engine.Signatures;

/// <summary>Looks inside template delimiters for what a placeholder never holds: arithmetic, calls, reflection.</summary>
internal static class TemplateAnalyzer
{
    /// <summary>Longer expressions are not looked for, which keeps the search linear.</summary>
    private const int MaxExpression = 512;

    public static void Analyze(in LeafView leaf)
    {
        var present = leaf.Present;
        if (present.Has('{')) MarkBraces(leaf);
        if (present.Has('<') && present.Has('%')) MarkBetween(leaf, "<%"u8, "%>"u8);
        if (present.Has('[')) MarkBetween(leaf, "[["u8, "]]"u8);
        if (present.Has('@')) MarkBetween(leaf, "@("u8, ")"u8);
        if (leaf.Hits.Has(Rules.TemplateDirective) && (leaf.Hits.Has(Rules.CodeJava) || leaf.Hits.Has(Rules.CodeGadget))) leaf.Mark(Rules.TemplateObject, 0, Math.Min(leaf.Text.Length, 64));
    }

    private static void MarkBraces(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOf((byte)'{');
            if (next < 0) return;
            i += next;
            byte before = Bytes.At(text, i - 1);
            bool isDouble = Bytes.At(text, i + 1) is (byte)'{' or (byte)'%' or (byte)'#';
            bool isPrefixed = before is (byte)'$' or (byte)'#' or (byte)'*' or (byte)'@' or (byte)'~' or (byte)'%';
            int open = i + (isDouble ? 2 : 1);
            int close = text[open..Math.Min(text.Length, open + MaxExpression)].IndexOf((byte)'}');
            var inside = close < 0 ? default : text.Slice(open, close);
            if (inside.IsEmpty) continue;
            int start = isPrefixed ? i - 1 : i;
            if (isDouble && leaf.Hits.Has(Rules.TemplateObject) && IsPlainSetting(inside)) leaf.Hits.Unmark(Rules.TemplateObject);
            if (isDouble || isPrefixed) Judge(leaf, start, open + inside.Length + 1 - start, inside);
            else if (IsArithmetic(inside) && text.Length < 40) leaf.Mark(Rules.TemplateArithmetic, start, inside.Length + 2);
            i = open - 1;
        }
    }

    /// <summary>True for one setting of a site shown as it is, <c>config.site_name</c>: neither the whole configuration nor a secret of it.</summary>
    private static bool IsPlainSetting(ReadOnlySpan<byte> inside)
    {
        inside = inside.Trim(" \t\r\n-"u8);
        if (!inside.StartsWith("config."u8) || inside.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789._"u8) >= 0) return false;
        var name = inside["config."u8.Length..];
        return name.Length > 0 && name.IndexOf("__"u8) < 0 && name.IndexOf("items"u8) < 0 && name.IndexOf("secret"u8) < 0 && name.IndexOf("key"u8) < 0 && name.IndexOf("pass"u8) < 0 && name.IndexOf("env"u8) < 0
            && name.IndexOf("from_"u8) < 0 && name.IndexOf("class"u8) < 0 && name.IndexOf("database"u8) < 0;
    }

    private static void MarkBetween(in LeafView leaf, ReadOnlySpan<byte> opening, ReadOnlySpan<byte> closing)
    {
        var text = leaf.Text;
        int at = 0;
        while (text[at..].IndexOf(opening) is var next and >= 0)
        {
            int open = at + next + opening.Length;
            int close = text[open..].IndexOf(closing);
            if (close < 0) return;
            var inside = text.Slice(open, Math.Min(close, MaxExpression)).TrimStart("=-"u8);
            if (opening[0] == '<') Judge(leaf, open - opening.Length, close + opening.Length + closing.Length, inside);
            else if (IsArithmetic(inside)) leaf.Mark(Rules.TemplateArithmetic, open - opening.Length, close + opening.Length + closing.Length);
            at = open + close;
        }
    }

    private static void Judge(in LeafView leaf, int start, int length, ReadOnlySpan<byte> inside)
    {
        length = Math.Min(length, leaf.Text.Length - start);
        leaf.Mark(Rules.TemplateDelimiter, start, length);
        if (IsArithmetic(inside)) leaf.Mark(Rules.TemplateArithmetic, start, length);
        if (leaf.Text[start] == '@' && inside.Contains((byte)'(') && inside.Contains((byte)'.')) leaf.Mark(Rules.TemplateObject, start, length);
        if (inside.Contains((byte)'(') && inside.IndexOfAny(".'\"@|"u8) >= 0 && !CallsOnlyFilters(inside)) leaf.Mark(Rules.TemplateCall, start, length);
        if (inside.IndexOf("class"u8) >= 0 && inside.IndexOfAny(".[_"u8) >= 0 && (inside.IndexOf("__"u8) >= 0 || inside.IndexOf(".class"u8) >= 0 || inside.IndexOf("getclass"u8) >= 0)
            || inside.IndexOf("constructor"u8) >= 0 || inside.IndexOf("system("u8) >= 0 || inside.IndexOf("exec("u8) >= 0 || inside.IndexOf("popen("u8) >= 0)
            leaf.Mark(Rules.TemplateObject, start, length);
    }

    /// <summary>Filters that hand their value to what a text names.</summary>
    private static readonly WordTable HandingFilters = new((1, "attr map filter sort reduce call apply exec system passthru eval format xmlattr include import load file_excerpt"));

    /// <summary>
    /// True if all that is called are filters of a name's value, or functions by their names in a condition, with nothing but texts, numbers and names handed to them: <c>user.name|default('guest')</c>, <c>price | round(2)</c>,
    /// <c>if is_open('shop')</c>.
    /// </summary>
    private static bool CallsOnlyFilters(ReadOnlySpan<byte> inside)
    {
        bool isCondition = inside.TrimStart(" -"u8).StartsWith("if "u8) || inside.TrimStart(" -"u8).StartsWith("elif "u8);
        for (int at = inside.IndexOf((byte)'('); at >= 0;)
        {
            int start = at;
            while (start > 0 && Bytes.IsWord(inside[start - 1])) start--;
            bool isFunction = isCondition && Bytes.At(inside, start - 1) == ' ';
            if (start == at || HandingFilters.Find(inside[start..at]) != 0 || !isFunction && !inside[..start].TrimEnd((byte)' ').EndsWith("|"u8)) return false;
            int close = inside[at..].IndexOf((byte)')');
            if (close < 0 || inside.Slice(at + 1, close - 1).IndexOfAny("([|~*;$`\\/"u8) >= 0 || inside.IndexOf("__"u8) >= 0) return false;
            int next = inside[(at + close)..].IndexOf((byte)'(');
            at = next < 0 ? -1 : at + close + next;
        }
        return true;
    }

    /// <summary>True for text such as <c>7*7</c>, <c>7*'7'</c> or <c>191 * 7</c>: literals joined by an operator and nothing else.</summary>
    private static bool IsArithmetic(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t=-:{(})"u8);
        int operators = 0;
        int digits = 0;
        foreach (byte b in text)
        {
            if (Bytes.IsDigit(b)) digits++;
            else if (b is (byte)'*' or (byte)'+' or (byte)'/' or (byte)'%' or (byte)'-') operators++;
            else if (b is not ((byte)' ' or (byte)'\'' or (byte)'"' or (byte)'.' or (byte)'(' or (byte)')')) return false;
        }
        return digits >= 2 && operators is >= 1 and <= 4 && Bytes.IsDigit(text[0]) | text[0] is (byte)'\'' or (byte)'"' && text.IndexOfAny("*+/%"u8) > 0;
    }
}
