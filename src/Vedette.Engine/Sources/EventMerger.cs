using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Sources;

/// <summary>Merges the events of several sources by time into new, parsed batches.</summary>
/// <remarks>
/// A source is opened when the merge reaches its first time, so only sources that overlap are open together. Events of one source keep their order, even
/// where its times go backwards; of equal times the source opened first comes first. An event without a time stays behind the one before it. Each open source
/// has its next batch read and parsed by a task while the one before is merged.
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
            OpenDue(batch);
            if (!_cursors.TryDequeue(out Cursor? cursor, out _)) break;
            (long Micros, int Order) next = _cursors.TryPeek(out _, out var head) ? head : (long.MaxValue, int.MaxValue);
            if (_opened < sources.Count && firstMicros[_opened] <= next.Micros) next = (firstMicros[_opened], -1);
            if (Take(cursor, batch, next)) _cursors.Enqueue(cursor, cursor.Place);
        }
        return batch.LineCount > 0 || batch.Failures.Count > 0;
    }

    public void Dispose()
    {
        while (_cursors.TryDequeue(out Cursor? cursor, out _)) cursor.Dispose();
    }

    private void OpenDue(EventBatch batch)
    {
        while (_opened < sources.Count && (!_cursors.TryPeek(out _, out var head) || head.Micros >= firstMicros[_opened]))
        {
            var cursor = new Cursor(sources[_opened](), _opened, parser);
            _opened++;
            if (HasEvent(cursor, batch)) _cursors.Enqueue(cursor, cursor.Place);
        }
    }

    /// <summary>Takes the cursor's events up to where another's turn comes; false if it has no more.</summary>
    private bool Take(Cursor cursor, EventBatch output, (long Micros, int Order) next)
    {
        do
        {
            EventCopy.Add(output, cursor.Batch, cursor.Batch.Events[cursor.Next++]);
            if (!HasEvent(cursor, output)) return false;
        }
        while (cursor.Place.CompareTo(next) < 0 && output.EventCount < EventsPerBatch && output.TextLength < TextPerBatch);
        return true;
    }

    /// <summary>Brings the cursor to its next event, and the failures on the way to the output; false at the source's end.</summary>
    private bool HasEvent(Cursor cursor, EventBatch output)
    {
        while (cursor.Next == cursor.Batch.EventCount)
        {
            if (!cursor.Advance())
            {
                _warnings.AddRange(cursor.Source.Warnings);
                cursor.Dispose();
                return false;
            }
            foreach (ParseFailure failure in cursor.Batch.Failures)
                output.Failures.Add(failure with { Text = output.Append(cursor.Batch[failure.Text]) });
        }
        long micros = cursor.Batch.Events[cursor.Next].TimeMicros;
        if (micros != HttpEvent.Unknown) cursor.Place = (micros, cursor.Place.Order);
        return true;
    }

    /// <summary>Where the merge stands in one source.</summary>
    private sealed class Cursor : IDisposable
    {
        private readonly LogParser _parser;
        private EventBatch _spare = new();
        private Task<bool> _reading;

        public Cursor(IBatchSource source, int order, LogParser parser)
        {
            Source = source;
            Place = (0, order);
            _parser = parser;
            _reading = ReadAhead();
        }

        public IBatchSource Source { get; }

        public EventBatch Batch { get; private set; } = new();

        /// <summary>The event whose turn is next.</summary>
        public int Next { get; set; }

        /// <summary>Its time, or that of the one before it if it has none; and the source's place among the others.</summary>
        public (long Micros, int Order) Place { get; set; }

        /// <summary>Goes on to the next batch; false if there is none.</summary>
        public bool Advance()
        {
            if (!_reading.GetAwaiter().GetResult()) return false;
            (Batch, _spare) = (_spare, Batch);
            Next = 0;
            _reading = ReadAhead();
            return true;
        }

        public void Dispose()
        {
            // Whatever it ended with: nobody wants the batch any more.
            ((IAsyncResult)_reading).AsyncWaitHandle.WaitOne();
            Source.Dispose();
        }

        private Task<bool> ReadAhead() => Task.Run(() =>
        {
            if (!Source.Read(_spare, CancellationToken.None)) return false;
            _parser.Parse(_spare);
            return true;
        });
    }
}
