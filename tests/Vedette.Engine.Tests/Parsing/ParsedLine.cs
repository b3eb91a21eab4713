using System.Text;
using System.Text.Json;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Tests.Parsing;

/// <summary>Parses single lines and shows the event the way users see it.</summary>
internal static class ParsedLine
{
    public static EventBatch Batch(string text)
    {
        var batch = new EventBatch(1024, 4);
        long number = 0;
        foreach (string line in text.Split('\n')) batch.AddLine(batch.Append(Encoding.UTF8.GetBytes(line)), ++number);
        return batch;
    }

    public static ParseError Try(ILogFormat format, string line, out JsonElement shown, out int column)
    {
        EventBatch batch = Batch(line);
        ref HttpEvent parsed = ref batch.AddEvent();
        ParseError error = format.Parse(batch, batch.Lines[0].Text, ref parsed, out column);
        shown = error == ParseError.None ? Show(batch, parsed) : default;
        return error;
    }

    public static JsonElement Read(ILogFormat format, string line)
    {
        ParseError error = Try(format, line, out JsonElement shown, out int column);
        Assert.True(error == ParseError.None, $"{error} at {column}: {line}");
        return shown;
    }

    public static JsonElement Read(string format, string line)
    {
        Assert.True(LogFormats.TryResolve(format, out ILogFormat? found, out string? problem), problem);
        return Read(found, line);
    }

    /// <summary>The event of the last line of a text with several, detected and parsed as files are.</summary>
    public static JsonElement Detected(string text, out string format)
    {
        EventBatch batch = Batch(text);
        var parser = new LogParser(FormatDetector.Detect(batch));
        parser.Parse(batch);
        Assert.True(batch.EventCount > 0, text);
        format = parser.Formats[batch.Events[^1].Format].Name;
        return Show(batch, batch.Events[^1]);
    }

    /// <summary>Compares named fields: <c>"status=200 path=/x"</c>, blanks in values written as <c>~</c>, <c>name=</c> for absent.</summary>
    public static void Has(JsonElement shown, string fields)
    {
        foreach (string field in fields.Split(' '))
        {
            string name = field[..field.IndexOf('=', StringComparison.Ordinal)], expected = field[(name.Length + 1)..].Replace('~', ' ');
            string actual = shown.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
            Assert.True(expected == actual, $"{name} is '{actual}', not '{expected}', in {shown}");
        }
    }

    private static JsonElement Show(EventBatch batch, in HttpEvent parsed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) EventJson.Write(json, batch, parsed);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
