namespace Vedette.Engine.Signatures;

/// <summary>Looks at document types and entities.</summary>
internal static class XmlAnalyzer
{
    /// <summary>True for a document type under the address its publisher gave it, which parsers know without asking.</summary>
    private static bool NamesPublicType(ReadOnlySpan<byte> declared)
    {
        var head = declared[..Math.Min(declared.Length, 256)];
        if (head.IndexOf((byte)'>') is >= 0 and var end) head = head[..end];
        if (head.IndexOf("public"u8) < 0 || head.Contains((byte)'[')) return false;
        return head.IndexOf("\"http://www.w3.org/"u8) > 0 || head.IndexOf("\"http://www.apple.com/dtds/"u8) > 0 || head.IndexOf("\"http://java.sun.com/"u8) > 0 || head.IndexOf("\"http://www.oasis-open.org/"u8) > 0;
    }

    public static void Analyze(in LeafView leaf)
    {
        if (!leaf.Hits.Has(Rules.XxeEntity) && !leaf.Hits.Has(Rules.XxeDoctype)) return;
        var text = leaf.Text;
        int entity = text.IndexOf("<!entity"u8);
        int doctype = text.IndexOf("<!doctype"u8);
        int from = entity >= 0 ? entity : doctype;
        var declared = text[from..];
        int system = declared.IndexOf("system"u8);
        if (system < 0) system = declared.IndexOf("public \""u8);
        if (entity < 0 && NamesPublicType(declared)) return;
        bool isHtml = doctype >= 0 && text[doctype..].StartsWith("<!doctype html"u8);
        if (system >= 0 && (entity >= 0 || !isHtml && declared[..system].IndexOf((byte)'>') < 0)) leaf.Mark(Rules.XxeExternalEntity, from, Math.Min(text.Length - from, system + 40));
    }
}
