using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Forecasting;
using Vedette.Engine.Incidents;
using Vedette.Engine.Normalization;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Redaction;
using Vedette.Engine.Risk;
using Vedette.Engine.Signatures;

namespace Vedette.Engine;

/// <summary>Events in, incidents out: deterministic, in event time, bounded. The same events and options give the same incidents on any number of cores.</summary>
/// <remarks>
/// A worker of <see cref="CreatePreparer"/> does stateless work on one batch and may run for several batches at once; <see cref="Process"/> takes prepared batches one after the
/// other, in stream order. Batch boundaries never matter: time advances with the events, and whole minutes of event time are ticks, at which what the
/// shards saw is merged into the baselines that all of them read during the next minute.
/// </remarks>
public sealed partial class DetectionEngine
{
    private const int ShardCount = 8;
    /// <summary>Less than this is done faster than other threads wake up, and these have batches to prepare.</summary>
    private const int MinParallelWork = 2048;
    private const long TickMicros = 60_000_000;

    private readonly EngineOptions _options;
    private readonly RouteTable _routes;
    private readonly Baselines _baselines;
    private readonly Shard[] _shards;
    private readonly ServiceLearner _learner;
    private readonly IServiceDetector[] _serviceDetectors;
    private readonly FailureForecaster _forecaster;
    private readonly IncidentBook _incidents;
    private AllowList _allow;
    private readonly WindowAnalysis _windows;
    private readonly ParallelOptions _parallel;
    private readonly RequestInspector _inspector = new();
    private readonly ClientResolver _clients;
    private readonly EventClock _clock = new();

    /// <summary>Addresses behind findings about principals since the last tick. Marked at ticks only, so that ends of batches do not matter.</summary>
    private readonly HashSet<ulong> _implicated = [];
    private int _setBack;
    private long _nextTick;
    private long _sequence;
    private PreparedBatch? _batch;

    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    public DetectionEngine(EngineOptions options)
    {
        options.Validate();
        _options = options;
        _routes = new RouteTable(options.Routes);
        _baselines = new Baselines(_routes);
        TrackingOptions tracking = options.Tracking;
        var redactor = new Redactor(options.Redaction);
        _shards = [.. Enumerable.Range(0, ShardCount).Select(index =>
            new Shard(index, _baselines, _inspector, redactor, tracking.MaxCallers / ShardCount, tracking.MaxCallerRoutes / ShardCount, tracking.MaxSeen / ShardCount))];
        _learner = new ServiceLearner(_baselines, new AlertBudget(options.Risk.AlertsPerDay, Detectors.OfCallers().Length));
        _forecaster = new FailureForecaster(FailureModel.LoadEmbedded(), options.Forecasting);
        _serviceDetectors = [.. Detectors.OfService(), _forecaster];
        _incidents = new IncidentBook(options.Incidents, options.Risk);
        _clients = new ClientResolver(options.Proxies);
        _allow = new AllowList(options.Allow);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = tracking.EffectiveWorkers };
        _windows = new WindowAnalysis(options.Learning, options.Risk, _parallel);
        _windows.Prepare(_shards);
    }

    /// <summary>Events taken in.</summary>
    public long EventCount => _sequence;

    /// <summary>Events that came later than the clock allows; they were analysed as if they happened when they came.</summary>
    public long LateEventCount => _clock.LateEvents;

    /// <summary>Callers in memory.</summary>
    public int CallerCount => _shards.Sum(static shard => shard.Callers.Count);

    /// <summary>Different client addresses seen; one that was forgotten and came back counts twice.</summary>
    public long AddressCount => _shards.Sum(static shard => shard.AddressCount);

    /// <summary>Callers forgotten for lack of room.</summary>
    public long EvictedCallerCount => _shards.Sum(static shard => shard.Callers.Evicted);

    /// <summary>Incidents that were not kept for lack of room.</summary>
    public long DroppedIncidentCount => _incidents.Dropped;

    /// <summary>Paths that became no route for lack of room.</summary>
    public long OverflowedRouteCount => _routes.Overflowed;

    /// <summary>Routes learnt or given.</summary>
    public IReadOnlyList<Route> Routes => [.. _routes.Routes.Where(route => route.Id != 0 && !_routes.IsMerged(route.Id))];

    /// <summary>What is expected of each route within the next minutes, the service as a whole first, as of the last tick. An immutable list; may be read from any thread.</summary>
    public IReadOnlyList<RouteForecast> Forecasts => _forecaster.Forecasts;

    /// <summary>All incidents so far, in the order they were raised.</summary>
    public IReadOnlyList<Incident> Incidents => _incidents.All(TemplateOf);

    /// <summary>Called with each incident when it is raised or has grown.</summary>
    public Action<Incident>? IncidentChanged { set => _incidents.Changed = value; }

    /// <summary>A worker for <see cref="PreparedBatch"/>es; each thread needs its own.</summary>
    public Action<PreparedBatch> CreatePreparer() => new EventPreparer(_inspector, _clients).Prepare;

    /// <summary>Takes the events of a prepared batch in. The batch may be reused when this returns.</summary>
    public void Process(PreparedBatch batch)
    {
        Span<HttpEvent> events = batch.Events.Events;
        Span<PreparedEvent> prepared = batch.Prepared;
        _batch = batch;
        for (int i = 0; i < events.Length; i++)
        {
            long late = _clock.LateEvents;
            prepared[i].Time = _clock.Admit(events[i].TimeMicros);
            if (_clock.LateEvents != late) prepared[i].Flags |= PreparedFlags.Late;
            if (_clock.SetBack != _setBack) BeginAnew();
            if (_firstMicros == 0) _firstMicros = _clock.Now;
            if (_clock.Now >= _nextTick) AdvanceTicks();
            prepared[i].Route = _routes.Resolve(batch.Events, events[i], prepared[i].Path);
            if (prepared[i].Route == 0 && events[i].Status is 404 or 410 && events[i].Method.IsSafe() && _routes.IsKnownOtherwise(batch.Events, events[i])) prepared[i].Flags |= PreparedFlags.Customary;
            // A slug is known as an object only once its route has been learnt.
            if (prepared[i].Path.Object == 0 && (_routes[prepared[i].Route].Traits & (RouteTraits.HasObject | RouteTraits.Asset)) == RouteTraits.HasObject) prepared[i].Path.Object = prepared[i].Path.Exact;
            Dispatch(i, events[i], prepared[i]);
        }
        RunShards();
        _batch = null;
    }

    /// <summary>What was made of each event of a batch that <see cref="Process"/> has taken in.</summary>
    /// <param name="batch">The batch, before it is reused.</param>
    /// <param name="outcomes">Receives one outcome per event, in order.</param>
    /// <exception cref="ArgumentException">There is not one place per event.</exception>
    public void ReadOutcomes(PreparedBatch batch, Span<EventOutcome> outcomes)
    {
        Span<HttpEvent> events = batch.Events.Events;
        if (outcomes.Length != events.Length) throw new ArgumentException($"{outcomes.Length} places are not one for each of {events.Length} events.", nameof(outcomes));
        for (int i = 0; i < events.Length; i++) outcomes[i] = EventOutcome.Of(events[i], batch.Prepared[i], TemplateOf(batch.Prepared[i].Route));
    }

    /// <summary>Tells a live engine that time has passed without events, so that silence is judged and incidents end. A time the stream has reached changes nothing.</summary>
    /// <param name="timeMicros">Microseconds since 1970; events before it that still come count as out of order.</param>
    public void Advance(long timeMicros)
    {
        if (!_clock.Advance(timeMicros)) return;
        if (_clock.Now >= _nextTick) AdvanceTicks();
    }

    /// <summary>Lets past traffic of which only the counts are known teach how much is usual at a time. Before the first event, in order of time; what <see cref="Process"/> takes in later comes after it.</summary>
    /// <param name="timeMicros">Begin of the first minute, microseconds since 1970.</param>
    /// <param name="minutes">Number of minutes.</param>
    /// <param name="requestsPerMinute">Their mean.</param>
    public void LearnTraffic(long timeMicros, int minutes, double requestsPerMinute)
    {
        for (int minute = 1; minute <= minutes; minute++) _baselines.Traffic.Add(timeMicros + minute * TickMicros, requestsPerMinute);
    }

    /// <summary>Changes what may change while events flow: from the next event on. Between two batches, on the thread that processes.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are, and nothing was changed.</exception>
    public bool Reconfigure(RiskOptions risk, IncidentOptions incidents, IReadOnlyList<string> allow)
    {
        (_options with { Risk = risk, Incidents = incidents, Allow = allow }).Validate();
        _allow = new AllowList(allow);
        _incidents.Reconfigure(incidents, risk);
        _learner.Reconfigure(risk.AlertsPerDay);
        return true;
    }

    /// <summary>The input is at its end: what the last, unfinished minute holds is looked at as well.</summary>
    public void Complete()
    {
        RunShards();
        if (_sequence > 0) RunTick(_clock.Now, isWhole: false);
    }

    private void Dispatch(int index, in HttpEvent request, in PreparedEvent prepared)
    {
        long sequence = _sequence++;
        if (!_allow.IsEmpty && _allow.Contains(request.Client)) return;
        if (!request.Client.IsUnknown || prepared.PrincipalKey == 0)
            ShardOf(prepared.AddressKey).Enqueue(index, sequence, isPrincipal: false);
        // Anybody gets a session for the asking: where the address is known it is the address that is judged.
        if (prepared.PrincipalKey != 0 && (prepared.PrincipalKind != CallerKind.Session || request.Client.IsUnknown))
            ShardOf(prepared.PrincipalKey).Enqueue(index, sequence, isPrincipal: true);
    }

    private Shard ShardOf(ulong key) => _shards[(int)(key >> 8) & (ShardCount - 1)];

    private void RunShards()
    {
        int work = 0;
        foreach (Shard shard in _shards) work += shard.PendingWork;
        if (work == 0) return;
        if (work >= MinParallelWork && _parallel.MaxDegreeOfParallelism > 1) Parallel.ForEach(_shards, _parallel, shard => shard.Run(_batch!));
        else foreach (Shard shard in _shards) shard.Run(_batch!);
        CollectFindings();
    }

    /// <summary>The first times of the stream were from the future: what was remembered under them would never grow old.</summary>
    private void BeginAnew()
    {
        RunShards();
        _setBack = _clock.SetBack;
        _nextTick = 0;
        _firstMicros = _clock.Now;
        foreach (Shard shard in _shards) shard.Forget();
        _windows.Forget();
    }

    private void AdvanceTicks()
    {
        RunShards();
        if (_nextTick == 0)
        {
            _nextTick = (_clock.Now / TickMicros + 1) * TickMicros;
            return;
        }
        // Silence is judged for an hour; what comes after a longer one is a new day.
        const int mostSilentTicks = 60;
        int ran = 0;
        while (_nextTick <= _clock.Now)
        {
            if (ran++ < mostSilentTicks) RunTick(_nextTick, isWhole: true);
            else _nextTick = _clock.Now / TickMicros * TickMicros;
            _nextTick += TickMicros;
        }
    }

    private void RunTick(long time, bool isWhole)
    {
        long sequence = _sequence - 1;
        int active = _shards.Sum(static shard => shard.ActiveCount);
        if (active >= MinParallelWork && _parallel.MaxDegreeOfParallelism > 1) Parallel.ForEach(_shards, _parallel, shard => shard.EndTick(time, sequence));
        else foreach (Shard shard in _shards) shard.EndTick(time, sequence);
        ServiceTick tick = _learner.Merge(_shards, time, sequence);
        CollectFindings();
        if (isWhole)
        {
            var found = new List<Finding>();
            foreach (IServiceDetector detector in _serviceDetectors) detector.Observe(tick, found);
            foreach (Finding finding in found) _incidents.Add(finding, TemplateOf);
        }
        foreach (Finding finding in _windows.Observe(_shards, sequence, NameOfRoute, AddVotes)) _incidents.Add(finding, TemplateOf);
        foreach (ulong address in _implicated) ShardOf(address).Implicate(address);
        _implicated.Clear();
        _learner.Learn(tick, _shards);
        _windows.Prepare(_shards);
        PublishLearning();
        _incidents.CloseIdle(time, TemplateOf);
    }

    /// <summary>Brings the shards' findings into stream order; of one event, the address's before its principal's.</summary>
    private void CollectFindings()
    {
        List<Finding>? all = null;
        foreach (Shard shard in _shards)
        {
            if (shard.Sink.Found.Count == 0) continue;
            (all ??= []).AddRange(shard.Sink.Found);
            shard.Sink.Found.Clear();
        }
        if (all is null) return;
        foreach (Finding finding in all)
            if (finding.Via != 0) _implicated.Add(finding.Via);
        foreach (Finding finding in all.OrderBy(static f => f.Sequence).ThenBy(static f => f.ActorKind).ThenBy(static f => f.Actor).ThenBy(static f => f.Type)) _incidents.Add(finding, TemplateOf);
    }

    /// <summary>Takes the routes off stored events that the engine names so by itself: it learns them again as it did when the events were new, and what comes next belongs to them. A name only its sender can know stays.</summary>
    /// <param name="batch">Events as a store gives them back.</param>
    public static void ForgetLearntRoutes(EventBatch batch)
    {
        foreach (ref HttpEvent e in batch.Events)
            if (!e.Route.IsEmpty && RouteTable.CouldHaveLearnt(batch[e.Route], batch[e.Path])) e.Route = default;
    }

    private string? TemplateOf(int route) => route <= 0 ? null : _routes[route].Template;
}
