using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Turns the lines of batches into events and failures.</summary>
/// <remarks>
/// Each source has a list of formats, decided once before the first line: the first reads nearly every line, the others get those it cannot
/// read. Parsing is thread-safe on different batches, allocates nothing per line, and a batch's result depends on that batch alone.
/// </remarks>
public sealed class LogParser
{
    private readonly byte[][] _order;
    private readonly Lock _countsLock = new();
    private readonly long[] _events;
    private readonly long[] _failures = new long[Enum.GetValues<ParseError>().Length];
    private long _comments;

    /// <summary>A parser that reads every source with the same formats.</summary>
    /// <param name="formats">The main format first; at least one, at most 255.</param>
    public LogParser(params IReadOnlyList<ILogFormat> formats) : this([formats], [])
    {
    }

    /// <summary>A parser with formats by source.</summary>
    /// <param name="bySource">For each source its formats, main format first. Sources beyond the list are read like the last one.</param>
    /// <param name="fallbacks">Formats to try on every source after its own.</param>
    public LogParser(IReadOnlyList<IReadOnlyList<ILogFormat>> bySource, IReadOnlyList<ILogFormat> fallbacks)
    {
        var all = new List<ILogFormat>();
        _order = [.. bySource.Select(formats => formats.Concat(fallbacks).Distinct().Select(format => IndexIn(all, format)).ToArray())];
        if (_order.Length == 0 || _order.Any(order => order.Length == 0)) throw new ArgumentException("Every source needs at least one log format.", nameof(bySource));
        Formats = all;
        _events = new long[all.Count];
    }

    /// <summary>All formats in use; <see cref="HttpEvent.Format"/> is an index into this list.</summary>
    public IReadOnlyList<ILogFormat> Formats { get; }

    /// <summary>What was parsed so far, over all batches.</summary>
    public ParseCounts Counts
    {
        get
        {
            lock (_countsLock)
            {
                var formats = new Dictionary<string, long>();
                for (int i = 0; i < _events.Length; i++)
                    if (_events[i] > 0) formats[Formats[i].Name] = formats.GetValueOrDefault(Formats[i].Name) + _events[i];
                var failures = new Dictionary<ParseError, long>();
                for (int i = 0; i < _failures.Length; i++)
                    if (_failures[i] > 0) failures[(ParseError)i] = _failures[i];
                return new ParseCounts(_events.Sum(), _failures.Sum(), _comments, formats, failures);
            }
        }
    }

    /// <summary>Fills the batch's events and failures from its lines, in line order. Does nothing to a batch that is parsed already.</summary>
    public void Parse(EventBatch batch)
    {
        if (batch.IsParsed) return;
        batch.IsParsed = true;
        Span<long> events = stackalloc long[256];
        events.Clear();
        int known = batch.Failures.Count;
        long comments = 0;
        for (int i = 0; i < batch.LineCount; i++)
        {
            LineSpan line = batch.Lines[i];
            ReadOnlySpan<byte> text = batch[line.Text];
            if (text.IsEmpty || text[0] <= (byte)' ' && text.Trim(" \t"u8).IsEmpty)
            {
                batch.Failures.Add(new ParseFailure(line.Number, line.Source, ParseError.Empty, 0, line.Text));
            }
            else if (W3CDirective.IsComment(text))
            {
                if (W3CDirective.IsFields(text)) batch.FieldsDirective = line.Text;
                comments++;
            }
            else
            {
                ParseLine(batch, line, events);
            }
        }
        if (known > 0) SortFailures(batch.Failures);
        Count(batch, events, comments);
    }

    private void ParseLine(EventBatch batch, LineSpan line, Span<long> events)
    {
        byte[] order = _order[Math.Min(line.Source, _order.Length - 1)];
        ParseError reason = ParseError.None;
        int furthest = -1;
        foreach (byte index in order)
        {
            ref HttpEvent parsed = ref batch.AddEvent();
            ParseError error = Formats[index].Parse(batch, line.Text, ref parsed, out int column);
            if (error == ParseError.None)
            {
                parsed.Line = line.Number;
                parsed.Source = line.Source;
                parsed.Raw = line.Text;
                parsed.Format = index;
                events[index]++;
                return;
            }
            batch.RemoveLastEvent();
            // The format that understood most of the line explains best what is wrong with it.
            if (column <= furthest) continue;
            furthest = column;
            reason = error;
        }
        batch.Failures.Add(new ParseFailure(line.Number, line.Source, reason, furthest, line.Text));
    }

    private static byte IndexIn(List<ILogFormat> all, ILogFormat format)
    {
        int index = all.IndexOf(format);
        if (index >= 0) return (byte)index;
        if (all.Count == byte.MaxValue) throw new ArgumentException($"More than {byte.MaxValue} log formats.");
        all.Add(format);
        return (byte)(all.Count - 1);
    }

    /// <summary>Puts the failures found by the reader (lines too long) between those found here; insertion keeps equals in order.</summary>
    private static void SortFailures(List<ParseFailure> failures)
    {
        var sorted = failures.OrderBy(failure => failure.Line).ToList();
        failures.Clear();
        failures.AddRange(sorted);
    }

    private void Count(EventBatch batch, ReadOnlySpan<long> events, long comments)
    {
        lock (_countsLock)
        {
            for (int i = 0; i < _events.Length; i++) _events[i] += events[i];
            foreach (var failure in batch.Failures) _failures[(int)failure.Reason]++;
            _comments += comments;
        }
    }
}

/// <summary>The books of a parser: every line is an event, a failure or a comment.</summary>
/// <param name="Events">Lines that became events.</param>
/// <param name="Failures">Lines that did not, blank ones included.</param>
/// <param name="Comments">Lines starting with <c>#</c>.</param>
/// <param name="EventsByFormat">Events by name of the format that read them.</param>
/// <param name="FailuresByReason">Failures by reason.</param>
public sealed record ParseCounts(
    long Events,
    long Failures,
    long Comments,
    IReadOnlyDictionary<string, long> EventsByFormat,
    IReadOnlyDictionary<ParseError, long> FailuresByReason);
