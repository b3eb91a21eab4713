using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Pipeline;

namespace Vedette.Cli.Reports;

/// <summary>Counts what a scan's report says about the input, batch by batch.</summary>
internal sealed class ScanTally
{
    private const int MaxSamples = 5;
    private const int MaxSampleLength = 200;

    private readonly List<SkippedSample> _samples = [];
    private readonly HashSet<ParseError> _sampledReasons = [];

    public long FirstMicros { get; private set; } = long.MaxValue;

    public long LastMicros { get; private set; } = long.MinValue;

    public long Bytes { get; private set; }

    public long Lines { get; private set; }

    public IReadOnlyList<SkippedSample> Samples => _samples;

    public void Add(PreparedBatch batch)
    {
        EventBatch events = batch.Events;
        Bytes += events.TextLength;
        Lines += events.LineCount;
        foreach (ref readonly HttpEvent request in events.Events)
        {
            if (request.TimeMicros < 0) continue;
            FirstMicros = Math.Min(FirstMicros, request.TimeMicros);
            LastMicros = Math.Max(LastMicros, request.TimeMicros);
        }
        foreach (ParseFailure failure in events.Failures) Sample(events, failure);
    }

    /// <summary>One sample of each reason first, so that a rare one is not hidden behind a frequent one.</summary>
    private void Sample(EventBatch events, in ParseFailure failure)
    {
        if (failure.Reason == ParseError.Empty || (_samples.Count >= MaxSamples && _sampledReasons.Contains(failure.Reason))) return;
        bool isNew = _sampledReasons.Add(failure.Reason);
        if (_samples.Count >= MaxSamples && !isNew) return;
        ReadOnlySpan<byte> text = events[failure.Text];
        _samples.Add(new SkippedSample(failure.Line, failure.Reason.Name(), Encoding.UTF8.GetString(text.Length > MaxSampleLength ? text[..MaxSampleLength] : text)));
    }
}
