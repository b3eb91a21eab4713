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

    /// <summary>True for a document type in a file of the same place, or under a name that is no address.</summary>
    private static bool NamesOwnType(ReadOnlySpan<byte> declared)
    {
        int open = declared.IndexOfAny((byte)'"', (byte)'\'');
        if (open < 0) return false;
        var name = declared[(open + 1)..];
        int end = name.IndexOf(declared[open]);
        if (end <= 0 || !name[..end].EndsWith(".dtd"u8)) return false;
        int close = name[end..].IndexOf((byte)'>');
        if (close < 0 || name.Slice(end, close).Contains((byte)'[')) return false;
        name = name[..end];
        bool isRelative = (Bytes.IsLetter(name[0]) || name.StartsWith("../"u8) || name.StartsWith("./"u8)) && name.IndexOfAny(":\\"u8) < 0;
        return isRelative || name.StartsWith("urn:"u8) && name.Count((byte)':') <= 3 && !name.Contains((byte)'/');
    }

    /// <summary>True if every inclusion names a file beside the document and nothing else: that is how documents in parts are written.</summary>
    private static bool IncludesOwnParts(ReadOnlySpan<byte> text)
    {
        // The address of the namespace without an element of it includes nothing.
        if (text.StartsWith("http://www.w3.org/2001/xinclude"u8)) return !text.Contains((byte)'<');
        if (text.IndexOf("parse="u8) >= 0 || text.IndexOf("<xsl"u8) >= 0 || text.IndexOf("<?xml-style"u8) >= 0) return false;
        int count = 0;
        while (text.IndexOf("<xi:include"u8) is >= 0 and var next)
        {
            text = text[(next + "<xi:include".Length)..];
            int href = text.IndexOf("href="u8);
            if (href is < 0 or > 40) return false;
            // Quotes are gone where the text is read as a shell would join it.
            var target = text[(href + "href=".Length)..].TrimStart((byte)'"');
            int end = target.IndexOfAny((byte)'"', (byte)'/', (byte)'>');
            if (end <= 0 || !Bytes.IsLetter(target[0]) || target[..end].IndexOfAny(":\\"u8) >= 0) return false;
            count++;
        }
        return count > 0;
    }

    /// <summary>True if every entity stands for a character or two by their numbers, as documents name what their keyboard lacks.</summary>
    private static bool DeclaresCharacters(ReadOnlySpan<byte> text)
    {
        const int maxLength = 24;
        while (text.IndexOf("<!entity"u8) is >= 0 and var next)
        {
            text = text[(next + "<!entity".Length)..];
            int end = text.IndexOf((byte)'>'), open = text.IndexOfAny((byte)'"', (byte)'\'');
            if (open < 0 || open > end) return false;
            var value = text[(open + 1)..end].TrimEnd(" \"'"u8);
            bool isPlainName = text[..open].IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789 "u8) < 0 && text[..open].IndexOf("system"u8) < 0 && text[..open].IndexOf("public"u8) < 0;
            bool isNumber = value.Length <= maxLength && value.StartsWith("&#"u8) && value.IndexOfAnyExcept("&#x0123456789abcdef;"u8) < 0;
            // Where the numbers are resolved already, the character itself.
            bool isCharacter = value.Length is > 0 and <= 4 && value.IndexOfAnyInRange((byte)0, (byte)0x7F) < 0;
            if (!isPlainName || !isNumber && !isCharacter) return false;
        }
        return true;
    }

    public static void Analyze(in LeafView leaf)
    {
        if (leaf.Hits.Has(Rules.XxeInclude) && IncludesOwnParts(leaf.Text)) leaf.Hits.Unmark(Rules.XxeInclude);
        if (!leaf.Hits.Has(Rules.XxeEntity) && !leaf.Hits.Has(Rules.XxeDoctype)) return;
        var text = leaf.Text;
        if (leaf.Hits.Has(Rules.XxeEntity) && DeclaresCharacters(text)) leaf.Hits.Unmark(Rules.XxeEntity);
        int entity = text.IndexOf("<!entity"u8);
        int doctype = text.IndexOf("<!doctype"u8);
        int from = entity >= 0 ? entity : doctype;
        var declared = text[from..];
        int system = declared.IndexOf("system"u8);
        if (system < 0) system = declared.IndexOf("public \""u8);
        if (entity < 0 && NamesPublicType(declared)) return;
        if (entity < 0 && system >= 0 && NamesOwnType(declared[system..])) return;
        bool isHtml = doctype >= 0 && text[doctype..].StartsWith("<!doctype html"u8);
        if (system >= 0 && (entity >= 0 || !isHtml && declared[..system].IndexOf((byte)'>') < 0)) leaf.Mark(Rules.XxeExternalEntity, from, Math.Min(text.Length - from, system + 40));
    }
}
