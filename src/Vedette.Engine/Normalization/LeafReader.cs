namespace Vedette.Engine.Normalization;

/// <summary>Takes a request apart into typed leaves: every container opened, every encoding undone, within fixed bounds.</summary>
/// <remarks>
/// Linear in the bytes it writes, which <see cref="LeafBuffer.TextCapacity"/> bounds: each layer of encoding yields one more leaf, and layers are
/// at most <see cref="LeafBuffer.MaxDepth"/>. Nothing throws on any input and nothing is allocated.
/// </remarks>
internal static partial class LeafReader
{
    /// <summary>Where the headers of a multipart body's first part must begin.</summary>
    private const int MaxPartHead = 512;

    /// <summary>Adds the whole path as one leaf.</summary>
    public static void ReadPath(LeafBuffer leaves, ReadOnlySpan<byte> path) =>
        AddEncoded(leaves, path, new Leaf { Part = RequestPart.Path }, isForm: false);

    /// <summary>Adds the fields of a query or form: <c>a=1&amp;b=2</c>. A name that is no plain name is a leaf too.</summary>
    public static void ReadForm(LeafBuffer leaves, ReadOnlySpan<byte> form, RequestPart part, int depth = 0)
    {
        while (!form.IsEmpty)
        {
            int end = form.IndexOf((byte)'&');
            var field = end < 0 ? form : form[..end];
            form = end < 0 ? default : form[(end + 1)..];
            if (!field.IsEmpty) ReadField(leaves, field, part, depth);
        }
    }

    /// <summary>Adds the values of a Cookie header: <c>a=1; b=2</c>.</summary>
    public static void ReadCookies(LeafBuffer leaves, ReadOnlySpan<byte> cookies)
    {
        while (!cookies.IsEmpty)
        {
            int end = cookies.IndexOf((byte)';');
            var cookie = (end < 0 ? cookies : cookies[..end]).Trim((byte)' ');
            cookies = end < 0 ? default : cookies[(end + 1)..];
            // Quotes and brackets are no part of a name: such a cookie is one value.
            int equals = cookie.TrimEnd((byte)'=').IndexOf((byte)'=');
            if (equals > 0 && cookie[..equals].IndexOfAny("'\"<>()`"u8) >= 0) equals = -1;
            var leaf = new Leaf { Part = RequestPart.Cookie };
            if (equals > 0) ReadName(leaves, cookie[..equals], ref leaf);
            if (!cookie.IsEmpty) AddEncoded(leaves, cookie[(equals + 1)..], leaf, isForm: false);
        }
    }

    /// <summary>Adds one header as it is; layers of percent-encoding are still undone beside it.</summary>
    public static void ReadHeader(LeafBuffer leaves, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, RequestPart part)
    {
        var leaf = new Leaf { Part = part };
        (leaf.NameStart, leaf.NameLength) = leaves.Copy(name);
        AddRaw(leaves, value, leaf);
    }

    /// <summary>Adds the body, which is told apart by its own shape: JSON, XML, multipart, form or text.</summary>
    public static void ReadBody(LeafBuffer leaves, ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        var trimmed = body.Trim(" \t\r\n"u8);
        if (trimmed.IsEmpty) return;
        if (trimmed.StartsWith("--"u8) && trimmed.IndexOf((byte)'\n') is > 2 and < 80 && HasParts(trimmed))
        {
            ReadMultipart(leaves, trimmed);
            return;
        }
        // What base64 is filled up with is no field's value.
        int equals = trimmed.TrimEnd((byte)'=').IndexOf((byte)'=');
        int other = trimmed.IndexOfAny(" \t\r\n<{(\"'"u8);
        bool isForm = equals > 0 && (other < 0 || equals < other) || equals < 0 && trimmed.IndexOfAny(" \t\r\n"u8) < 0 && DecodingPercent.HasEscape(trimmed);
        if (isForm) ReadForm(leaves, body, RequestPart.Body);
        else AddRaw(leaves, body, new Leaf { Part = RequestPart.Body });
    }

    /// <summary>True if the lines behind the first are a part's headers: two hyphens also begin a comment, a list of settings or a signature.</summary>
    private static bool HasParts(ReadOnlySpan<byte> body)
    {
        var head = body[body.IndexOf((byte)'\n')..];
        head = head[..Math.Min(head.Length, MaxPartHead)];
        return head.IndexOf("Content-"u8) >= 0 || head.IndexOf("content-"u8) >= 0 || head.IndexOf("CONTENT-"u8) >= 0;
    }

    /// <summary>Adds text that is not percent-encoded by its container.</summary>
    public static void AddRaw(LeafBuffer leaves, ReadOnlySpan<byte> text, Leaf leaf)
    {
        (leaf.Start, leaf.Length) = leaves.Copy(text);
        Add(leaves, leaf);
    }

    private static void ReadField(LeafBuffer leaves, ReadOnlySpan<byte> field, RequestPart part, int depth)
    {
        int equals = field.IndexOf((byte)'=');
        var leaf = new Leaf { Part = part, Depth = (byte)depth };
        if (equals >= 0)
        {
            ReadName(leaves, field[..equals], ref leaf);
            field = field[(equals + 1)..];
        }
        AddEncoded(leaves, field, leaf, isForm: true);
    }

    private static void ReadName(LeafBuffer leaves, ReadOnlySpan<byte> name, ref Leaf leaf)
    {
        var nameLeaf = leaf;
        int length = Math.Min(name.Length, leaves.Free.Length);
        if (length < name.Length) leaves.Truncated++;
        length = DecodingPercent.Decode(name[..length], leaves.Free, isForm: true, ref nameLeaf.Encodings);
        leaf.NameStart = nameLeaf.NameStart = nameLeaf.Start = leaves.Commit(length);
        leaf.NameLength = nameLeaf.NameLength = nameLeaf.Length = Math.Min(length, 64);
        nameLeaf.Length = length;
        if (leaves.Text(nameLeaf).IndexOfAny("'\"<>$`{}|\\;() /*#.["u8) < 0 && !leaves.Text(nameLeaf).StartsWith("__"u8)) return;
        nameLeaf.Encodings |= LeafEncodings.IsName;
        Add(leaves, nameLeaf);
    }

    private static void AddEncoded(LeafBuffer leaves, ReadOnlySpan<byte> text, Leaf leaf, bool isForm)
    {
        int length = Math.Min(text.Length, leaves.Free.Length);
        if (length < text.Length) leaves.Truncated++;
        leaf.Length = DecodingPercent.Decode(text[..length], leaves.Free, isForm, ref leaf.Encodings);
        leaf.Start = leaves.Commit(leaf.Length);
        Add(leaves, leaf);
    }
}
