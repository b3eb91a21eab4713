using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Looks for line breaks that begin a header or a request.</summary>
internal static class LineAnalyzer
{
    private static readonly WordTable Headers = new(
        (1, "set-cookie location content-type content-length content-encoding transfer-encoding host refresh link x-xss-protection access-control-allow-origin cache-control last-modified "
            + "content-disposition x-forwarded-for connection somecustominjectedheader referer user-agent cookie server status date content-security-policy injected-header header x-injected x-header crlf-test"),
        (2, "bcc cc to from subject reply-to mime-version content-transfer-encoding"));

    public static void Analyze(in LeafView leaf)
    {
        var text = leaf.Text;
        if (!leaf.Present.Has('\n') && !leaf.Present.Has('\r')) return;
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOfAny((byte)'\r', (byte)'\n');
            if (next < 0) return;
            i += next;
            int line = i;
            while (Bytes.At(text, line) is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t') line++;
            if (leaf.Part is RequestPart.Query or RequestPart.Path or RequestPart.Cookie && (leaf.Leaf.Encodings & LeafEncodings.Percent) != 0)
                leaf.Mark(Rules.CrlfBreak, i, Math.Min(text.Length, line + 16) - i);
            // A whole blank line ends the headers; what follows would be the answer's page.
            if (leaf.Part != RequestPart.Body && Bytes.At(text, line) == '<' && text[i..].StartsWith("\r\n\r\n<"u8)) leaf.Mark(Rules.CrlfHeader, i, line + 1 - i);
            MarkLine(leaf, i, line);
            i = Math.Max(i, line - 1);
        }
    }

    /// <summary>True for a name of letters with a hyphen inside: no sentence begins so.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> name)
    {
        int hyphens = 0;
        foreach (byte b in name)
        {
            if (b == '-') hyphens++;
            else if (!Bytes.IsWord(b)) return false;
        }
        return hyphens > 0 && name.Length >= 5;
    }

    /// <summary>True for a mail pasted as a whole: it begins with a header of its own or with the line programs put above a forwarded one.</summary>
    private static bool BeginsAsMail(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n>"u8);
        if (text.StartsWith("--"u8)) return true;
        int colon = text[..Math.Min(text.Length, 40)].IndexOf((byte)':');
        return colon > 0 && Headers.Find(text[..colon]) == 2 && Bytes.IsSpace(Bytes.At(text, colon + 1));
    }

    private static void MarkLine(in LeafView leaf, int from, int line)
    {
        var text = leaf.Text;
        int colon = text[line..Math.Min(text.Length, line + 40)].IndexOf((byte)':');
        if (colon > 0)
        {
            byte kind = Headers.Find(text.Slice(line, colon).TrimEnd((byte)' '));
            bool isShort = leaf.Part != RequestPart.Body || from < 200;
            if (kind == 0 && leaf.Part is RequestPart.Query or RequestPart.Path && IsHeader(text.Slice(line, colon))) kind = 1;
            if (kind == 1 && isShort) leaf.Mark(Rules.CrlfHeader, from, line + colon + 1 - from);
            if (kind == 2 && isShort && !BeginsAsMail(text) && text[(line + colon)..].IndexOf((byte)'@') is > 0 and < 80) leaf.Mark(Rules.CrlfMail, from, line + colon + 1 - from);
        }
        var rest = text[line..Math.Min(text.Length, line + 300)];
        if (rest.StartsWith("http/1."u8) || rest.StartsWith("http/2"u8)) leaf.Mark(Rules.CrlfHeader, from, line + 8 - from);
        bool isRequest = rest.StartsWith("get "u8) || rest.StartsWith("post "u8) || rest.StartsWith("put "u8) || rest.StartsWith("head "u8) || rest.StartsWith("delete "u8);
        if (isRequest && rest.IndexOf(" http/"u8) is > 0 and var http && rest[..http].IndexOf((byte)'\n') < 0) leaf.Mark(Rules.SmugglingEmbeddedRequest, from, line + http + 8 - from);
    }
}
