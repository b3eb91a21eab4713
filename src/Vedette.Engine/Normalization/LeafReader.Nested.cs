namespace Vedette.Engine.Normalization;

/// <summary>Opens what a leaf contains: a second layer of encoding, JSON, base64, a URL's own query, XML text.</summary>
internal static partial class LeafReader
{
    /// <summary>Classifies and adds a leaf whose text is in the buffer, then what lies inside it.</summary>
    private static void Add(LeafBuffer leaves, Leaf leaf)
    {
        leaf.Length = DecodingText.Fold(leaves.Writable(leaf), ref leaf.Encodings);
        var text = leaves.Text(leaf);
        leaf.Type = IsXml(text) ? LeafType.Xml : LeafClassifier.Classify(text);
        if (!leaves.Add(leaf) || LeafClassifier.IsInert(leaf.Type)) return;
        if (leaf.Depth >= LeafBuffer.MaxDepth)
        {
            if (text.IndexOfAny("%\\{"u8) >= 0) leaves.Truncated++;
            return;
        }
        var inner = leaf;
        inner.Depth++;
        switch (leaf.Type)
        {
            case LeafType.Json: ReadJson(leaves, text, inner); break;
            case LeafType.Xml: ReadXml(leaves, text, inner); break;
            case LeafType.Url: ReadNestedQuery(leaves, text, inner); break;
            default:
                if (IsBodyElement(leaf, text)) ReadXml(leaves, text, inner);
                break;
        }
        if (leaf.Type is not (LeafType.Json or LeafType.Xml)) AddDecoded(leaves, text, inner);
    }

    /// <summary>Adds the leaf once more for each further encoding that can be undone.</summary>
    private static void AddDecoded(LeafBuffer leaves, ReadOnlySpan<byte> text, Leaf inner)
    {
        if (leaves.Free.Length < text.Length + 8)
        {
            leaves.Truncated++;
            return;
        }
        if (text.Contains((byte)0) && text[..^1].Contains((byte)0))
        {
            AddInner(leaves, inner, CopyWithoutControls(text, leaves.Free), LeafEncodings.None);
        }
        else if (DecodingPercent.HasEscape(text))
        {
            var again = inner;
            again.Encodings |= LeafEncodings.DoublePercent;
            AddInner(leaves, again, DecodingPercent.Decode(text, leaves.Free, isForm: inner.Type == LeafType.Url && text.Contains((byte)'?'), ref again.Encodings), LeafEncodings.None);
        }
        else if (text.Contains((byte)'&') && leaves.Free.Length >= text.Length * 2 + 8)
        {
            AddInner(leaves, inner, DecodingText.DecodeEntities(text, leaves.Free), text.Contains((byte)'<') ? LeafEncodings.None : LeafEncodings.Entity);
        }
        else if (text.Contains((byte)'\\'))
        {
            AddInner(leaves, inner, DecodingText.DecodeEscapes(text, leaves.Free), LeafEncodings.Escape);
        }
        else if (inner.Type is LeafType.Word or LeafType.Token or LeafType.Path)
        {
            AddInner(leaves, inner, DecodingBase64.Decode(Base64Part(text), leaves.Free), LeafEncodings.Base64);
        }
        AddUnhidden(leaves, text, inner);
    }

    /// <summary>Adds the leaf as a shell and as a program's reader would see it, where that differs, and what a data URI holds.</summary>
    private static void AddUnhidden(LeafBuffer leaves, ReadOnlySpan<byte> text, Leaf inner)
    {
        const LeafEncodings unhidden = LeafEncodings.Shell | LeafEncodings.Code;
        if ((inner.Encodings & unhidden) == 0)
        {
            if (HasRoom(leaves, text) && DecodingCode.MayHide(text)) AddInner(leaves, inner, DecodingCode.Decode(text, leaves.Free), LeafEncodings.Code);
            if (HasRoom(leaves, text) && DecodingShell.MayHide(text) && text.IndexOf("</"u8) < 0) AddInner(leaves, inner, DecodingShell.Decode(text, leaves.Free), LeafEncodings.Shell);
        }
        if (text.IndexOf("base64"u8) is >= 0 and var mark && HasRoom(leaves, text))
        {
            var data = text[(mark + "base64"u8.Length)..];
            int start = data.IndexOf((byte)',') + 1;
            if (start is > 0 and < 16) AddInner(leaves, inner, DecodingBase64.Decode(DecodingBase64.Prefix(data[start..]), leaves.Free), LeafEncodings.Base64);
        }
    }

    private static bool HasRoom(LeafBuffer leaves, ReadOnlySpan<byte> text)
    {
        if (leaves.Free.Length >= text.Length + 8) return true;
        leaves.Truncated++;
        return false;
    }

    /// <summary>Copies all but control characters, which some readers skip and which so cut words into pieces.</summary>
    private static int CopyWithoutControls(ReadOnlySpan<byte> text, Span<byte> target)
    {
        int written = 0;
        foreach (byte b in text)
            if (b >= 0x20 || b is (byte)'\t' or (byte)'\n') target[written++] = b;
        return written;
    }

    private static void AddInner(LeafBuffer leaves, Leaf leaf, int length, LeafEncodings encoding)
    {
        if (length < 0) return;
        leaf.Encodings |= encoding;
        leaf.Start = leaves.Commit(length);
        leaf.Length = length;
        Add(leaves, leaf);
    }

    /// <summary>The part of a token that may be base64: a JSON web token's claims, otherwise all of it.</summary>
    private static ReadOnlySpan<byte> Base64Part(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("eyJ"u8)) return text;
        int first = text.IndexOf((byte)'.');
        if (first < 0) return text;
        var claims = text[(first + 1)..];
        int second = claims.IndexOf((byte)'.');
        return second < 0 ? claims : claims[..second];
    }

    private static void ReadNestedQuery(LeafBuffer leaves, ReadOnlySpan<byte> url, Leaf inner)
    {
        int query = url.IndexOf((byte)'?');
        if (query >= 0) ReadForm(leaves, url[(query + 1)..], inner.Part, inner.Depth);
    }

    /// <summary>Walks the strings of a JSON text without recursion; broken JSON yields what could be read.</summary>
    private static void ReadJson(LeafBuffer leaves, ReadOnlySpan<byte> json, Leaf inner)
    {
        inner.Encodings |= LeafEncodings.Json;
        (int nameStart, int nameLength) = (inner.NameStart, inner.NameLength);
        for (int i = 0; i < json.Length; i++)
        {
            if (json[i] != '"') continue;
            int length = JsonStringLength(json[(i + 1)..]);
            var content = json.Slice(i + 1, length);
            i += length + 1;
            if (content.Length > leaves.Free.Length)
            {
                leaves.Truncated++;
                return;
            }
            inner.Length = DecodeJsonString(content, leaves.Free);
            inner.Start = leaves.Commit(inner.Length);
            var rest = i + 1 < json.Length ? json[(i + 1)..].TrimStart(" \t\r\n"u8) : default;
            if (!rest.IsEmpty && rest[0] == ':')
            {
                // A key's own name is that of the key around it: {"user":{"$ne":1}} asks something of "user".
                AddKey(leaves, inner, nameStart, nameLength);
                (nameStart, nameLength) = (inner.Start, Math.Min(inner.Length, 64));
                continue;
            }
            (inner.NameStart, inner.NameLength) = (nameStart, nameLength);
            Add(leaves, inner);
        }
    }

    private static void AddKey(LeafBuffer leaves, Leaf key, int nameStart, int nameLength)
    {
        if (leaves.Text(key).IndexOfAny("'\"<>$`{}|\\;() /*#_.["u8) < 0 && !leaves.Text(key).SequenceEqual("prototype"u8)) return;
        key.Encodings |= LeafEncodings.IsName;
        (key.NameStart, key.NameLength) = (nameStart, nameLength);
        Add(leaves, key);
    }

    private static int JsonStringLength(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) break;
            i += next;
            if (text[i] == '"') return i;
            i++;
        }
        return text.Length;
    }

    private static int DecodeJsonString(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        var ignored = LeafEncodings.None;
        for (int i = 0; i < source.Length; i++)
        {
            byte b = source[i];
            if (b != '\\' || i + 1 == source.Length)
            {
                target[written++] = b;
            }
            else if (source[i + 1] == 'u' && DecodingText.TryReadEscape(source[i..], out int value, out int length))
            {
                written += DecodingText.WriteFolded(value, target[written..], ref ignored);
                i += length - 1;
            }
            else
            {
                target[written++] = source[++i] switch { (byte)'n' => 10, (byte)'r' => 13, (byte)'t' => 9, (byte)'b' => 8, (byte)'f' => 12, var c => c };
            }
        }
        return written;
    }

    private static bool IsXml(ReadOnlySpan<byte> text)
    {
        if (text.Length < 8 || text[0] != '<') return false;
        if (text.StartsWith("<?xml"u8)) return true;
        var head = text[..Math.Min(text.Length, 256)];
        // In a page a drawing brings its own name space; only that of the first element is the document's.
        if (char.IsAsciiLetter((char)text[1]) && head.IndexOf((byte)'>') is > 0 and var end) head = head[..end];
        return (text[1] is (byte)'!' || char.IsAsciiLetter((char)text[1])) && head.IndexOf("xmlns"u8) > 0 && text[^1] == '>';
    }

    /// <summary>True for a whole body that is one element, from its tag to the end of it: XML needs no declaration. One with links is a piece of a page, whose links are no values.</summary>
    private static bool IsBodyElement(in Leaf leaf, ReadOnlySpan<byte> text)
    {
        const int minLength = 8;
        if (leaf.Part != RequestPart.Body || leaf.NameLength > 0 || leaf.Depth > 0 || text.Length < minLength || text[0] != '<' || !char.IsAsciiLetter((char)text[1])) return false;
        text = text.TrimEnd(" \t\r\n"u8);
        int name = text.IndexOfAny(" \t\r\n/>"u8);
        if (name < 0 || text[^1] != '>' || text.IndexOf("href="u8) >= 0 || text.IndexOf("src="u8) >= 0) return false;
        var root = text[1..name];
        return text.EndsWith("/>"u8) && text[1..].IndexOf((byte)'<') < 0 || text[..^1].EndsWith(root) && text[..^(root.Length + 1)].EndsWith("</"u8);
    }

    /// <summary>Adds the text between tags and the quoted attribute values.</summary>
    private static void ReadXml(LeafBuffer leaves, ReadOnlySpan<byte> xml, Leaf inner)
    {
        while (!xml.IsEmpty)
        {
            int open = xml.IndexOf((byte)'<');
            AddXmlText(leaves, open < 0 ? xml : xml[..open], inner);
            if (open < 0) return;
            xml = xml[open..];
            if (xml.StartsWith("<![CDATA["u8))
            {
                int cdataEnd = xml.IndexOf("]]>"u8);
                AddXmlText(leaves, cdataEnd < 0 ? xml[9..] : xml[9..cdataEnd], inner);
                xml = cdataEnd < 0 ? default : xml[(cdataEnd + 3)..];
                continue;
            }
            int close = xml.IndexOf((byte)'>');
            var tag = close < 0 ? xml : xml[..close];
            xml = close < 0 ? default : xml[(close + 1)..];
            ReadXmlAttributes(leaves, tag, inner);
        }
    }

    private static void ReadXmlAttributes(LeafBuffer leaves, ReadOnlySpan<byte> tag, Leaf inner)
    {
        while (tag.IndexOf((byte)'=') is var equals and >= 0 && equals + 2 < tag.Length)
        {
            tag = tag[(equals + 1)..];
            if (tag[0] is not ((byte)'"' or (byte)'\'')) continue;
            int end = tag[1..].IndexOf(tag[0]);
            AddXmlText(leaves, end < 0 ? tag[1..] : tag.Slice(1, end), inner);
            tag = end < 0 ? default : tag[(end + 2)..];
        }
    }

    private static void AddXmlText(LeafBuffer leaves, ReadOnlySpan<byte> text, Leaf inner)
    {
        text = text.Trim(" \t\r\n"u8);
        if (!text.IsEmpty) AddRaw(leaves, text, inner);
    }

    /// <summary>Adds the parts of a multipart body: names, file names and contents.</summary>
    private static void ReadMultipart(LeafBuffer leaves, ReadOnlySpan<byte> body)
    {
        var boundary = body[..body.IndexOf((byte)'\n')].TrimEnd((byte)'\r');
        while (!body.IsEmpty)
        {
            body = body[Math.Min(body.Length, boundary.Length)..];
            int end = body.IndexOf(boundary);
            var part = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[end..];
            ReadMultipartPart(leaves, part);
        }
    }

    private static void ReadMultipartPart(LeafBuffer leaves, ReadOnlySpan<byte> part)
    {
        int blank = part.IndexOf("\r\n\r\n"u8);
        int length = 4;
        if (blank < 0) (blank, length) = (part.IndexOf("\n\n"u8), 2);
        if (blank < 0)
        {
            // No part at all is text, wherever it stands; headers without a content are none.
            var text = part.Trim("-\r\n"u8);
            if (!text.IsEmpty && text[0] is not ((byte)'C' or (byte)'c')) AddRaw(leaves, text, new Leaf { Part = RequestPart.Body });
            return;
        }
        var head = part[..blank];
        var leaf = new Leaf { Part = RequestPart.Body };
        (leaf.NameStart, leaf.NameLength) = leaves.Copy(QuotedAfter(head, " name=\""u8));
        var fileName = QuotedAfter(head, "filename=\""u8);
        if (!fileName.IsEmpty) AddRaw(leaves, fileName, leaf);
        AddRaw(leaves, part[(blank + length)..].TrimEnd("\r\n"u8), leaf);
    }

    private static ReadOnlySpan<byte> QuotedAfter(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix)
    {
        int at = text.IndexOf(prefix);
        if (at < 0) return default;
        var rest = text[(at + prefix.Length)..];
        int end = rest.IndexOf((byte)'"');
        return end < 0 ? rest : rest[..end];
    }
}
