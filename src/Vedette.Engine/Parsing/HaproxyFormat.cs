using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>HAProxy's HTTP log (<c>option httplog</c>), with or without a syslog prefix.</summary>
/// <remarks>
/// <c>client:port [time] frontend backend/server Tq/Tw/Tc/Tr/Tt status bytes cookie cookie termination connections queues {captured} "request"</c>.
/// Captured headers have no names, so only what is unmistakable is taken: an address as X-Forwarded-For, a browser's user agent, an absolute URL as the
/// referer, a host name as the host. A request cut off by the length limit lacks its closing quote and is still read.
/// </remarks>
internal sealed class HaproxyFormat : ILogFormat
{
    public string Name => "haproxy";

    public string Description => "HAProxy HTTP log, with or without a syslog prefix";

    public ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column)
    {
        ReadOnlySpan<byte> text = batch[line];
        int at = SyslogPrefix.Length(text);
        ParseError error = ReadFields(text, line.Offset, ref at, ref parsed);
        if (error == ParseError.None) error = ReadCaptures(text, line.Offset, ref at, ref parsed);
        if (error == ParseError.None) ReadRequest(batch, text, line.Offset, at, ref parsed);
        column = error == ParseError.None ? 0 : Math.Min(at, text.Length) + 1;
        return error;
    }

    private static ParseError ReadFields(ReadOnlySpan<byte> text, int offset, ref int at, ref HttpEvent parsed)
    {
        ReadOnlySpan<byte> client = Next(text, ref at, out int start);
        if (!client.Contains((byte)':') || at >= text.Length || text[at] != (byte)'[') return ParseError.UnexpectedFormat;
        if (!TryReadClient(client, offset + start, ref parsed)) return ParseError.BadAddress;
        ReadOnlySpan<byte> time = Next(text, ref at, out start);
        if (time.Length < 3 || time[^1] != (byte)']') return ParseError.UnexpectedFormat;
        if (!Timestamp.TryParseClf(time[1..^1], out parsed.TimeMicros)) return ParseError.BadTimestamp;
        Next(text, ref at, out _);
        Next(text, ref at, out _);

        ReadOnlySpan<byte> timers = Next(text, ref at, out start);
        if (timers.Count((byte)'/') < 4) return ParseError.NotHttp;
        ReadOnlySpan<byte> total = timers[(timers.LastIndexOf((byte)'/') + 1)..].TrimStart((byte)'+');
        if (Utf8Number.TryParseScaled(total, 3, out long micros)) parsed.DurationMicros = micros;

        ReadOnlySpan<byte> status = Next(text, ref at, out start);
        if (!FieldValue.TryReadStatus(status, ref parsed)) return Fail(ParseError.BadStatus, start, ref at);
        ReadOnlySpan<byte> bytes = Next(text, ref at, out start).TrimStart((byte)'+');
        if (!Utf8Number.TryParse(bytes, out parsed.ResponseBytes)) return Fail(ParseError.BadNumber, start, ref at);
        for (int i = 0; i < 5; i++) Next(text, ref at, out _);
        return at < text.Length ? ParseError.None : ParseError.TruncatedLine;
    }

    private static ParseError Fail(ParseError error, int start, ref int at)
    {
        at = start;
        return error;
    }

    private static bool TryReadClient(ReadOnlySpan<byte> text, int offset, ref HttpEvent parsed)
    {
        // IPv6 clients stand without brackets, the port behind the last colon.
        int port = text.LastIndexOf((byte)':');
        return ClientText.TryRead(text[..port], offset, ref parsed);
    }

    private static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> text, ref int at, out int start)
    {
        start = Math.Min(at, text.Length);
        int length = text[start..].IndexOf((byte)' ');
        if (length < 0) length = text.Length - start;
        at = Math.Min(start + length + 1, text.Length);
        return text.Slice(start, length);
    }

    private static ParseError ReadCaptures(ReadOnlySpan<byte> text, int offset, ref int at, ref HttpEvent parsed)
    {
        while (at < text.Length && text[at] == (byte)'{')
        {
            int close = text[at..].IndexOf("} "u8);
            if (close < 0) return ParseError.TruncatedLine;
            int start = at + 1, end = at + close;
            while (start <= end)
            {
                int length = text[start..end].IndexOf((byte)'|');
                if (length < 0) length = end - start;
                TakeCapture(text.Slice(start, length), offset + start, ref parsed);
                start += length + 1;
            }
            at = end + 2;
        }
        return at < text.Length && text[at] == (byte)'"' ? ParseError.None : ParseError.UnexpectedFormat;
    }

    private static void TakeCapture(ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed)
    {
        if (value is [] or [(byte)'-']) return;
        var slice = new Utf8Slice(offset, value.Length);
        if (NetworkAddress.TryParse(value, out _)) parsed.ForwardedFor = slice;
        else if (value.StartsWith("Mozilla/"u8)) parsed.UserAgent = slice;
        else if (value.StartsWith("http://"u8) || value.StartsWith("https://"u8)) parsed.Referer = slice;
        else if (value.Contains((byte)'.') && ClientText.IsName(value)) RequestLine.SetHost(value, offset, ref parsed);
    }

    private static void ReadRequest(EventBatch batch, ReadOnlySpan<byte> text, int offset, int at, ref HttpEvent parsed)
    {
        int start = at + 1;
        int close = QuotedText.FindClosingBeforeBlank(text, start, out bool escaped);
        ReadOnlySpan<byte> request = close < 0 ? text[start..] : text[start..close];
        int position = offset + start;
        if (escaped)
        {
            Utf8Slice decoded = QuotedText.Unescape(batch, request);
            request = batch[decoded];
            position = decoded.Offset;
        }
        RequestLine.Read(request, position, ref parsed);
    }
}
