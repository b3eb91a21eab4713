namespace Vedette.Engine.Signatures;

/// <summary>Looks at the headers that say where a body ends; two servers that disagree about it can be played against each other.</summary>
internal static class FramingCheck
{
    public static void Mark(ReadOnlySpan<byte> headers, RuleHits hits)
    {
        int lengths = 0;
        int encodings = 0;
        foreach (var range in headers.Split((byte)'\n'))
        {
            var line = headers[range].TrimEnd((byte)'\r');
            int colon = line.IndexOf((byte)':');
            if (colon <= 0) continue;
            var name = line[..colon];
            var value = line[(colon + 1)..].Trim((byte)' ');
            if (IsNamed(name, "content-length"u8))
            {
                lengths++;
                if (value.Contains((byte)',')) lengths++;
            }
            else if (IsNamed(name.Trim(" \t\v"u8), "transfer-encoding"u8))
            {
                encodings++;
                if (name[^1] is (byte)' ' or (byte)'\t' or 0x0B || IsDisguised(value)) hits.Mark(Rules.SmugglingTransferEncoding, 0, 0);
            }
        }
        if (lengths > 1 || lengths > 0 && encodings > 0) hits.Mark(Rules.SmugglingLengthConflict, 0, 0);
        if (encodings > 1) hits.Mark(Rules.SmugglingTransferEncoding, 0, 0);
    }

    /// <summary>True if a coding other than the registered ones is named, or "chunked" twice or not last.</summary>
    private static bool IsDisguised(ReadOnlySpan<byte> value)
    {
        int chunked = 0;
        foreach (var range in value.Split((byte)','))
        {
            var coding = value[range].Trim((byte)' ');
            if (IsNamed(coding, "chunked"u8)) chunked++;
            else if (chunked > 0 || !(IsNamed(coding, "gzip"u8) || IsNamed(coding, "deflate"u8) || IsNamed(coding, "compress"u8) || IsNamed(coding, "identity"u8) || IsNamed(coding, "trailers"u8))) return true;
        }
        return chunked > 1;
    }

    private static bool IsNamed(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => System.Text.Ascii.EqualsIgnoreCase(name, expected);
}
