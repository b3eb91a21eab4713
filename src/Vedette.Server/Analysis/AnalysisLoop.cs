using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Incidents;
using Vedette.Engine.Learning;
using Vedette.Engine.Pipeline;
using Vedette.Server.Ingestion;
using Vedette.Server.Observability;

namespace Vedette.Server.Analysis;

/// <summary>The only user of the engine: takes submissions in order, has them judged, and hands them to be written.</summary>
internal sealed partial class AnalysisLoop(DetectionEngine engine, EventIntake intake, StoreWriter writer, ServerMetrics metrics, TimeProvider time, ILogger<AnalysisLoop> logger)
{
    private static readonly TimeSpan StateInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How often it looks around while nothing comes.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(300);

    /// <summary>Without traffic the stream's time follows the clock at this distance, as lines come when requests end.</summary>
    private static readonly TimeSpan SilenceLag = TimeSpan.FromSeconds(30);

    /// <summary>A stream further behind the clock than this is history that somebody sends, and makes its own time.</summary>
    private static readonly TimeSpan LiveWithin = TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<Action> _questions = new();
    private readonly Dictionary<string, Incident> _changed = new(StringComparer.Ordinal);
    private volatile EngineState _state = new();
    private long _stateAt;
    private long _line;
    private long _lastMicros;

    /// <summary>The engine as it was at most a moment ago.</summary>
    public EngineState State => _state;

    /// <summary>Called on the loop's thread with incidents that were raised or have grown; must not block.</summary>
    public Action<IReadOnlyCollection<Incident>>? IncidentsChanged { get; set; }

    /// <summary>Called on the loop's thread with each unusual window; must not block. Not during the replay, whose windows were told of before.</summary>
    public Action<WindowAnomaly>? WindowJudged { get; set; }

    /// <summary>Asks the engine something between two submissions, at once.</summary>
    public async Task<T> AskAsync<T>(Func<DetectionEngine, T> question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions.Enqueue(() =>
        {
            try
            {
                answer.TrySetResult(question(engine));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                answer.TrySetException(e);
            }
        });
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Has the engine see stored events, without telling anybody what it finds.</summary>
    public void Replay(PreparedBatch batch, Action<PreparedBatch> prepare, double share)
    {
        AnswerQuestions();
        DetectionEngine.ForgetLearntRoutes(batch.Events);
        prepare(batch);
        Take(batch);
        PublishState(share, force: false);
    }

    /// <summary>Incidents found in the replay; the replay is over.</summary>
    public IReadOnlyList<Incident> EndReplay()
    {
        Incident[] found = [.. _changed.Values];
        _changed.Clear();
        PublishState(1, force: true);
        return found;
    }

    /// <summary>Runs until the intake is completed and empty.</summary>
    public async Task RunAsync()
    {
        engine.IncidentChanged = incident => _changed[incident.Id] = incident;
        engine.WindowJudged = anomaly => WindowJudged?.Invoke(anomaly);
        while (await WaitForWorkAsync())
        {
            while (intake.Queue.TryRead(out Submission? submission))
            {
                Analyse(submission);
                AnswerQuestions();
            }
            AnswerQuestions();
            Publish();
        }
        PublishState(1, force: true);
        writer.Complete();
    }

    /// <summary>Begins to note what changes; the replay comes before <see cref="RunAsync"/>.</summary>
    public void BeginReplay() => engine.IncidentChanged = incident => _changed[incident.Id] = incident;

    private async ValueTask<bool> WaitForWorkAsync()
    {
        Task<bool> waiting = intake.Queue.WaitToReadAsync().AsTask();
        while (true)
        {
            await ((Task)waiting).WaitAsync(Pulse, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (waiting.IsCompleted) return await waiting;
            AdvanceInSilence();
            AnswerQuestions();
            Publish();
        }
    }

    private void AnswerQuestions()
    {
        while (_questions.TryDequeue(out Action? question)) question();
    }

    private void Analyse(Submission submission)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            Take(submission.Batch);
            engine.ReadOutcomes(submission.Batch, submission.Outcomes.Span);
            Count(submission.Events.Events, submission.Outcomes.Span);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(e, submission.Events.EventCount);
            submission.Done.SetResult(SubmitResult.Failed);
            return;
        }
        metrics.Stage(Stage.Analyse).Observe(Stopwatch.GetElapsedTime(started));
        writer.Enqueue(submission);
    }

    private void Take(PreparedBatch batch)
    {
        foreach (ref HttpEvent e in batch.Events.Events)
        {
            e.Line = ++_line;
            if (e.TimeMicros > _lastMicros) _lastMicros = e.TimeMicros;
        }
        engine.Process(batch);
    }

    private void Count(ReadOnlySpan<HttpEvent> events, ReadOnlySpan<EventOutcome> outcomes)
    {
        int anomalies = 0, errors = 0;
        foreach (ref readonly HttpEvent e in events)
            if (e.Status >= 400) errors++;
        foreach (ref readonly EventOutcome outcome in outcomes)
            if (outcome.IsAnomaly) anomalies++;
        metrics.CountAnomalies("traffic", anomalies);
        metrics.CountTrafficErrors(errors);
    }

    /// <summary>Where nothing comes any more, time goes on: silence can be an incident, and incidents end.</summary>
    private void AdvanceInSilence()
    {
        if (_lastMicros == 0) return;
        long now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        long target = now - SilenceLag.Ticks / 10;
        if (target > _lastMicros && now - _lastMicros < LiveWithin.Ticks / 10) engine.Advance(target);
    }

    private void Publish()
    {
        if (_changed.Count > 0)
        {
            IncidentsChanged?.Invoke([.. _changed.Values]);
            _changed.Clear();
        }
        PublishState(1, force: false);
    }

    private void PublishState(double replayed, bool force)
    {
        if (!force && Stopwatch.GetElapsedTime(_stateAt) < StateInterval) return;
        _stateAt = Stopwatch.GetTimestamp();
        _state = new EngineState
        {
            Events = engine.EventCount,
            LateEvents = engine.LateEventCount,
            Callers = engine.CallerCount,
            EvictedCallers = engine.EvictedCallerCount,
            DroppedIncidents = engine.DroppedIncidentCount,
            Routes = engine.Routes.Count,
            LastEvent = _lastMicros == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(_lastMicros * 10),
            Replayed = replayed,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The analysis of {Count} events failed; they were refused.")]
    private partial void LogFailed(Exception exception, int count);
}
