using Vedette.Engine.Learning;

namespace Vedette.Engine;

/// <summary>Models at work: what is gathered for them, which are adopted, and what they say.</summary>
public sealed partial class DetectionEngine
{
    private LearningStatus? _learning;
    private long _firstMicros;

    /// <summary>Called at ticks, on the thread that processes, with each window worth telling of; the riskiest of a minute first, bounded by <see cref="LearningOptions.MaxAnomaliesPerMinute"/>.</summary>
    public Action<WindowAnomaly>? WindowJudged { set => _windows.Judged = value; }

    /// <summary>Called at ticks, on the thread that processes, with all windows of the minute: for labelling and for measuring. The batch is reused after. Set before the first event or on the thread that processes.</summary>
    public Action<WindowBatch>? WindowsClosed
    {
        set
        {
            _windows.Closed = value;
            // In the middle of a minute it is too late to begin counting; the next tick does.
            if (_sequence == 0) _windows.Prepare(_shards);
        }
    }

    /// <summary>Windows worth telling of for which there was no room in their minute.</summary>
    public long DroppedWindowCount => _windows.Dropped;

    /// <summary>The models at work; null if there are none.</summary>
    public ModelSet? Models => _windows.Models;

    /// <summary>Where learning stands, as of the last tick. From any thread.</summary>
    public LearningStatus Learning => Volatile.Read(ref _learning) ?? new LearningStatus(LearningPhase.Warmup, 0, _options.Learning.WarmupEvents, 0, 0, 0, null);

    /// <summary>Takes new models, from any thread; they are at work from the next tick on, in place of those before.</summary>
    public void Adopt(ModelSet models) => _windows.Adopt(models);

    /// <summary>A copy of what was gathered to train on. On the thread that processes; training on the copy may go on elsewhere meanwhile.</summary>
    /// <remarks>Gathering depends on the events alone: replaying the same events with the same options gathers the same.</remarks>
    public TrainingData SnapshotTraining() =>
        _windows.Reservoir.Snapshot(_sequence, _firstMicros, _clock.Now, [.. Enumerable.Range(0, _routes.Routes.Count).Select(NameOfRoute)]);

    /// <summary>How far the traffic of the last half to whole day has moved from what the models were trained on; null while too little is known. On the thread that processes.</summary>
    public DriftReport? CompareWithTraining() => _windows.Drift();

    private void PublishLearning()
    {
        TrainingReservoir reservoir = _windows.Reservoir;
        LearningPhase phase = _windows.Models is not null ? LearningPhase.Ensemble : _sequence < _options.Learning.WarmupEvents ? LearningPhase.Warmup : LearningPhase.Training;
        Volatile.Write(ref _learning, new LearningStatus(phase, _sequence, _options.Learning.WarmupEvents, reservoir.WindowCount, reservoir.RequestCount, reservoir.SequenceCount, _windows.Models?.Version));
    }

    private void AddVotes(ulong actor, IReadOnlyList<string> models, float[] votes) => _incidents.AddVotes(actor, models, votes, TemplateOf);

    /// <summary>Method and template of a route, or of the one it was merged into.</summary>
    private string? NameOfRoute(int route) => route <= 0 ? null : _routes[_routes.FinalOf(route)].ToString();
}
