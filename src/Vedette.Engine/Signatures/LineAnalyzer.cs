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
        bool isMessage = leaf.Part == RequestPart.Body && !leaf.Name.IsEmpty && BeginsAsMessage(text);
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
            MarkLine(leaf, i, line, isMessage);
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

    /// <summary>True if the line may be a header put behind a value: one that is indented, opens a block or ends in a semicolon belongs to a program or a style sheet, one behind another pair of name and value to a document.</summary>
    private static bool BeginsHeader(ReadOnlySpan<byte> text, int line, int colon)
    {
        if (text[line - 1] is not ((byte)'\r' or (byte)'\n')) return false;
        int end = text[line..].IndexOfAny((byte)'\r', (byte)'\n');
        var header = (end < 0 ? text[line..] : text.Slice(line, end)).TrimEnd((byte)' ');
        bool isBlock = header.EndsWith(";"u8) || header.EndsWith("{"u8) || end >= 0 && line + header.Length == colon + 1;
        var before = text[..line].TrimEnd("\r\n \t"u8);
        var previous = before[(before.LastIndexOf((byte)'\n') + 1)..].TrimStart((byte)' ');
        int name = Bytes.SkipWord(previous, 0);
        return !isBlock && !(name > 0 && Bytes.At(previous, name) == ':' && Bytes.At(previous, name + 1) is (byte)' ' or 0) && !previous.EndsWith("{"u8);
    }

    /// <summary>True for a mail pasted as a whole: it begins with a header of its own or with the line programs put above a forwarded one.</summary>
    private static bool BeginsAsMail(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n>"u8);
        if (text.StartsWith("--"u8)) return true;
        int colon = text[..Math.Min(text.Length, 40)].IndexOf((byte)':');
        return colon > 0 && Headers.Find(text[..colon]) == 2 && Bytes.IsSpace(Bytes.At(text, colon + 1));
    }

    /// <summary>True for a request or an answer pasted as a whole, from its first line on: its headers break out of nothing.</summary>
    private static bool BeginsAsMessage(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n>*<"u8);
        int end = text.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0) return false;
        var first = text[..end];
        if (first.StartsWith("http/"u8)) return first.Length > 8 && Bytes.IsDigit(first[5]);
        int version = first.LastIndexOf(" http/"u8), method = Bytes.SkipWord(first, 0);
        return method is >= 3 and <= 8 && version > method && Bytes.At(first, method) == ' ' && Bytes.At(first, method + 1) is (byte)'/' or (byte)'h' && first[(method + 1)..version].IndexOf((byte)' ') < 0;
    }

    private static void MarkLine(in LeafView leaf, int from, int line, bool isMessage)
    {
        var text = leaf.Text;
        int colon = text[line..Math.Min(text.Length, line + 40)].IndexOf((byte)':');
        if (colon > 0)
        {
            byte kind = Headers.Find(text.Slice(line, colon).TrimEnd((byte)' '));
            bool isShort = leaf.Part != RequestPart.Body || from < 200;
            bool isHeader = kind == 1 || kind == 0 && leaf.Part is RequestPart.Query or RequestPart.Path && IsHeader(text.Slice(line, colon));
            if (kind != 2) kind = isHeader && BeginsHeader(text, line, line + colon) ? (byte)1 : (byte)0;
            if (kind == 1 && isShort && !isMessage) leaf.Mark(Rules.CrlfHeader, from, line + colon + 1 - from);
            if (kind == 2 && isShort && !BeginsAsMail(text) && text[(line + colon)..].IndexOf((byte)'@') is > 0 and < 80) leaf.Mark(Rules.CrlfMail, from, line + colon + 1 - from);
        }
        var rest = text[line..Math.Min(text.Length, line + 300)];
        if (rest.StartsWith("rcpt to:"u8) || rest.StartsWith("mail from:"u8)) leaf.Mark(Rules.CrlfMail, from, Math.Min(text.Length, line + 10) - from);
        if (!isMessage && (rest.StartsWith("http/1."u8) || rest.StartsWith("http/2"u8))) leaf.Mark(Rules.CrlfHeader, from, line + 8 - from);
        bool isRequest = rest.StartsWith("get "u8) || rest.StartsWith("post "u8) || rest.StartsWith("put "u8) || rest.StartsWith("head "u8) || rest.StartsWith("delete "u8);
        if (isRequest && rest.IndexOf(" http/"u8) is > 0 and var http && rest[..http].IndexOf((byte)'\n') < 0) leaf.Mark(Rules.SmugglingEmbeddedRequest, from, line + http + 8 - from);
    }
}
