using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Server.Ingestion;

/// <summary>What is sent as JSON: objects, and lines of access logs among them. What is neither is explained as the JSON it should have been.</summary>
internal sealed class JsonOrLogLine : ILogFormat
{
    private static readonly ILogFormat Json = LogFormats.Find("json")!;
    private static readonly ILogFormat[] Lines = [.. LogFormats.Fallbacks.Concat(LogFormats.All).Distinct().Where(static format => format != Json)];

    public string Name => Json.Name;

    public string Description => "JSON objects, or lines of access logs";

    public ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column)
    {
        HttpEvent empty = parsed;
        ParseError error = Json.Parse(batch, line, ref parsed, out column);
        if (error == ParseError.None || batch[line].TrimStart(" \t\r\n"u8) is [(byte)'{', ..]) return error;
        foreach (ILogFormat format in Lines)
        {
            parsed = empty;
            if (format.Parse(batch, line, ref parsed, out _) == ParseError.None) return ParseError.None;
        }
        return error;
    }
}
