namespace Vedette.Engine.Events;

/// <summary>The unit of work: lines, the events parsed from them, and the failures, over one growing UTF-8 text.</summary>
/// <remarks>
/// Slices are positions in <see cref="Text"/>, so growing the text never invalidates them. A batch is owned by one thread at a time
/// and reused: <see cref="Clear"/> keeps the memory. Bytes need not be valid UTF-8; they are kept as they came.
/// </remarks>
public sealed class EventBatch
{
    /// <summary>Readable bytes kept behind the text, so vectorised scanners may read one block past the end.</summary>
    public const int Padding = 64;

    private byte[] _text;
    private HttpEvent[] _events;
    private LineSpan[] _lines;

    public EventBatch(int textCapacity = 1 << 20, int eventCapacity = 4096)
    {
        _text = new byte[textCapacity + Padding];
        _events = new HttpEvent[eventCapacity];
        _lines = new LineSpan[eventCapacity];
    }

    public int TextLength { get; private set; }

    public int EventCount { get; private set; }

    public int LineCount { get; private set; }

    /// <summary>The <c>#Fields</c> line in force at the lines being parsed (W3C extended logs). A reader sets the one in force at the first line.</summary>
    public Utf8Slice FieldsDirective { get; set; }

    /// <summary>True once the lines have become events and failures; parsing such a batch again does nothing.</summary>
    public bool IsParsed { get; set; }

    /// <summary>Lines that are no events, with the reason, in line order.</summary>
    public List<ParseFailure> Failures { get; } = [];

    public ReadOnlySpan<byte> Text => _text.AsSpan(0, TextLength);

    public Span<HttpEvent> Events => _events.AsSpan(0, EventCount);

    public ReadOnlySpan<LineSpan> Lines => _lines.AsSpan(0, LineCount);

    public ReadOnlySpan<byte> this[Utf8Slice slice] => _text.AsSpan(slice.Offset, slice.Length);

    /// <summary>Adds a copy of <paramref name="bytes"/> behind the text.</summary>
    public Utf8Slice Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        return Commit(bytes.Length);
    }

    /// <summary>Room for at least <paramref name="minimum"/> bytes behind the text; valid until the text next grows.</summary>
    public Span<byte> Reserve(int minimum)
    {
        if (_text.Length - Padding - TextLength < minimum)
            Array.Resize(ref _text, checked(Math.Max(_text.Length * 2, TextLength + minimum + Padding)));
        return _text.AsSpan(TextLength, _text.Length - Padding - TextLength);
    }

    /// <summary>Takes the first <paramref name="length"/> bytes written into <see cref="Reserve"/>'s span as text.</summary>
    public Utf8Slice Commit(int length)
    {
        var slice = new Utf8Slice(TextLength, length);
        TextLength += length;
        return slice;
    }

    /// <summary>Notes that <paramref name="text"/> is line number <paramref name="number"/>.</summary>
    public void AddLine(Utf8Slice text, long number, ushort source = 0)
    {
        if (LineCount == _lines.Length) Array.Resize(ref _lines, _lines.Length * 2);
        _lines[LineCount++] = new LineSpan(text, number, source);
    }

    /// <summary>Adds an event in which everything is absent; the caller fills it in. The reference is valid until the next call.</summary>
    public ref HttpEvent AddEvent()
    {
        if (EventCount == _events.Length) Array.Resize(ref _events, _events.Length * 2);
        ref HttpEvent added = ref _events[EventCount++];
        added = default;
        added.TimeMicros = added.DurationMicros = added.RequestBytes = added.ResponseBytes = HttpEvent.Unknown;
        return ref added;
    }

    /// <summary>Takes back the event added last, for a parser that finds out late that a line is none.</summary>
    public void RemoveLastEvent() => EventCount--;

    /// <summary>Drops the events outside [<paramref name="sinceMicros"/>, <paramref name="untilMicros"/>); those without a time stay.</summary>
    public void RemoveEventsOutside(long sinceMicros, long untilMicros)
    {
        int kept = 0;
        for (int i = 0; i < EventCount; i++)
        {
            long time = _events[i].TimeMicros;
            if (time != HttpEvent.Unknown && (time < sinceMicros || time >= untilMicros)) continue;
            _events[kept++] = _events[i];
        }
        EventCount = kept;
    }

    /// <summary>Empties the batch and keeps its memory, but gives back what one enormous line made it grow to.</summary>
    public void Clear(int keepTextCapacity = 8 << 20)
    {
        TextLength = EventCount = LineCount = 0;
        Failures.Clear();
        FieldsDirective = default;
        IsParsed = false;
        if (_text.Length > keepTextCapacity + Padding) _text = new byte[keepTextCapacity + Padding];
    }
}

/// <summary>Where a line stands in the batch's text, without its line end.</summary>
/// <param name="Text">The bytes of the line.</param>
/// <param name="Number">1-based number in its source.</param>
/// <param name="Source">Index of the source, as in <see cref="HttpEvent.Source"/>.</param>
public readonly record struct LineSpan(Utf8Slice Text, long Number, ushort Source);

/// <summary>A line that is no event.</summary>
/// <param name="Line">1-based number in its source.</param>
/// <param name="Source">Index of the source.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="Column">1-based byte of the line at which reading stopped; 0 for the line as a whole.</param>
/// <param name="Text">The line.</param>
public readonly record struct ParseFailure(long Line, ushort Source, ParseError Reason, int Column, Utf8Slice Text);
