using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Learning;
using Vedette.Engine.Risk;

namespace Vedette.Engine.Pipeline;

/// <summary>What happens to the windows of each tick: they are gathered for training, judged by the models at work, told of, and now and then raised. Runs between ticks, alone.</summary>
internal sealed class WindowAnalysis(LearningOptions options, RiskOptions risk, ParallelOptions parallel)
{
    private const double AnomalyWeight = 0.45;
    private const double FailureWeight = 0.35;
    private const double BotWeight = 0.20;

    private readonly WindowRows _rows = new();
    private readonly WindowScores _scores = new();
    private readonly TrainingReservoir _reservoir = new(options);
    private readonly List<RequestFacts> _sampled = [];
    private readonly OddityRule _oddities = new(risk.AlertsPerDay, options.AnomalyThreshold);
    private DriftWatch _drift = new();
    private WindowScorer? _scorer;
    private ModelSet? _pending;
    private int[] _routes = [];

    /// <summary>Called with each window worth telling of, the riskiest of a minute first.</summary>
    public Action<WindowAnomaly>? Judged { get; set; }

    /// <summary>Called with all windows of each minute.</summary>
    public Action<WindowBatch>? Closed { get; set; }

    /// <summary>Windows worth telling of for which there was no room in their minute.</summary>
    public long Dropped { get; private set; }

    /// <summary>The models at work; null if there are none.</summary>
    public ModelSet? Models => _scorer?.Models;

    public TrainingReservoir Reservoir => _reservoir;

    /// <summary>Takes new models; they are at work from the next tick on. From any thread.</summary>
    public void Adopt(ModelSet models) => Volatile.Write(ref _pending, models);

    public DriftReport? Drift() => _scorer is null ? null : _drift.Compare(_scorer.Models);

    /// <summary>Tells the shards what to gather until the next tick.</summary>
    public void Prepare(IReadOnlyList<Shard> shards)
    {
        if (Interlocked.Exchange(ref _pending, null) is { } adopted)
        {
            _scorer = new WindowScorer(adopted, options);
            _routes = [];
            _drift = new DriftWatch();
        }
        foreach (Shard shard in shards)
        {
            shard.CountsWindows = options.Gather || _scorer is not null || Closed is not null;
            shard.SampleStride = options.Gather ? _reservoir.RequestStride : 0;
        }
    }

    /// <summary>Takes over what the shards gathered, judges it, and returns findings.</summary>
    /// <param name="shards">All shards, after their tick.</param>
    /// <param name="sequence">Position in the stream.</param>
    /// <param name="templates">Method and template of a route; null if there is none.</param>
    /// <param name="onVotes">Receives the votes about callers of whom something was raised.</param>
    public IReadOnlyList<Finding> Observe(IReadOnlyList<Shard> shards, long sequence, Func<int, string?> templates, Action<ulong, IReadOnlyList<string>, float[]> onVotes)
    {
        Collect(shards);
        if (options.Gather)
        {
            _reservoir.Add(_sampled);
            _reservoir.Add(_rows);
        }
        List<Finding> found = [];
        if (_scorer is not null && _rows.Count > 0)
        {
            ExtendRoutes(shards[0].RouteCount, templates);
            _scorer.Score(_rows, _routes, _scores, parallel);
            _drift.Add(_rows, _scores);
            for (int i = 0; i < _rows.Count; i++)
            {
                ref readonly WindowMeta window = ref _rows.Meta(i);
                if (window.Raised != 0) onVotes(window.Key, _scorer.Names, _scores.Votes(i));
                else if (_oddities.Judge(window, _scorer, _scores, i) is { } odd) found.Add(Raise(shards[window.Shard], window, i, odd, sequence));
            }
            Tell(shards, templates);
        }
        if (_rows.Count > 0) Closed?.Invoke(new WindowBatch(_rows, _scorer is null ? null : _scores));
        return found;
    }

    /// <summary>Forgets what was gathered: the times of the stream were wrong.</summary>
    public void Forget()
    {
        _reservoir.Clear();
        _drift = new DriftWatch();
    }

    private void Collect(IReadOnlyList<Shard> shards)
    {
        _rows.Clear();
        _sampled.Clear();
        foreach (Shard shard in shards)
        {
            _rows.Add(shard.Windows);
            _sampled.AddRange(shard.Sampled);
            shard.Windows.Clear();
            shard.Sampled.Clear();
        }
    }

    private void ExtendRoutes(int routeCount, Func<int, string?> templates)
    {
        int known = _routes.Length;
        if (known == routeCount) return;
        Array.Resize(ref _routes, routeCount);
        for (int route = known; route < routeCount; route++) _routes[route] = templates(route) is { } template ? _scorer!.Models.Parts.Vocabulary.IndexOf(template) : -1;
    }

    private Finding Raise(Shard shard, in WindowMeta window, int index, Oddity odd, long sequence)
    {
        ref CallerState caller = ref shard.Callers[window.Slot];
        caller.Raised |= IncidentType.BehaviorAnomaly.Bit();
        Driver[] drivers = WindowExplanation.DriversOf(_scorer!.Models, _rows.Row(index), _scorer.Scaled(_rows.Row(index)), _scorer.Centers);
        return new Finding
        {
            Type = IncidentType.BehaviorAnomaly,
            Detector = "ensemble",
            Sequence = sequence,
            Time = window.Time,
            Since = window.Since,
            Until = window.LastSeen,
            Via = window.Kind == CallerKind.Address ? 0 : CallerState.KeyOf(caller.Address),
            Actor = window.Key,
            ActorKind = CallerContext.KindOf(window.Kind),
            ActorName = shard.NameOf(window.Slot),
            Route = window.Route,
            PValue = Math.Clamp(odd.PValue, 1e-30, 1),
            Impact = odd.Impact,
            Events = window.Events,
            Explanation = $"Behaves unlike callers here: {odd.Windows} minutes of the last ten look to the models like nothing ordinary (the chance of the strangest is about {Phrase.Number(odd.PValue, "0.#E+0")}). "
                + $"What stands out: {WindowExplanation.InWords(drivers)}.",
            Drivers = drivers,
            Evidence = shard.EvidenceOf(window.Slot),
            Trait = FindingSink.TraitOf(caller, IncidentType.BehaviorAnomaly, window.Route),
        };
    }

    private void Tell(IReadOnlyList<Shard> shards, Func<int, string?> templates)
    {
        if (Judged is null) return;
        var worth = new List<(double Risk, int Window)>();
        for (int i = 0; i < _rows.Count; i++)
        {
            if (!WindowScorer.IsJudged(_rows.Row(i))) continue;
            double score = AnomalyWeight * _scores.Anomaly(i) + FailureWeight * _scores.FailureProbabilities[i] + BotWeight * _scores.BotProbabilities[i];
            if (_scores.Anomaly(i) >= options.AnomalyThreshold || score >= 0.5) worth.Add((score, i));
        }
        worth.Sort(static (a, b) => a.Risk != b.Risk ? b.Risk.CompareTo(a.Risk) : a.Window.CompareTo(b.Window));
        Dropped += Math.Max(0, worth.Count - options.MaxAnomaliesPerMinute);
        foreach ((double score, int window) in worth.Take(options.MaxAnomaliesPerMinute)) Judged(Describe(shards, window, score, templates));
    }

    private WindowAnomaly Describe(IReadOnlyList<Shard> shards, int index, double riskScore, Func<int, string?> templates)
    {
        ref readonly WindowMeta window = ref _rows.Meta(index);
        Driver[] drivers = WindowExplanation.DriversOf(_scorer!.Models, _rows.Row(index), _scorer.Scaled(_rows.Row(index)), _scorer.Centers);
        var votes = new Dictionary<string, double> { [ModelNames.Signatures] = Math.Round(_rows.Row(index)[WindowFeatures.SignatureScore], 4), [ModelNames.KMeans] = Math.Round(_scores.BotProbabilities[index], 4) };
        for (int model = 0; model < _scorer.Names.Count; model++)
            if (_scores.Vote(model, index) is var vote && !float.IsNaN(vote)) votes[_scorer.Names[model]] = Math.Round(vote, 4);
        string? template = templates(window.Route);
        return new WindowAnomaly
        {
            Time = DateTimeOffset.UnixEpoch.AddTicks(window.Time * 10),
            ActorKind = CallerContext.KindOf(window.Kind),
            Actor = shards[window.Shard].NameOf(window.Slot),
            Endpoint = template?[(template.IndexOf(' ', StringComparison.Ordinal) + 1)..],
            Features = _rows.Row(index).ToArray(),
            Votes = votes,
            AnomalyScore = Math.Round(_scores.Anomaly(index), 4),
            PValue = _scorer.PValue(_scores.Anomaly(index)),
            FailureProbability = Math.Round(_scores.FailureProbabilities[index], 4),
            BotProbability = Math.Round(_scores.BotProbabilities[index], 4),
            UsageClass = _scores.UsageClasses[index],
            RiskScore = Math.Round(riskScore, 4),
            Drivers = drivers,
            Explanation = drivers.Length == 0 ? "No single feature stands out." : $"What stands out: {WindowExplanation.InWords(drivers)}.",
        };
    }
}
