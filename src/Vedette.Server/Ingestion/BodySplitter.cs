using System.Text.Json;
using Vedette.Engine.Events;

namespace Vedette.Server.Ingestion;

/// <summary>Finds the events in a body and marks each as a line of the batch: elements of an array, of <c>{"logs":[…]}</c>, one object, or lines.</summary>
internal static class BodySplitter
{
    private const int MaxLineBytes = 1 << 20;
    private const int KeptOfLongLine = 512;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64, AllowMultipleValues = true };

    /// <summary>Splits the whole text of the batch.</summary>
    /// <param name="batch">Holds the body and nothing else.</param>
    /// <param name="isText">The sender says it is plain text: each line is one of an access log.</param>
    /// <param name="source">Given to every line.</param>
    /// <param name="maxEvents">Most events.</param>
    /// <param name="shape">What it was.</param>
    /// <returns>Null, or what is wrong with the body as a whole.</returns>
    public static string? Split(EventBatch batch, bool isText, ushort source, int maxEvents, out BodyShape shape)
    {
        shape = BodyShape.Lines;
        int start = SkipBlanks(batch.Text);
        if (start == batch.TextLength) return "The body is empty; send an event, an array of events, or one event a line.";
        byte first = batch.Text[start];
        if (isText || first is not ((byte)'{' or (byte)'[')) return AddLines(batch, start, source, maxEvents);
        try
        {
            return first == (byte)'[' ? AddArray(batch, start, source, maxEvents, ref shape) : AddObject(batch, start, source, maxEvents, ref shape);
        }
        catch (JsonException e)
        {
            return $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).";
        }
        catch (InvalidOperationException)
        {
            // The reader finds half a surrogate pair only when the text is asked for.
            return "The body is not valid JSON: a text in it holds half a character (a lone surrogate).";
        }
    }

    private static string? AddArray(EventBatch batch, int start, ushort source, int maxEvents, ref BodyShape shape)
    {
        shape = BodyShape.Array;
        var reader = new Utf8JsonReader(batch.Text[start..], Options);
        reader.Read();
        string? problem = AddElements(batch, ref reader, start, source, maxEvents);
        if (problem is not null) return problem;
        return reader.Read() ? "There is something behind the array; send one JSON value, or one event a line." : null;
    }

    private static string? AddObject(EventBatch batch, int start, ushort source, int maxEvents, ref BodyShape shape)
    {
        ReadOnlySpan<byte> text = batch.Text;
        // One event a line is told from the first line alone: it ends where the line does, and another follows.
        int end = text[start..].IndexOf((byte)'\n');
        if (end > 0 && IsLineOfSeveral(text, start, start + end)) return AddLines(batch, start, source, maxEvents);
        var reader = new Utf8JsonReader(text[start..], Options);
        reader.Read();
        string? problem = null;
        bool hasLogs = false, isWrapper = false;
        int properties = 0;
        while (problem is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isLogs = !hasLogs && reader.ValueTextEquals("logs"u8);
            isWrapper = ++properties == 1 && isLogs;
            reader.Read();
            if (isLogs && reader.TokenType == JsonTokenType.StartArray)
            {
                hasLogs = true;
                problem = AddElements(batch, ref reader, start, source, maxEvents);
            }
            else
            {
                reader.Skip();
            }
        }
        if (problem is not null) return problem;
        if (isWrapper && !hasLogs) return "logs: must be an array of events or of log lines.";
        int after = start + (int)reader.BytesConsumed;
        if (!text[after..].Trim(" \t\r\n"u8).IsEmpty) return hasLogs ? "There is something behind the object; send one JSON value, or one event a line." : AddLines(batch, start, source, maxEvents);
        shape = hasLogs ? BodyShape.Wrapped : BodyShape.Single;
        if (!hasLogs) batch.AddLine(new Utf8Slice(start, after - start), 1, source);
        return null;
    }

    /// <summary>Reads the elements of the array the reader is at; a text in it is a line of a log.</summary>
    private static string? AddElements(EventBatch batch, ref Utf8JsonReader reader, int offset, ushort source, int maxEvents)
    {
        int number = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (++number > maxEvents) return TooMany(maxEvents);
            int begin = offset + (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.String)
            {
                int room = reader.HasValueSequence ? (int)reader.ValueSequence.Length : reader.ValueSpan.Length;
                int written = reader.CopyString(batch.Reserve(room));
                batch.AddLine(batch.Commit(written), number, source);
                continue;
            }
            reader.Skip();
            batch.AddLine(new Utf8Slice(begin, offset + (int)reader.BytesConsumed - begin), number, source);
        }
        return null;
    }

    private static string? AddLines(EventBatch batch, int start, ushort source, int maxEvents)
    {
        int number = 0, end = batch.TextLength;
        while (start < end)
        {
            ReadOnlySpan<byte> rest = batch.Text[start..end];
            int length = rest.IndexOf((byte)'\n');
            if (length < 0) length = rest.Length;
            ReadOnlySpan<byte> line = rest[..length];
            if (!line.TrimEnd(" \t\r"u8).IsEmpty)
            {
                if (++number > maxEvents) return TooMany(maxEvents);
                int kept = line[^1] == (byte)'\r' ? length - 1 : length;
                if (kept > MaxLineBytes) batch.Failures.Add(new ParseFailure(number, source, ParseError.TooLong, MaxLineBytes, new Utf8Slice(start, KeptOfLongLine)));
                else batch.AddLine(new Utf8Slice(start, kept), number, source);
            }
            start += length + 1;
        }
        return null;
    }

    private static bool IsLineOfSeveral(ReadOnlySpan<byte> text, int start, int end)
    {
        ReadOnlySpan<byte> rest = text[(end + 1)..].TrimStart(" \t\r\n"u8);
        return rest.Length > 0 && rest[0] == (byte)'{' && text[start..end].TrimEnd(" \t\r"u8) is [.., (byte)'}'];
    }

    private static string TooMany(int maxEvents) => $"There are more than {maxEvents} events; send them in parts.";

    private static int SkipBlanks(ReadOnlySpan<byte> text)
    {
        int start = text is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        while (start < text.Length && text[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') start++;
        return start;
    }
}

/// <summary>How events stood in a body; decides how a bad field is named.</summary>
internal enum BodyShape
{
    /// <summary>One event.</summary>
    Single,

    /// <summary>An array of events.</summary>
    Array,

    /// <summary><c>{"logs":[…]}</c>.</summary>
    Wrapped,

    /// <summary>One event a line.</summary>
    Lines,
}
