namespace Vedette.Engine.Redaction;

/// <summary>Where a secret stands in a text.</summary>
internal readonly ref struct SecretValue
{
    private const int MaxNesting = 32;

    private static readonly string[] Schemes = ["Bearer", "Basic", "Token", "ApiKey", "Digest", "Negotiate", "NTLM", "Hawk", "DPoP", "AWS4-HMAC-SHA256"];

    private readonly Form _form;

    private SecretValue(int start, int end, Form form)
    {
        Start = start;
        End = end;
        _form = form;
    }

    private enum Form
    {
        /// <summary>Plain text: becomes the mask.</summary>
        Plain,

        /// <summary>A number, literal or composite of JSON: becomes a string, so that the text stays JSON.</summary>
        Json,

        /// <summary>Cookies, each with its name.</summary>
        Cookies,
    }

    public int Start { get; }

    public int End { get; }

    public void Write(ReadOnlySpan<byte> text, RedactionBuffer buffer)
    {
        if (_form == Form.Cookies) CookieValues.Append(text[Start..End], buffer);
        else if (_form == Form.Json) buffer.Add("\"***\""u8);
        else buffer.Add(NamedValues.MaskText);
    }

    /// <summary>The token the value begins with; empty if it begins with something else.</summary>
    public SecretValue AsToken(ReadOnlySpan<byte> text)
    {
        if (_form != Form.Plain) return this;
        int end = Start;
        while (end < End && TokenLength(text[end..End]) is > 0 and var length) end += length;
        return new SecretValue(Start, end, Form.Plain);
    }

    /// <summary>The value behind a separator; empty if there is none.</summary>
    public static SecretValue After(ReadOnlySpan<byte> text, int separator, int separatorLength, RedactedKind kind, SecretHeader header)
    {
        byte mark = text[separator];
        int start = separator + separatorLength;
        if (mark == '%') return Encoded(text, start);
        if (mark == '>') return Element(text, separator, start);
        if (mark == ':') while (start < text.Length && text[start] is (byte)' ' or (byte)'\t') start++;
        if (start >= text.Length) return default;
        if (mark == '=' && kind == RedactedKind.Query) return new SecretValue(start, EndOf(text, start, "&"u8), Form.Plain);
        if (Quoted(text, start, out SecretValue quoted)) return quoted;
        if (mark == ':' && (kind == RedactedKind.Headers || header != SecretHeader.None))
        {
            int end = EndOf(text, start, kind == RedactedKind.Headers ? "\r\n"u8 : "\r\n\""u8);
            return header == SecretHeader.Cookie ? new SecretValue(start, end, Form.Cookies) : new SecretValue(AfterScheme(text, start), end, Form.Plain);
        }
        if (mark == ':' && IsJsonName(text, separator)) return Json(text, start);
        start = AfterScheme(text, start);
        return new SecretValue(start, EndOf(text, start, " \t\r\n\"&<"u8), Form.Plain);
    }

    /// <summary>The value of a part of a form with parts, given where the quotation of its name begins.</summary>
    public static SecretValue OfPart(ReadOnlySpan<byte> text, int nameQuote, SecretNames names)
    {
        if (nameQuote >= text.Length || text[nameQuote] != '"') return default;
        int nameEnd = EndOf(text, nameQuote + 1, "\"\r\n"u8);
        if (names.KindOf(text[(nameQuote + 1)..nameEnd]) == SecretKind.None) return default;
        int blank = text[nameEnd..].IndexOf("\r\n\r\n"u8);
        if (blank < 0) return default;
        int start = nameEnd + blank + 4;
        int length = text[start..].IndexOf("\r\n--"u8);
        return new SecretValue(start, length < 0 ? text.Length : start + length, Form.Plain);
    }

    /// <summary>Inside one percent-encoded value: <c>%22token%22%3A%22x%22</c>, <c>token%3Dx%26</c>.</summary>
    private static SecretValue Encoded(ReadOnlySpan<byte> text, int start)
    {
        while (text[start..].StartsWith("%20"u8) || text[start..].StartsWith("%22"u8)) start += 3;
        int end = EndOf(text, start, "& \t\r\n\""u8);
        foreach (ReadOnlySpan<byte> close in new EncodedEnds())
        {
            int at = text[start..end].IndexOf(close);
            if (at >= 0) end = start + at;
        }
        return new SecretValue(start, end, Form.Plain);
    }

    /// <summary>Content of an element: <c>&lt;name&gt;value&lt;</c>.</summary>
    private static SecretValue Element(ReadOnlySpan<byte> text, int separator, int start)
    {
        int open = text[Math.Max(0, separator - 96)..separator].LastIndexOf((byte)'<');
        if (open < 0 || text[Math.Max(0, separator - 96) + open + 1] == '/') return default;
        return new SecretValue(start, EndOf(text, start, "<"u8), Form.Plain);
    }

    /// <summary>In quotation marks, escaped ones too: a JSON text inside another has <c>\"token\":\"x\"</c>.</summary>
    private static bool Quoted(ReadOnlySpan<byte> text, int start, out SecretValue value)
    {
        value = default;
        int escapes = 0;
        while (start + escapes < text.Length && text[start + escapes] == '\\' && escapes < 8) escapes++;
        if (start + escapes >= text.Length || text[start + escapes] is not ((byte)'"' or (byte)'\'')) return false;
        byte quote = text[start + escapes];
        int begin = start + escapes + 1, at = begin;
        while (at < text.Length)
        {
            int run = 0;
            while (at < text.Length && text[at] == '\\')
            {
                run++;
                at++;
            }
            if (at < text.Length && text[at] == quote && run <= escapes)
            {
                value = new SecretValue(begin, at - run, Form.Plain);
                return true;
            }
            at++;
        }
        value = new SecretValue(begin, text.Length, Form.Plain);
        return true;
    }

    private static bool IsJsonName(ReadOnlySpan<byte> text, int separator)
    {
        ReadOnlySpan<byte> before = text[..separator].TrimEnd(" \t"u8);
        return !before.IsEmpty && before[^1] is (byte)'"' or (byte)'\'';
    }

    /// <summary>A value of JSON that is no string.</summary>
    private static SecretValue Json(ReadOnlySpan<byte> text, int start)
    {
        if (text[start] is not ((byte)'[' or (byte)'{'))
        {
            int end = EndOf(text, start, ",}] \t\r\n"u8);
            // There is nothing to hide in these.
            return text[start..end] is [(byte)'n', (byte)'u', (byte)'l', (byte)'l'] or [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] or [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] ? default : new SecretValue(start, end, Form.Json);
        }
        int depth = 0, at = start;
        for (; at < text.Length && depth <= MaxNesting; at++)
        {
            if (text[at] is (byte)'[' or (byte)'{') depth++;
            else if (text[at] is (byte)']' or (byte)'}' && --depth == 0) return new SecretValue(start, at + 1, Form.Json);
        }
        return new SecretValue(start, text.Length, Form.Json);
    }

    /// <summary>Behind the name of an authentication scheme, which tells nothing: <c>Bearer x</c>.</summary>
    private static int AfterScheme(ReadOnlySpan<byte> text, int start)
    {
        int space = text[start..].IndexOf((byte)' ');
        if (space is < 4 or > 16) return start;
        foreach (string scheme in Schemes)
            if (System.Text.Ascii.EqualsIgnoreCase(text.Slice(start, space), scheme)) return start + space + 1;
        return start;
    }

    /// <summary>Bytes of the first character if tokens have it, percent-encoded or not; else 0.</summary>
    private static int TokenLength(ReadOnlySpan<byte> text)
    {
        if (IsTokenByte(text[0])) return 1;
        if (text.Length < 3 || text[0] != '%' || !char.IsAsciiHexDigit((char)text[1]) || !char.IsAsciiHexDigit((char)text[2])) return 0;
        return IsTokenByte((byte)(HexDigit(text[1]) << 4 | HexDigit(text[2]))) ? 3 : 0;
    }

    private static int HexDigit(byte b) => b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;

    private static bool IsTokenByte(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'_' or (byte)'~' or (byte)'+' or (byte)'/' or (byte)'=' or (byte)'-' or (byte)':' or (byte)'|';

    private static int EndOf(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> stops)
    {
        int length = text[start..].IndexOfAny(stops);
        return length < 0 ? text.Length : start + length;
    }

    /// <summary>What ends a value inside a percent-encoded text: quotation mark, ampersand, comma, closing brace.</summary>
    private ref struct EncodedEnds
    {
        private int _at;

        public readonly ReadOnlySpan<byte> Current => _at switch { 1 => "%22"u8, 2 => "%26"u8, 3 => "%2C"u8, _ => "%7D"u8 };

        public readonly EncodedEnds GetEnumerator() => this;

        public bool MoveNext() => ++_at <= 4;
    }
}
