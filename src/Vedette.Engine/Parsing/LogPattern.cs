using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>A log format written as literal text with fields between, as Apache's LogFormat and nginx's log_format are.</summary>
/// <remarks>
/// A field ends where the text behind it begins. Between quotes escapes count, and a quote ends the field only if the rest of that text follows. A blank of
/// the pattern stands for any number of blanks. From the optional part on, a line may end early or go on differently.
/// </remarks>
internal sealed class LogPattern : ILogFormat
{
    private readonly Step[] _steps;
    private readonly int _required;

    /// <param name="name">Name of the format.</param>
    /// <param name="description">What writes it.</param>
    /// <param name="steps">Fields in order, each with the text in front of it.</param>
    /// <param name="required">How many of the steps a line must have.</param>
    public LogPattern(string name, string description, IReadOnlyList<Step> steps, int required)
    {
        Name = name;
        Description = description;
        _required = required;
        _steps = [.. steps];
    }

    public string Name { get; }

    public string Description { get; }

    /// <summary>True if the pattern has enough to make an event: something about the request.</summary>
    public bool IsAboutRequests => _steps.Any(step => step.Field is LogField.Request or LogField.RequestWithUrl or LogField.Target or LogField.Url or LogField.Path or LogField.HostAndTarget);

    public ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column)
    {
        ReadOnlySpan<byte> text = batch[line];
        var time = new FieldValue.TimeParts();
        int at = 0;
        column = 0;
        for (int i = 0; i < _steps.Length; i++)
        {
            ParseError error = ReadStep(_steps[i], batch, text, line.Offset, ref at, ref parsed, ref time);
            if (error == ParseError.None) continue;
            if (i >= _required) break;
            column = Math.Min(at, text.Length) + 1;
            return error;
        }
        if (_required == _steps.Length && !text[Math.Min(at, text.Length)..].Trim((byte)' ').IsEmpty)
        {
            column = at + 1;
            return ParseError.UnexpectedFormat;
        }
        time.Apply(ref parsed);
        TakeClientFromForwarded(batch, ref parsed);
        return ParseError.None;
    }

    private static ParseError ReadStep(in Step step, EventBatch batch, ReadOnlySpan<byte> text, int offset, ref int at, ref HttpEvent parsed, ref FieldValue.TimeParts time)
    {
        if (!TryMatch(text, step.Before, ref at)) return at >= text.Length ? ParseError.TruncatedLine : ParseError.UnexpectedFormat;
        if (step.IsLiteralOnly) return ParseError.None;
        if (step.Strftime is { } strftime) return strftime.TryRead(text, ref at, out parsed.TimeMicros) ? ParseError.None : ParseError.BadTimestamp;

        int end = FindEnd(step, text, at, out bool escaped);
        if (end < 0) return step.IsQuoted ? ParseError.TruncatedLine : ParseError.UnexpectedFormat;
        int start = at;
        ReadOnlySpan<byte> value = text[start..end];
        if (escaped && step.Field != LogField.Skip)
        {
            Utf8Slice decoded = QuotedText.Unescape(batch, value);
            value = batch[decoded];
            offset = decoded.Offset - start;
        }
        ParseError error = step.Field == LogField.Skip ? ParseError.None : FieldValue.Assign(step.Field, value, offset + start, ref parsed, ref time);
        if (error == ParseError.None) at = end;
        return error;
    }

    private static bool TryMatch(ReadOnlySpan<byte> text, byte[] literal, ref int at)
    {
        int position = at;
        foreach (byte expected in literal)
        {
            if (position >= text.Length || text[position] != expected) return Fail(text, position, ref at);
            position++;
            if (expected == (byte)' ')
                while (position < text.Length && text[position] == (byte)' ') position++;
        }
        at = position;
        return true;
    }

    private static bool Fail(ReadOnlySpan<byte> text, int position, ref int at)
    {
        at = Math.Min(position, text.Length);
        return false;
    }

    private static int FindEnd(in Step step, ReadOnlySpan<byte> text, int at, out bool escaped)
    {
        escaped = false;
        if (step.IsQuoted) return FindClosing(step, text, at, out escaped);
        if (step.After.Length == 0) return text.Length;
        int from = at;
        while (true)
        {
            int found = text[from..].IndexOf(step.After);
            if (found < 0) return step.After[0] == (byte)' ' && text[from..].IndexOf((byte)' ') is var blank ? blank < 0 ? text.Length : from + blank : -1;
            int end = from + found;
            if (!step.MayBeList || end == at || text[end - 1] != (byte)',' || text[end] != (byte)' ') return end;
            from = end + 1;
        }
    }

    /// <summary>The first quote that the pattern's next text follows; failing that, the first one.</summary>
    private static int FindClosing(in Step step, ReadOnlySpan<byte> text, int at, out bool escaped)
    {
        int first = QuotedText.FindClosing(text, at, out escaped);
        int close = first;
        while (close >= 0 && !Follows(text[close..], step.After))
        {
            close = QuotedText.FindClosing(text, close + 1, out bool more);
            escaped |= more;
        }
        return close < 0 ? first : close;
    }

    private static bool Follows(ReadOnlySpan<byte> rest, byte[] after) => rest.Length == 1 || rest.StartsWith(after);

    /// <summary>Without a field for the address, the last hop of a logged X-Forwarded-For is who connected.</summary>
    private static void TakeClientFromForwarded(EventBatch batch, ref HttpEvent parsed)
    {
        if (!parsed.Client.IsUnknown || parsed.ForwardedFor.IsEmpty) return;
        ReadOnlySpan<byte> list = batch[parsed.ForwardedFor];
        int last = list.LastIndexOfAny((byte)',', (byte)' ') + 1;
        ClientText.TryRead(list[last..], parsed.ForwardedFor.Offset + last, ref parsed);
    }

    /// <summary>One field and the text around it.</summary>
    /// <param name="Before">Text in front of the field.</param>
    /// <param name="Field">What the field is.</param>
    /// <param name="After">Text behind it, where it ends; empty for the end of the line.</param>
    /// <param name="IsQuoted">True if it stands in quotes.</param>
    /// <param name="Strftime">How to read a time in a format of its own, or null.</param>
    /// <param name="IsLiteralOnly">True for the text behind the last field.</param>
    internal readonly record struct Step(byte[] Before, LogField Field, byte[] After, bool IsQuoted, StrftimePattern? Strftime, bool IsLiteralOnly)
    {
        /// <summary>True for fields that may be a list with <c>", "</c> inside: addresses and the times of several upstreams.</summary>
        public bool MayBeList => Field is LogField.ForwardedFor or LogField.Skip or (>= LogField.DurationSeconds and <= LogField.DurationText);
    }
}
