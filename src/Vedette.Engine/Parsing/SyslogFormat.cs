using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Access-log lines that came through syslog: its prefix, then a line in one of the inner formats.</summary>
internal sealed class SyslogFormat(IReadOnlyList<ILogFormat> inner) : ILogFormat
{
    public string Name => "syslog";

    public string Description => "common, combined or JSON lines behind a syslog prefix";

    public ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column)
    {
        int prefix = SyslogPrefix.Length(batch[line]);
        column = 1;
        if (prefix == 0 || prefix >= line.Length) return ParseError.UnexpectedFormat;
        var message = new Utf8Slice(line.Offset + prefix, line.Length - prefix);
        HttpEvent empty = parsed;
        ParseError reason = ParseError.None;
        int furthest = -1;
        foreach (ILogFormat format in inner)
        {
            parsed = empty;
            ParseError error = format.Parse(batch, message, ref parsed, out int at);
            if (error == ParseError.None)
            {
                column = 0;
                return error;
            }
            if (at <= furthest) continue;
            furthest = at;
            reason = error;
        }
        column = prefix + furthest;
        return reason;
    }
}
