using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>W3C extended logs: IIS, CloudFront and everything else that names its columns in a <c>#Fields</c> line, which may change within a file.</summary>
/// <remarks>
/// The line in force is <see cref="EventBatch.FieldsDirective"/>: readers carry it from batch to batch, so batches of one file may be parsed in parallel.
/// Columns are separated by tabs or blanks; a column may be quoted.
/// </remarks>
internal sealed class W3CFormat : ILogFormat
{
    private const int MaxCachedLayouts = 64;

    private readonly Lock _lock = new();
    private volatile (byte[] Directive, W3CLayout Layout)[] _cache = [];

    public string Name => "w3c";

    public string Description => "W3C extended: IIS, CloudFront, NetScaler and others with a #Fields line";

    public ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column)
    {
        ReadOnlySpan<byte> text = batch[line];
        bool hasTabs = text.Contains((byte)'\t');
        W3CLayout layout = Layout(batch[batch.FieldsDirective], hasTabs);
        column = 0;
        if (!layout.HasPath) return ParseError.NotHttp;
        var time = new FieldValue.TimeParts();
        int at = 0;
        foreach (LogField field in layout.Columns.Span)
        {
            if (!TryNext(text, hasTabs, ref at, out int start, out int length))
            {
                column = text.Length + 1;
                return ParseError.TruncatedLine;
            }
            ParseError error = Assign(layout, field, batch, text.Slice(start, length), line.Offset + start, ref parsed, ref time);
            if (error == ParseError.None) continue;
            column = start + 1;
            return error;
        }
        // CloudFront appends columns over the years; with blanks a surplus means that the columns have shifted.
        if (!hasTabs && TryNext(text, hasTabs, ref at, out int surplus, out _))
        {
            column = surplus + 1;
            return ParseError.UnexpectedFormat;
        }
        time.Apply(ref parsed);
        if (time.HasDate || parsed.TimeMicros != HttpEvent.Unknown) return ParseError.None;
        return time.HasTimeOfDay ? ParseError.BadTimestamp : ParseError.None;
    }

    private static ParseError Assign(W3CLayout layout, LogField field, EventBatch batch, ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed, ref FieldValue.TimeParts time)
    {
        if (field == LogField.Skip || value is [] or [(byte)'-']) return ParseError.None;
        if (field == LogField.UserAgent && value.ContainsAny((byte)'+', (byte)'%') && !value.Contains((byte)' '))
        {
            Utf8Slice decoded = layout.IsPercentEncoded ? PercentDecode(batch, value) : PlusDecode(batch, value);
            return FieldValue.Assign(field, batch[decoded], decoded.Offset, ref parsed, ref time);
        }
        if (field == LogField.Url && value[0] != (byte)'/' && value.IndexOf("://"u8) < 0) field = LogField.HostAndTarget;
        return FieldValue.Assign(field, value, offset, ref parsed, ref time);
    }

    private static bool TryNext(ReadOnlySpan<byte> text, bool hasTabs, ref int at, out int start, out int length)
    {
        byte separator = hasTabs ? (byte)'\t' : (byte)' ';
        if (!hasTabs)
            while (at < text.Length && text[at] == (byte)' ') at++;
        start = at;
        length = 0;
        if (at >= text.Length) return false;
        int end;
        if (text[at] == (byte)'"' && FindClosing(text, at + 1, separator) is var close and >= 0)
        {
            start = at + 1;
            length = close - start;
            at = close + 2;
            return true;
        }
        end = text[at..].IndexOf(separator);
        length = end < 0 ? text.Length - at : end;
        at = start + length + 1;
        return true;
    }

    /// <summary>The quote before the next separator or the end. These logs double quotes inside or leave them, but do not escape them.</summary>
    private static int FindClosing(ReadOnlySpan<byte> text, int at, byte separator)
    {
        while (true)
        {
            int found = text[at..].IndexOf((byte)'"');
            if (found < 0) return -1;
            at += found + 1;
            if (at == text.Length || text[at] == separator) return at - 1;
        }
    }

    private W3CLayout Layout(ReadOnlySpan<byte> directive, bool hasTabs)
    {
        if (directive.IsEmpty) return hasTabs ? W3CLayout.CloudFront : W3CLayout.Iis;
        foreach (var (known, layout) in _cache)
            if (directive.SequenceEqual(known)) return layout;
        lock (_lock)
        {
            var added = W3CLayout.Create(directive["#Fields:".Length..]);
            // A hostile file may change its columns at every line; the table must not grow with it.
            var kept = _cache.Length < MaxCachedLayouts ? _cache : [];
            _cache = [(directive.ToArray(), added), .. kept];
            return added;
        }
    }

    private static Utf8Slice PlusDecode(EventBatch batch, ReadOnlySpan<byte> value)
    {
        value.Replace(batch.Reserve(value.Length)[..value.Length], (byte)'+', (byte)' ');
        return batch.Commit(value.Length);
    }

    /// <summary>Decodes twice in one pass where CloudFront encoded twice: <c>%2520</c> is a blank.</summary>
    private static Utf8Slice PercentDecode(EventBatch batch, ReadOnlySpan<byte> value)
    {
        Span<byte> target = batch.Reserve(value.Length);
        int written = 0;
        for (int i = 0; i < value.Length; i++)
        {
            int skip = value[i..].StartsWith("%25"u8) && IsEncoded(value, i + 3) ? 3 : value[i] == (byte)'%' && IsEncoded(value, i + 1) ? 1 : 0;
            if (skip == 0)
            {
                target[written++] = value[i];
                continue;
            }
            target[written++] = (byte)(QuotedText.Hex(value[i + skip]) << 4 | QuotedText.Hex(value[i + skip + 1]));
            i += skip + 1;
        }
        return batch.Commit(written);
    }

    private static bool IsEncoded(ReadOnlySpan<byte> value, int at) => at + 1 < value.Length && QuotedText.Hex(value[at]) >= 0 && QuotedText.Hex(value[at + 1]) >= 0;
}
