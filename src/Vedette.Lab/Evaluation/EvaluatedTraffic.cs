using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Incidents;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Sources;

namespace Vedette.Lab.Evaluation;

/// <summary>A labelled traffic after the engine has seen it: windows, labels, incidents, and what each model says of each window.</summary>
public sealed class EvaluatedTraffic
{
    /// <summary>Name of the engine's own verdict among the models.</summary>
    public const string Engine = "vedette";

    /// <summary>Lowest risk that counts as an alarm: MEDIUM, where somebody is told.</summary>
    public const int AlarmRisk = 40;

    private readonly List<ModelScores> _models = [];

    private EvaluatedTraffic(string name, WindowTable windows, IReadOnlyList<TruthRow> truth, IReadOnlyList<Incident> incidents, long events, (long First, long Last) span)
    {
        (Name, Windows, Truth, Incidents, Events, FirstMicros, LastMicros) = (name, windows, truth, incidents, events, span.First, span.Last);
        Labels = WindowLabels.Of(windows, truth);
    }

    /// <summary>File or API it came from.</summary>
    public string Name { get; }

    public WindowTable Windows { get; }

    public WindowLabels Labels { get; }

    public IReadOnlyList<TruthRow> Truth { get; }

    /// <summary>In the order they were raised.</summary>
    public IReadOnlyList<Incident> Incidents { get; }

    public long Events { get; }

    /// <summary>Time of the first event: microseconds since 1970.</summary>
    public long FirstMicros { get; }

    /// <summary>Time of the last event.</summary>
    public long LastMicros { get; }

    public double Days => Math.Max(1, LastMicros - FirstMicros) / 86_400e6;

    /// <summary>The models to compare, the engine's own verdict first.</summary>
    public IReadOnlyList<ModelScores> Models => _models;

    /// <summary>The engine's own verdict.</summary>
    public ModelScores EngineScores => _models[0];

    /// <summary>Adds a model's scores of the windows.</summary>
    /// <exception cref="ArgumentException">There is not one score per window.</exception>
    public void Add(ModelScores model)
    {
        if (model.Scores.Length != Windows.Count) throw new ArgumentException($"{model.Name} has {model.Scores.Length} scores for {Windows.Count} windows.", nameof(model));
        _models.Add(model);
    }

    /// <summary>Runs the engine over a traffic.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="source">Where its lines come from.</param>
    /// <param name="parser">How they are read.</param>
    /// <param name="options">How the engine is set.</param>
    /// <param name="truth">Gives the labels, once the source is at its end.</param>
    /// <param name="spool">An empty stream to write and read back, 56 bytes an event.</param>
    /// <param name="onProgress">Called with the number of events so far.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <param name="models">Trained models that vote; their votes are measured one by one.</param>
    /// <exception cref="InvalidDataException">There are no events, or the labels belong to another traffic.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static EvaluatedTraffic Run(string name, IBatchSource source, LogParser parser, EngineOptions options, Func<IReadOnlyList<TruthRow>> truth, Stream spool, Action<long> onProgress, CancellationToken cancellationToken, ModelSet? models = null)
    {
        var votes = new ModelVotes();
        var engine = new DetectionEngine(options);
        if (models is not null)
        {
            engine.Adopt(models);
            engine.WindowsClosed = votes.Add;
        }
        var ledger = new EventLedger(spool);
        var windows = new WindowTable();
        var windowOfEvent = new List<int>();
        (long First, long Last) span = (long.MaxValue, long.MinValue);
        BatchPipeline.Run(source, parser, engine, 2 * Environment.ProcessorCount, batch =>
        {
            ledger.Add(batch);
            foreach (ref readonly HttpEvent request in batch.Events.Events)
            {
                windowOfEvent.Add(windows.Add(batch.Events, request));
                if (request.TimeMicros != HttpEvent.Unknown) span = (Math.Min(span.First, request.TimeMicros), Math.Max(span.Last, request.TimeMicros));
            }
            onProgress(windowOfEvent.Count);
        }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (windows.Count == 0) throw new InvalidDataException($"{name} holds no event with an address and a time; see 'vedette parse' for how its lines are read.");
        windows.Complete();
        IReadOnlyList<TruthRow> rows = truth();
        TruthMatch.Check(name, rows, windows, span);
        var traffic = new EvaluatedTraffic(name, windows, rows, engine.Incidents, windowOfEvent.Count, span);
        traffic.Add(Judge(ledger, traffic.Incidents, windowOfEvent, windows.Count));
        foreach (ModelScores scores in votes.ScoresOf(windows)) traffic.Add(scores);
        return traffic;
    }

    /// <summary>A window is as bad as its worst event: the risk of its incident in the upper half of the scale, what is unusual alone in the lower.</summary>
    private static ModelScores Judge(EventLedger ledger, IReadOnlyList<Incident> incidents, List<int> windowOfEvent, int windows)
    {
        var risks = incidents.ToDictionary(static incident => incident.Id, static incident => incident.Risk, StringComparer.Ordinal);
        float[] scores = new float[windows];
        int next = 0;
        ledger.Judge(incidents, verdict =>
        {
            int window = windowOfEvent[next++];
            if (window < 0) return;
            double score = verdict.Incident is null ? Math.Min(verdict.Score / 2, 0.499) : ScoreOf(risks[verdict.Incident]);
            scores[window] = Math.Max(scores[window], (float)score);
        });
        return new ModelScores(Engine, scores, (float)ScoreOf(AlarmRisk));
    }

    private static double ScoreOf(int risk) => 0.5 + risk / 200.0;
}
