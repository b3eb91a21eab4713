using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Runs every analyser over one leaf. Thread-safe; the buffers belong to the caller.</summary>
internal sealed class LeafAnalyzer(IReadOnlyList<Literal> literals)
{
    private static readonly AsciiSet Odd = AsciiSet.Of("'\"<>$`{}|\\;()*^%[]#!~\r\n\0"u8);

    private readonly LiteralMatcher _literals = new(literals);

    /// <summary>Fills <paramref name="hits"/> with the rules found in <paramref name="leaf"/>. O(length of the leaf).</summary>
    /// <param name="leaves">Where the leaf's text is.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="hits">Cleared first.</param>
    /// <param name="lower">Working space of at least <see cref="LeafBuffer.TextCapacity"/> plus <see cref="MaxNameLength"/> bytes.</param>
    public void Analyze(LeafBuffer leaves, in Leaf leaf, RuleHits hits, Span<byte> lower)
    {
        hits.Clear();
        if (LeafClassifier.IsInert(leaf.Type)) return;
        var name = lower[^MaxNameLength..][..Math.Min(leaf.NameLength, MaxNameLength)];
        AsciiSet.Lower(leaves.Name(leaf)[..name.Length], name);
        var present = AsciiSet.Lower(leaves.Text(leaf), lower);
        var view = new LeafView { Text = lower[..leaf.Length], Name = name, Leaf = leaf, Present = present, Hits = hits };
        _literals.Match(view);
        if (IsPickle(leaves.Text(leaf)) || IsMarshalled(leaves.Text(leaf))) view.Mark(Rules.CodeDeserialization, 0, Math.Min(leaf.Length, 40));
        if (name.Length > 0 && name[0] is (byte)'@' or (byte)'$') CodeAnalyzer.MarkTypeName(view);
        if (leaf.Type is not (LeafType.Json or LeafType.Xml)) hits.OddCharacters = present.CommonWith(Odd);
        if (leaf.Type is LeafType.Word or LeafType.Token && leaf.Part != RequestPart.Path)
        {
            if (view.IsName && view.Text.SequenceEqual("prototype"u8) && view.Name.SequenceEqual("constructor"u8)) view.Mark(Rules.CodePrototype, 0, view.Text.Length);
            ShellAnalyzer.Analyze(view);
            return;
        }
        if (leaf.Type == LeafType.Json && LeafReadsAll(leaves, leaf)) hits.Clear();
        else AnalyzeText(view);
    }

    public const int MaxNameLength = 64;

    /// <summary>True for the base64 of an object of Python's in protocol 4 or 5: the bytes that open its frame, in letters whose case tells them from a word.</summary>
    private static bool IsPickle(ReadOnlySpan<byte> text)
    {
        const int minLength = 20;
        return text.Length >= minLength && (text.StartsWith("gASV"u8) || text.StartsWith("gAWV"u8)) && text.IndexOfAny(" ,.;"u8) < 0;
    }

    /// <summary>True for the base64 of a single object of Ruby's: version 4.8 and the letter of an object; a session is a hash.</summary>
    private static bool IsMarshalled(ReadOnlySpan<byte> text)
    {
        const int minLength = 20;
        return text.Length >= minLength && text.StartsWith("BAhv"u8) && text.IndexOfAny(" ,.;"u8) < 0;
    }

    private static void AnalyzeText(in LeafView view)
    {
        if (view.Leaf.Type != LeafType.Xml)
        {
            SqlAnalyzer.Analyze(view);
            MarkupAnalyzer.Analyze(view);
            ShellAnalyzer.Analyze(view);
            UrlAnalyzer.Analyze(view);
            LineAnalyzer.Analyze(view);
            LdapAnalyzer.Analyze(view);
        }
        else if (view.Text.IndexOf("/svg\""u8) > 0 || view.Text.IndexOf("xhtml"u8) > 0)
        {
            MarkupAnalyzer.Analyze(view);
        }
        CodeAnalyzer.Analyze(view);
        PathAnalyzer.Analyze(view);
        ShellAnalyzer.MarkSystemFile(view);
        TemplateAnalyzer.Analyze(view);
        NosqlAnalyzer.Analyze(view);
        LookupAnalyzer.Analyze(view);
        XmlAnalyzer.Analyze(view);
        // The name of a catalogue with nothing around it asks for nothing.
        if (view.Hits.Has(Rules.SqlSchemaObject) && view.Hits.Place(Rules.SqlSchemaObject).Length == view.Text.Length) view.Hits.Unmark(Rules.SqlSchemaObject);
        // A whole filter is no way out of one; a star at the beginning ends the value it was put into.
        if (view.Hits.Has(Rules.LdapBreak) && view.Text[0] != '*' && TextShape.IsBalanced(view.Text)) view.Hits.Unmark(Rules.LdapBreak);
        if (!view.Hits.IsEmpty) ContextAnalyzer.Analyze(view);
    }

    /// <summary>True if the strings of a JSON leaf were read as leaves of their own, so that the punctuation around them says nothing.</summary>
    private static bool LeafReadsAll(LeafBuffer leaves, in Leaf leaf) => leaves.Text(leaf).Contains((byte)'"') && leaf.Depth < LeafBuffer.MaxDepth;
}
