using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>One JSON object a line, in whatever shape: own field names, nginx, Caddy, Traefik, Envoy, ECS, OpenTelemetry names; see <see cref="JsonFieldNames"/>.</summary>
/// <remarks>
/// Units: <c>response_time</c>, <c>latency</c> and <c>request_time</c> are seconds, <c>*_ms</c> (and Node's <c>responseTime</c>) milliseconds. A bare <c>duration</c> is
/// seconds if it has a decimal point (Caddy) and milliseconds if not (Envoy); Traefik's <c>Duration</c>, with a capital, is nanoseconds. Objects without HTTP fields but
/// with a <c>log</c> or <c>message</c> text (container run-times, shippers) are read for that text, in the common formats or as JSON once more.
/// </remarks>
internal sealed class JsonFormat : ILogFormat
{
    public string Name => "json";

    public string Description => "JSON lines: own events, nginx, Caddy, Traefik, Envoy, ECS, OpenTelemetry names";

    public ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column) => Parse(batch, line, ref parsed, out column, mayUnwrap: true);

    private static ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column, bool mayUnwrap)
    {
        Span<byte> path = stackalloc byte[JsonEventReader.MaxPathLength];
        Span<byte> ranks = stackalloc byte[JsonEventReader.RankCount];
        ranks.Clear();
        var reader = new JsonEventReader(batch, line, path, ranks, ref parsed);
        ParseError error = reader.Read(out column);
        if (error == ParseError.NotHttp && mayUnwrap && !reader.Message.IsEmpty)
        {
            error = ParseMessage(batch, reader.Message, ref parsed);
            column = error == ParseError.None ? 0 : reader.Message.Offset >= line.Offset && reader.Message.End <= line.End ? reader.Message.Offset - line.Offset + 1 : 0;
        }
        return error;
    }

    private static ParseError ParseMessage(EventBatch batch, Utf8Slice message, ref HttpEvent parsed)
    {
        ReadOnlySpan<byte> text = batch[message];
        int length = text.TrimEnd(" \r\n"u8).Length;
        message = new Utf8Slice(message.Offset, length);
        if (length == 0) return ParseError.NotHttp;
        HttpEvent outer = parsed;
        if (text[0] == (byte)'{') return Parse(batch, message, ref parsed, out _, mayUnwrap: false);
        foreach (ILogFormat format in LogFormats.CommonFamily)
        {
            if (format.Parse(batch, message, ref parsed, out _) == ParseError.None) return ParseError.None;
            parsed = outer;
        }
        return ParseError.NotHttp;
    }
}
