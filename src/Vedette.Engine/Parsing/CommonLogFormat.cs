using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>The Common Log Format and what grew out of it: the default of Apache, nginx and many others.</summary>
/// <remarks>
/// <c>[host[:port] ]client ident user [time] "request" status bytes[ "referer" "agent"][ more]</c>. What follows is read by
/// <see cref="TrailingFields"/>. An ident that looks like a host name is one (some hosters put the virtual host there). Several comma-separated
/// addresses in place of the client are a logged X-Forwarded-For: its last address is the client, see <c>ClientResolver</c> for the rest.
/// This is the hot path: it reads left to right with vectorised searches and makes the rare cases pay.
/// </remarks>
internal sealed class CommonLogFormat(string name, string description, bool hasHost, bool isCombined) : ILogFormat
{
    public string Name => name;

    public string Description => description;

    public ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column)
    {
        ReadOnlySpan<byte> text = batch[line];
        int at = 0;
        if (hasHost && !TryReadHost(text, line.Offset, ref at, ref parsed)) return Fail(ParseError.UnexpectedFormat, at, out column);

        ParseError error = ReadClientAndUser(batch, text, line.Offset, ref at, ref parsed);
        if (error != ParseError.None) return Fail(error, at, out column);

        error = ReadTime(text, ref at, ref parsed);
        if (error != ParseError.None) return Fail(error, at, out column);

        error = ReadRequest(batch, text, line.Offset, ref at, ref parsed);
        if (error != ParseError.None) return Fail(error, at, out column);

        error = ReadStatusAndBytes(text, ref at, ref parsed);
        if (error != ParseError.None) return Fail(error, at, out column);

        if (isCombined)
        {
            error = ReadQuoted(batch, text, line.Offset, ref at, out parsed.Referer);
            if (error != ParseError.None) return Fail(error, at, out column);
            error = ReadQuoted(batch, text, line.Offset, ref at, out parsed.UserAgent);
            if (error != ParseError.None) return Fail(error, at, out column);
        }
        else if (HasTwoQuotedFields(text[at..]))
        {
            return Fail(ParseError.UnexpectedFormat, at, out column);
        }
        if (at < text.Length) TrailingFields.Read(batch, line, at, ref parsed);
        column = 0;
        return ParseError.None;
    }

    private static ParseError Fail(ParseError error, int at, out int column)
    {
        column = at + 1;
        return error;
    }

    private static bool TryReadHost(ReadOnlySpan<byte> text, int offset, ref int at, ref HttpEvent parsed)
    {
        int space = text.IndexOf((byte)' ');
        if (space <= 0 || text[0] != (byte)'-' && !ClientText.IsName(text[..space]) && text[0] != (byte)'[') return false;
        RequestLine.SetHost(text[..space], offset, ref parsed);
        at = space + 1;
        // Without this, "client - user name [" would pass for "host client ident user [".
        return !text[at..].StartsWith("- "u8);
    }

    private ParseError ReadClientAndUser(EventBatch batch, ReadOnlySpan<byte> text, int offset, ref int at, ref HttpEvent parsed)
    {
        int space = text[at..].IndexOf((byte)' ');
        if (space <= 0) return space < 0 ? ParseError.UnexpectedFormat : ParseError.BadAddress;
        if (text[at + space - 1] == (byte)',') space = ReadForwardedList(text[at..], offset + at, ref parsed);
        else if (!ClientText.TryRead(text.Slice(at, space), offset + at, ref parsed)) return ParseError.BadAddress;
        if (space < 0) return ParseError.BadAddress;
        at += space + 1;

        if (text[at..].StartsWith("- - ["u8))
        {
            at += 4;
            return ParseError.None;
        }
        int bracket = text[at..].IndexOf(" ["u8);
        if (bracket < 0) return ParseError.UnexpectedFormat;
        ReadOnlySpan<byte> identAndUser = text.Slice(at, bracket);
        int split = identAndUser.IndexOf((byte)' ');
        if (split < 0) return ParseError.UnexpectedFormat;
        ReadOnlySpan<byte> ident = identAndUser[..split], user = identAndUser[(split + 1)..];
        if (!hasHost && (user.StartsWith("- "u8) || NetworkAddress.TryParse(ident, out _))) return ParseError.UnexpectedFormat;
        if (ident.Contains((byte)'.')) RequestLine.SetHost(ident, offset + at, ref parsed);
        if (user is not ([] or [(byte)'-'] or [(byte)'"', (byte)'"'])) parsed.User = Text(batch, user, offset + at + split + 1);
        at += bracket + 1;
        return ParseError.None;
    }

    /// <summary>Reads <c>203.0.113.7, 10.0.0.1</c>; returns the length of the list or -1.</summary>
    private static int ReadForwardedList(ReadOnlySpan<byte> text, int offset, ref HttpEvent parsed)
    {
        int start = 0;
        while (true)
        {
            int space = text[start..].IndexOf((byte)' ');
            if (space <= 0) return -1;
            if (text[start + space - 1] == (byte)',')
            {
                start += space + 1;
                continue;
            }
            if (!ClientText.TryRead(text.Slice(start, space), offset + start, ref parsed)) return -1;
            parsed.ForwardedFor = new Utf8Slice(offset, start + space);
            return start + space;
        }
    }

    private static ParseError ReadTime(ReadOnlySpan<byte> text, ref int at, ref HttpEvent parsed)
    {
        int start = at + 1;
        int length = Timestamp.ClfLength;
        if (text.Length <= start + length || text[start + length] != (byte)']') length = text[start..].IndexOf((byte)']');
        if (length < 0) return ParseError.TruncatedLine;
        ReadOnlySpan<byte> time = text.Slice(start, length);
        if (!Timestamp.TryParseClf(time, out parsed.TimeMicros) && !Timestamp.TryParse(time, out parsed.TimeMicros)) return ParseError.BadTimestamp;
        at = start + length + 1;
        return ParseError.None;
    }

    private static ParseError ReadRequest(EventBatch batch, ReadOnlySpan<byte> text, int offset, ref int at, ref HttpEvent parsed)
    {
        if (text.Length < at + 2) return ParseError.TruncatedLine;
        if (text[at] != (byte)' ' || text[at + 1] != (byte)'"') return ParseError.UnexpectedFormat;
        int start = at + 2;
        int close = QuotedText.FindClosing(text, start, out bool escaped);
        int first = close;
        // A client's quote in the request may be logged unescaped: the closing one has a status behind it.
        while (close >= 0 && !IsStatusNext(text, close + 1))
        {
            close = QuotedText.FindClosing(text, close + 1, out bool more);
            escaped |= more;
        }
        if (close < 0 && first < 0) return ParseError.TruncatedLine;
        if (close < 0) close = first;

        if (!escaped)
        {
            RequestLine.Read(text[start..close], offset + start, ref parsed);
        }
        else
        {
            Utf8Slice request = QuotedText.Unescape(batch, text[start..close]);
            RequestLine.Read(batch[request], request.Offset, ref parsed);
        }
        at = close + 1;
        return ParseError.None;
    }

    private static bool IsStatusNext(ReadOnlySpan<byte> text, int at) =>
        at + 3 < text.Length && text[at] == (byte)' '
        && (text[at + 1] == (byte)'-' && text[at + 2] == (byte)' ' || (uint)(text[at + 1] - '0') <= 9 && (uint)(text[at + 2] - '0') <= 9 && (uint)(text[at + 3] - '0') <= 9);

    private static ParseError ReadStatusAndBytes(ReadOnlySpan<byte> text, ref int at, ref HttpEvent parsed)
    {
        if (at >= text.Length) return ParseError.TruncatedLine;
        if (text[at] != (byte)' ') return ParseError.UnexpectedFormat;
        at++;
        int end = text[at..].IndexOf((byte)' ');
        if (end < 0) return ParseError.TruncatedLine;
        if (!FieldValue.TryReadStatus(text.Slice(at, end), ref parsed)) return ParseError.BadStatus;
        at += end + 1;

        end = text[at..].IndexOf((byte)' ');
        ReadOnlySpan<byte> bytes = end < 0 ? text[at..] : text.Slice(at, end);
        if (bytes is [(byte)'-']) parsed.ResponseBytes = 0;
        else if (bytes.IsEmpty) return ParseError.TruncatedLine;
        else if (!Utf8Number.TryParse(bytes, out parsed.ResponseBytes)) return ParseError.BadNumber;
        at += bytes.Length;
        return ParseError.None;
    }

    private static ParseError ReadQuoted(EventBatch batch, ReadOnlySpan<byte> text, int offset, ref int at, out Utf8Slice field)
    {
        field = default;
        if (text.Length < at + 2) return ParseError.UnexpectedFormat;
        if (text[at] != (byte)' ' || text[at + 1] != (byte)'"') return ParseError.UnexpectedFormat;
        int start = at + 2;
        int close = QuotedText.FindClosingBeforeBlank(text, start, out bool escaped);
        if (close < 0) return ParseError.TruncatedLine;
        ReadOnlySpan<byte> value = text[start..close];
        if (value is not ([] or [(byte)'-'])) field = escaped ? QuotedText.Unescape(batch, value) : new Utf8Slice(offset + start, value.Length);
        at = close + 1;
        return ParseError.None;
    }

    private static Utf8Slice Text(EventBatch batch, ReadOnlySpan<byte> value, int offset) =>
        value.Contains((byte)'\\') ? QuotedText.Unescape(batch, value) : new Utf8Slice(offset, value.Length);

    private static bool HasTwoQuotedFields(ReadOnlySpan<byte> rest)
    {
        if (!rest.StartsWith(" \""u8)) return false;
        int close = QuotedText.FindClosingBeforeBlank(rest, 2, out _);
        return close >= 0 && rest[(close + 1)..].StartsWith(" \""u8);
    }
}
