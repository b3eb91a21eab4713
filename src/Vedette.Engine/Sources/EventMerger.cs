using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Sources;

/// <summary>Merges the events of several sources by time into new, parsed batches.</summary>
/// <remarks>
/// A source is opened when the merge reaches its first time, so only sources that overlap are open together. Events of one source keep their order, even
/// where its times go backwards; of equal times the source opened first comes first. An event without a time stays behind the one before it.
/// </remarks>
internal sealed class EventMerger(IReadOnlyList<Func<IBatchSource>> sources, IReadOnlyList<long> firstMicros, LogParser parser) : IDisposable
{
    private const int EventsPerBatch = 4096;
    private const int TextPerBatch = 1 << 20;

    private readonly PriorityQueue<Cursor, (long Micros, int Order)> _cursors = new();
    private readonly List<string> _warnings = [];
    private int _opened;

    public IReadOnlyList<string> Warnings => _warnings;

    public bool Read(EventBatch batch, CancellationToken cancellationToken)
    {
        batch.IsParsed = true;
        while (batch.EventCount < EventsPerBatch && batch.TextLength < TextPerBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            OpenDue(batch, cancellationToken);
            if (_cursors.Count == 0) break;
            Cursor cursor = _cursors.Dequeue();
            EventCopy.Add(batch, cursor.Batch, cursor.Batch.Events[cursor.Next]);
            cursor.Next++;
            Enqueue(cursor, batch, cancellationToken);
        }
        return batch.LineCount > 0 || batch.Failures.Count > 0;
    }

    public void Dispose()
    {
        while (_cursors.TryDequeue(out Cursor? cursor, out _)) cursor.Source.Dispose();
    }

    private void OpenDue(EventBatch batch, CancellationToken cancellationToken)
    {
        while (_opened < sources.Count && (!_cursors.TryPeek(out _, out var head) || head.Micros >= firstMicros[_opened]))
        {
            var cursor = new Cursor(sources[_opened](), _opened);
            _opened++;
            Enqueue(cursor, batch, cancellationToken);
        }
    }

    private void Enqueue(Cursor cursor, EventBatch output, CancellationToken cancellationToken)
    {
        while (cursor.Next == cursor.Batch.EventCount)
        {
            cursor.Next = 0;
            if (!cursor.Source.Read(cursor.Batch, cancellationToken))
            {
                _warnings.AddRange(cursor.Source.Warnings);
                cursor.Source.Dispose();
                return;
            }
            parser.Parse(cursor.Batch);
            foreach (ParseFailure failure in cursor.Batch.Failures)
                output.Failures.Add(failure with { Text = output.Append(cursor.Batch[failure.Text]) });
        }
        long micros = cursor.Batch.Events[cursor.Next].TimeMicros;
        if (micros != HttpEvent.Unknown) cursor.Micros = micros;
        _cursors.Enqueue(cursor, (cursor.Micros, cursor.Order));
    }

    private sealed class Cursor(IBatchSource source, int order)
    {
        public IBatchSource Source { get; } = source;

        public int Order { get; } = order;

        public EventBatch Batch { get; } = new();

        public int Next { get; set; }

        public long Micros { get; set; }
    }
}
