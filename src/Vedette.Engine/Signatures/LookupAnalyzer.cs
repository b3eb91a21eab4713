namespace Vedette.Engine.Signatures;

/// <summary>Resolves the nested lookups of Log4j far enough to see what they spell.</summary>
internal static class LookupAnalyzer
{
    private const int MaxSpelled = 512;

    public static void Analyze(in LeafView leaf)
    {
        if (!leaf.Present.Has('$') || !leaf.Present.Has('{')) return;
        var text = leaf.Text;
        int first = text.IndexOf("${"u8);
        if (first < 0) return;
        var rest = text[(first + 2)..];
        int inner = rest.IndexOf("${"u8);
        int close = rest.IndexOf((byte)'}');
        bool isNested = inner >= 0 && (close < 0 || inner < close);
        Span<byte> spelled = stackalloc byte[MaxSpelled];
        int length = Spell(text[first..], spelled);
        bool spellsJndi = spelled[..length].IndexOf("jndi:"u8) >= 0;
        if (spellsJndi) leaf.Mark(Rules.LogJndi, first, Math.Min(text.Length - first, 100));
        if (isNested && (spellsJndi || rest.IndexOf(":-"u8) >= 0 || leaf.Hits.Has(Rules.LogLookup))) leaf.Mark(Rules.LogNestedLookup, first, Math.Min(text.Length - first, 100));
    }

    /// <summary>
    /// Writes what remains when each inner lookup is replaced by its default (<c>${x:-j}</c>) or its argument (<c>${lower:j}</c>). One pass: a stack of
    /// write positions, so nesting costs nothing extra. The outermost lookup is kept as it is.
    /// </summary>
    internal static int Spell(ReadOnlySpan<byte> text, Span<byte> target)
    {
        Span<int> opened = stackalloc int[32];
        int depth = 0;
        int written = 0;
        for (int i = 0; i < text.Length && written < target.Length; i++)
        {
            if (text[i] == '$' && Bytes.At(text, i + 1) == '{' && depth < opened.Length)
            {
                opened[depth++] = written;
                i++;
            }
            else if (text[i] == '}' && depth > 0)
            {
                int start = opened[--depth];
                var content = target[start..written];
                if (depth == 0) continue;
                int value = content.LastIndexOf(":-"u8);
                int skip = value >= 0 ? value + 2 : content.LastIndexOf((byte)':') + 1;
                content[skip..].CopyTo(target[start..]);
                written = start + content.Length - skip;
            }
            else
            {
                target[written++] = text[i];
            }
        }
        return written;
    }
}
