namespace Vedette.Engine.Signatures;

/// <summary>Looks at document types and entities.</summary>
internal static class XmlAnalyzer
{
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
        bool isHtml = doctype >= 0 && text[doctype..].StartsWith("<!doctype html"u8);
        if (system >= 0 && (entity >= 0 || !isHtml && declared[..system].IndexOf((byte)'>') < 0)) leaf.Mark(Rules.XxeExternalEntity, from, Math.Min(text.Length - from, system + 40));
    }
}
