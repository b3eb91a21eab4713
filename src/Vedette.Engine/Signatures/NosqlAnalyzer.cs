namespace Vedette.Engine.Signatures;

/// <summary>Looks for operators of document databases in names, keys and text.</summary>
internal static class NosqlAnalyzer
{
    private static readonly WordTable Operators = new((1, "ne gt gte lt lte eq in nin regex exists where not or and nor type size all mod expr elemmatch function accumulator comment jsonschema options text"));

    /// <summary>Operators that compare with anything or run a script; the rest also name the fields of honest query languages.</summary>
    private static readonly WordTable Telling = new((1, "ne gt gte lt lte regex exists where nin function accumulator expr"));

    /// <summary>Comparisons that honest query languages offer for any field.</summary>
    private static readonly WordTable Ranges = new((1, "gt gte lt lte ne nin exists regex"));

    /// <summary>Names under which honest APIs take nested comparisons.</summary>
    private static readonly WordTable FilterNames = new((1, "filter filters where conditions criteria"));

    /// <summary>Fields that a login compares; nobody asks for a password that is not null.</summary>
    private static readonly WordTable CredentialNames = new((1, "user username login email mail name pass passwd password pwd token secret key apikey api_key otp pin code session id userid user_id p q"));

    /// <summary>Fields that are compared with one value, never with a condition.</summary>
    private static readonly WordTable SecretNames = new((1, "pass passwd password pwd token secret apikey api_key otp pin"));

    public static void Analyze(in LeafView leaf)
    {
        if (!leaf.Present.Has('$')) return;
        var text = leaf.Text;
        if (text.StartsWith("db."u8) && text.TrimEnd(" ;\r\n"u8).EndsWith(")"u8) && TextShape.IsBalanced(text))
        {
            // A line of the database's own shell breaks out of nothing.
            leaf.Hits.Unmark(Rules.NosqlScript);
            return;
        }
        if (leaf.Hits.Has(Rules.NosqlScript) && DeclaresWhere(text)) leaf.Hits.Unmark(Rules.NosqlScript);
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOf((byte)'$');
            if (next < 0) return;
            i += next;
            int end = i + 1;
            while (end < text.Length && Bytes.IsLetter(text[end])) end++;
            var name = text[(i + 1)..end];
            if (Operators.Find(name) == 0) continue;
            if (leaf.IsName) MarkName(leaf, i, end, name);
            else MarkText(leaf, i, end);
        }
    }

    /// <summary>True for a document of GraphQL one of whose variables is called <c>$where</c>: a type follows it, no value.</summary>
    private static bool DeclaresWhere(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        bool isDocument = text.StartsWith("query"u8) || text.StartsWith("mutation"u8) || text.StartsWith("subscription"u8);
        int at = text.IndexOf("$where:"u8);
        if (!isDocument || at < 0) return false;
        int type = Bytes.SkipSpace(text, at + "$where:".Length);
        return Bytes.At(text, type) is (byte)'[' or >= (byte)'a' and <= (byte)'z' && text.IndexOf("this."u8) < 0 && text.IndexOf("function"u8) < 0;
    }

    private static void MarkName(in LeafView leaf, int start, int end, ReadOnlySpan<byte> name)
    {
        var text = leaf.Text;
        bool isOfSecret = SecretNames.Find(leaf.Name) != 0 || Bytes.At(text, start - 1) == '[' && SecretNames.Find(text[..text.IndexOf((byte)'[')]) != 0;
        if (Telling.Find(name) == 0 && !isOfSecret) return;
        if (Bytes.At(text, start - 1) == '[' && Bytes.At(text, end) == ']')
        {
            var outer = text[..text.IndexOf((byte)'[')];
            if (FilterNames.Find(outer) == 0 || text.IndexOf("[pass"u8) > 0 || text.IndexOf("[token"u8) > 0) leaf.Mark(Rules.NosqlOperatorName, 0, Math.Min(text.Length, end + 1));
        }
        else if (start == 0 && end == text.Length && FilterNames.Find(leaf.Name) == 0)
        {
            // Records are looked for by a part of their name.
            bool isSearch = leaf.Name.SequenceEqual("name"u8) && name.SequenceEqual("regex"u8);
            var rule = CredentialNames.Find(leaf.Name) != 0 && !isSearch ? Rules.NosqlOperatorName : (isSearch || Ranges.Find(name) != 0) && !leaf.Name.IsEmpty ? Rules.NosqlRangeKey : Rules.NosqlOperatorKey;
            leaf.Mark(rule, start, end - start);
        }
    }

    /// <summary>Marks <c>{"$gt": …}</c>, <c>{$ne: 1}</c> and <c>[$ne]=1</c> written inside a value.</summary>
    private static void MarkText(in LeafView leaf, int start, int end)
    {
        var text = leaf.Text;
        bool isIndex = Bytes.At(text, start - 1) == '[' && Bytes.At(text, end) == ']' && Bytes.At(text, end + 1) == '=';
        if (isIndex) leaf.Mark(Rules.NosqlOperatorText, start - 1, end + 3 - start);
        int before = start - 1;
        while (before >= 0 && (text[before] is (byte)'"' or (byte)'\'' || Bytes.IsSpace(text[before]))) before--;
        int after = end;
        while (Bytes.At(text, after) is (byte)'"' or (byte)'\'' or (byte)' ') after++;
        if (Bytes.At(text, after) == ':' && Bytes.At(text, before) is (byte)'{' or (byte)',')
            leaf.Mark(IsRangeOfField(text, before, text[(start + 1)..end]) ? Rules.NosqlRangeKey : Rules.NosqlOperatorText, Math.Max(0, before), after - Math.Max(0, before));
    }

    /// <summary>True for a range asked of a field that no login compares, <c>{age: {$gt: 5}}</c>: a whole filter in the language of its server.</summary>
    private static bool IsRangeOfField(ReadOnlySpan<byte> text, int brace, ReadOnlySpan<byte> name)
    {
        if (text[brace] != '{' || Ranges.Find(name) == 0) return false;
        var before = text[..brace].TrimEnd(" "u8);
        if (!before.EndsWith(":"u8)) return false;
        before = before[..^1].TrimEnd(" \"'"u8);
        int start = before.Length;
        while (start > 0 && (Bytes.IsWord(before[start - 1]) || before[start - 1] == '.')) start--;
        return start < before.Length && CredentialNames.Find(before[start..]) == 0;
    }
}
