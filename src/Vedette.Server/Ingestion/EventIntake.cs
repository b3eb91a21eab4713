using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Pipeline;
using Vedette.Server.Observability;
using Vedette.Server.Settings;

namespace Vedette.Server.Ingestion;

/// <summary>The one way in for live events, whatever door they came through: bounded, and answered only when they are analysed and durable. Thread-safe.</summary>
/// <remarks>
/// A door rents a <see cref="Submission"/>, fills its batch and submits it. Stateless work is done on the caller's thread; one loop analyses submissions in the
/// order they were taken, another commits them in groups. What waits is bounded by events and by bytes.
/// </remarks>
public sealed class EventIntake
{
    /// <summary>Clocks may differ, but not by more than a day.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    private const int MaxPooledSmall = 512;
    private const int MaxPooledLarge = 16;

    /// <summary>A small submission that has grown beyond this is not kept.</summary>
    private const int MaxPooledEvents = 256;

    private readonly ServerOptions _options;
    private readonly DetectionEngine _engine;
    private readonly TimeProvider _time;
    private readonly ServerMetrics _metrics;
    private readonly ConcurrentBag<Action<PreparedBatch>> _preparers = [];
    private readonly ConcurrentQueue<Submission> _small = new();
    private readonly ConcurrentQueue<Submission> _large = new();
    private readonly Channel<Submission> _queue = Channel.CreateUnbounded<Submission>(new UnboundedChannelOptions { SingleReader = true });
    private long _queuedEvents;
    private long _queuedBytes;

    internal EventIntake(ServerOptions options, DetectionEngine engine, StoreHealth health, ServerMetrics metrics, TimeProvider time)
    {
        _options = options;
        _engine = engine;
        _time = time;
        _metrics = metrics;
        Health = health;
    }

    public SourceTable Sources { get; } = new();

    public IngestionBooks Books { get; } = new();

    public StoreHealth Health { get; }

    /// <summary>Hides credentials before anybody sees them.</summary>
    internal CallerPseudonyms Pseudonyms { get; } = new();

    /// <summary>What analysis takes in, in this order.</summary>
    internal ChannelReader<Submission> Queue => _queue.Reader;

    /// <summary>A submission to be filled. Hand it to <see cref="SubmitAsync"/> or <see cref="Return"/>, once.</summary>
    /// <param name="expectedBytes">About how much text it will hold; null if nobody knows.</param>
    public Submission Rent(long? expectedBytes)
    {
        // Who does not say sends little, as a rule; a small one grows if need be.
        bool isSmall = expectedBytes is null or <= Submission.SmallTextBytes;
        return (isSmall ? _small : _large).TryDequeue(out Submission? pooled) ? pooled : new Submission(isSmall);
    }

    /// <summary>Takes back a submission that was not submitted.</summary>
    public void Return(Submission submission)
    {
        Release(submission);
        if (submission.IsSmall && submission.Events.EventCount > MaxPooledEvents) return;
        submission.Reset();
        ConcurrentQueue<Submission> pool = submission.IsSmall ? _small : _large;
        if (pool.Count < (submission.IsSmall ? MaxPooledSmall : MaxPooledLarge)) pool.Enqueue(submission);
    }

    /// <summary>Asks for room for so many more bytes, before they are read; false if too much waits already.</summary>
    public bool TryReserveBytes(Submission submission, int bytes)
    {
        if (Interlocked.Add(ref _queuedBytes, bytes) > _options.QueueBytes)
        {
            Interlocked.Add(ref _queuedBytes, -bytes);
            return false;
        }
        submission.ReservedBytes += bytes;
        return true;
    }

    /// <summary>Takes the events in. Completes when they are analysed and committed, or refused; the submission is not the caller's any more.</summary>
    /// <remarks>Events without a time get the time of arrival. The batch's failures count as rejected.</remarks>
    public async ValueTask<SubmitResult> SubmitAsync(Submission submission)
    {
        Check(submission);
        int count = submission.Events.EventCount;
        CountArrival(submission);
        SubmitResult result = TryEnqueue(submission, count) is { } refused ? refused : await submission.Done.Task;
        SourceState source = Sources.All[submission.Source];
        if (result == SubmitResult.Stored) Books.CountAnalysed(count);
        else Refuse(source, count, result);
        Return(submission);
        return result;
    }

    /// <summary>Gives events without a time the time of arrival, and turns those from the future into failures. Submitting does it as well; call it to read the failures before.</summary>
    public void Check(Submission submission)
    {
        if (submission.IsChecked) return;
        submission.IsChecked = true;
        DateTimeOffset now = _time.GetUtcNow();
        long arrival = Micros(now), limit = Micros(now + MaxAhead), latest = 0;
        int ahead = 0;
        EventBatch events = submission.Events;
        foreach (ref HttpEvent e in events.Events)
        {
            if (e.TimeMicros == HttpEvent.Unknown) e.TimeMicros = arrival;
            e.Source = submission.Source;
            if (e.TimeMicros >= limit)
            {
                ahead++;
                events.Failures.Add(new ParseFailure(e.Line, e.Source, ParseError.BadTimestamp, 0, e.Raw));
            }
            else if (e.TimeMicros > latest)
            {
                latest = e.TimeMicros;
            }
        }
        if (ahead > 0) events.RemoveEventsOutside(long.MinValue, limit);
        Sources.All[submission.Source].See(latest);
    }

    /// <summary>No more submissions: what waits is worked off.</summary>
    internal void Complete() => _queue.Writer.TryComplete();

    private SubmitResult? TryEnqueue(Submission submission, int count)
    {
        if (count == 0) return SubmitResult.Stored;
        if (!Health.IsUp) return SubmitResult.StoreUnavailable;
        if (!TryReserveEvents(submission, count)) return SubmitResult.QueueFull;
        Prepare(submission);
        submission.SubmittedAt = Stopwatch.GetTimestamp();
        return _queue.Writer.TryWrite(submission) ? null : SubmitResult.StoreUnavailable;
    }

    private void Prepare(Submission submission)
    {
        long started = Stopwatch.GetTimestamp();
        Pseudonyms.Apply(submission.Events);
        if (!_preparers.TryTake(out Action<PreparedBatch>? prepare)) prepare = _engine.CreatePreparer();
        prepare(submission.Batch);
        _preparers.Add(prepare);
        _metrics.Stage(Stage.Prepare).Observe(Stopwatch.GetElapsedTime(started));
    }

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;

    private void CountArrival(Submission submission)
    {
        SourceState source = Sources.All[submission.Source];
        int failures = submission.Events.Failures.Count;
        source.CountReceived(submission.Events.EventCount + failures);
        Books.CountReceived(submission.Events.EventCount + failures);
        if (failures == 0) return;
        foreach (ParseFailure failure in submission.Events.Failures)
        {
            Books.CountRejected(failure.Reason.Name(), 1);
            _metrics.CountParseFailure(source.Name, failure.Reason);
        }
        source.CountRejected(failures, submission.Events.Failures[0].Reason.Explain());
    }

    private void Refuse(SourceState source, int count, SubmitResult result)
    {
        string reason = result switch
        {
            SubmitResult.QueueFull => "queue_full",
            SubmitResult.StoreUnavailable => "store_unavailable",
            _ => "analysis_failed",
        };
        Books.CountRejected(reason, count);
        source.CountRejected(count, reason);
    }

    private bool TryReserveEvents(Submission submission, int count)
    {
        if (Interlocked.Add(ref _queuedEvents, count) > _options.QueueEvents)
        {
            Interlocked.Add(ref _queuedEvents, -count);
            return false;
        }
        submission.ReservedEvents = count;
        return true;
    }

    private void Release(Submission submission)
    {
        Interlocked.Add(ref _queuedEvents, -submission.ReservedEvents);
        Interlocked.Add(ref _queuedBytes, -submission.ReservedBytes);
    }
}
