using System.Runtime.InteropServices;
using System.Text;
using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;
using Vedette.Engine.Redaction;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Pipeline;

/// <summary>The memory of one part of the callers, and the work on their events in order. Used by one thread at a time.</summary>
internal sealed partial class Shard
{
    private const CallerTracker.News NewDevice = CallerTracker.News.NewAgent | CallerTracker.News.NewCounterpart;

    private static readonly PreparedEvent NoPrepared;
    private static readonly HttpEvent NoRequest = new() { DurationMicros = HttpEvent.Unknown };

    private readonly int _index;
    private readonly Baselines _baselines;
    private readonly CallerDetector[] _detectors;
    private readonly CallerRouteTable _pairs;
    private readonly SeenSet _seen;
    private readonly EvidenceBook _evidence;
    private readonly List<int> _active = [];
    private readonly List<WorkItem> _work = [];
    private CallerRoute _noRoute;

    public Shard(int index, Baselines baselines, RequestInspector inspector, Redactor redactor, int callers, int pairs, int seen)
    {
        _index = index;
        _baselines = baselines;
        _detectors = Detectors.OfCallers();
        Callers = new CallerTable(callers);
        _pairs = new CallerRouteTable(pairs);
        _seen = new SeenSet(seen);
        _evidence = new EvidenceBook(inspector, redactor);
        Sink.EvidenceOf = _evidence.Of;
        Sink.MatchOf = _evidence.MatchOf;
        Sink.FirstMatchOf = _evidence.FirstMatchOf;
    }

    public CallerTable Callers { get; }

    public FindingSink Sink { get; } = new();

    public ShardTick Tick { get; } = new();

    /// <summary>Addresses introduced so far.</summary>
    public long AddressCount { get; private set; }

    public int PendingWork => _work.Count;

    /// <summary>Callers active since the last tick.</summary>
    public int ActiveCount => _active.Count;

    public void Enqueue(int index, long sequence, bool isPrincipal) => _work.Add(new WorkItem(index, isPrincipal, sequence));

    /// <summary>Forgets every caller; what was counted for the next tick stays.</summary>
    public void Forget()
    {
        Callers.Clear();
        _pairs.Clear();
        _active.Clear();
        _windows.Clear();
    }

    /// <summary>Does the queued work in order.</summary>
    /// <param name="batch">The batch all of it stands in.</param>
    public void Run(PreparedBatch batch)
    {
        // Far enough ahead for memory to answer, near enough to be still in the cache when it is used.
        const int ahead = 6;
        ReadOnlySpan<WorkItem> work = CollectionsMarshal.AsSpan(_work);
        Span<PreparedEvent> prepared = batch.Prepared;
        for (int i = 0; i < Math.Min(2 * ahead, work.Length); i++) PrefetchPlaces(prepared[work[i].Index], work[i].IsPrincipal);
        for (int i = 0; i < Math.Min(ahead, work.Length); i++) PrefetchStates(prepared[work[i].Index], work[i].IsPrincipal);
        for (int i = 0; i < work.Length; i++)
        {
            if (i + 2 * ahead < work.Length) PrefetchPlaces(prepared[work[i + 2 * ahead].Index], work[i + 2 * ahead].IsPrincipal);
            if (i + ahead < work.Length) PrefetchStates(prepared[work[i + ahead].Index], work[i + ahead].IsPrincipal);
            Observe(batch, work[i]);
        }
        _work.Clear();
    }

    /// <summary>First step of looking ahead: what tells where an event's caller and pair are, and whether its object was seen.</summary>
    private void PrefetchPlaces(in PreparedEvent prepared, bool isPrincipal)
    {
        ulong key = isPrincipal ? prepared.PrincipalKey : prepared.AddressKey;
        ulong pair = PairOf(key, prepared.Route);
        Callers.PrefetchIndex(key);
        _pairs.PrefetchTags(pair);
        if (prepared.Path.Object != 0) _seen.Prefetch(Fingerprint.Combine(pair, prepared.Path.Object));
    }

    /// <summary>Second step: the caller and the pair themselves.</summary>
    private void PrefetchStates(in PreparedEvent prepared, bool isPrincipal)
    {
        ulong key = isPrincipal ? prepared.PrincipalKey : prepared.AddressKey;
        Callers.PrefetchState(key);
        _pairs.PrefetchEntry(PairOf(key, prepared.Route));
    }

    private static ulong PairOf(ulong caller, int route) => Fingerprint.Combine(caller, (ulong)route);

    private void Observe(PreparedBatch whole, in WorkItem item)
    {
        EventBatch batch = whole.Events;
        ref HttpEvent request = ref batch.Events[item.Index];
        ref PreparedEvent prepared = ref whole.Prepared[item.Index];
        ulong key = item.IsPrincipal ? prepared.PrincipalKey : prepared.AddressKey;
        int slot = Callers.GetOrAdd(key, out bool isNew);
        ref CallerState caller = ref Callers[slot];
        if (isNew) Introduce(ref caller, slot, batch, request, prepared, item.IsPrincipal);
        long time = prepared.Time;
        CallerTracker.Advance(ref caller, time);
        ref CallerRoute onRoute = ref _pairs.Get(PairOf(key, prepared.Route), time);
        Route route = _baselines.Routes[prepared.Route];
        RouteBaseline baseline = _baselines.Route(prepared.Route);
        RouteMinute minute = Tick.Minute(prepared.Route);
        bool isLoginAttempt = RouteBaseline.IsLoginAttempt(route, request, prepared);
        LoginOutcome login = isLoginAttempt ? baseline.Outcome(request) : LoginOutcome.None;
        bool isFirstOfTick = caller.ActiveTick != _baselines.Tick;
        if (isFirstOfTick)
        {
            caller.ActiveTick = _baselines.Tick;
            _active.Add(slot);
        }
        bool isRepeat = prepared.Path.Target == caller.PreviousTarget;
        var before = (onRoute.Items, Blind: caller.Episode[Counter.BlindNotFound], Invalid: caller.InvalidShapes.Count);
        var news = CallerTracker.Track(ref caller, ref onRoute, request, prepared, login, item.IsPrincipal ? prepared.AddressKey : prepared.PrincipalKey, _seen, baseline);
        if ((news & CallerTracker.News.LoginFailure) != 0) Callers.MarkFailedLogin(slot);
        if ((prepared.Path.Traits & PathTraits.Asset) == 0) caller.ExpectedReturns += baseline.ReturnShare;
        if (CountsWindows) CountWindow(ref caller, isFirstOfTick, request, prepared, baseline, isRepeat);
        if (SampleStride > 0) Sample(caller, batch, request, prepared, item);
        // What is asked for is asked for by the principal if there is one: a gateway's address asks for everybody's.
        bool speaks = item.IsPrincipal || prepared.PrincipalKey == 0 || prepared.PrincipalKind == CallerKind.Session;
        if (speaks) FollowCollecting(ref caller, onRoute, minute, route, prepared, news);
        bool teaches = !caller.IsSuspect && People.AreOrdinary(caller);
        if (teaches) LearnAmounts(ref caller, ref onRoute, before, minute, route, baseline, speaks, item.IsPrincipal);
        if (teaches && (prepared.Path.Traits & PathTraits.Asset) == 0) CountBrowser(caller);
        if (!item.IsPrincipal)
        {
            if (isNew) minute.NewCallers++;
            CountRoute(minute, caller, ref onRoute, request, prepared, baseline, news);
            if (onRoute.Requests >= DistributedBotDetector.LastingRequests && request.Method.IsSafe()) FollowWatching(ref caller, onRoute, minute, route, prepared, teaches);
            if (isLoginAttempt) CountLogin(minute, caller, request, login);
            LearnParameters(caller, batch, request, prepared, item.Sequence);
        }
        Detect(ref caller, slot, ref onRoute, batch, request, prepared, route, news, item.Sequence);
        if (teaches && caller.Raised != 0) Convict(caller);
        // Only now: a detector of transitions needs to know where the caller came from.
        if ((news & CallerTracker.News.Transition) != 0)
        {
            int from = caller.PreviousRoute;
            // One caller who goes back and forth all day shows how one caller goes.
            if (from != 0 && from != prepared.Route && onRoute.Enter(from) && caller.Raised == 0) Tick.CountTransition(from, prepared.Route);
            caller.PreviousRoute = prepared.Route;
        }
    }

    private void Introduce(ref CallerState caller, int slot, EventBatch batch, in HttpEvent request, in PreparedEvent prepared, bool isPrincipal)
    {
        _evidence.Forget(slot);
        caller.ActiveTick = -1;
        caller.Kind = isPrincipal ? prepared.PrincipalKind : CallerKind.Address;
        caller.Address = request.Client;
        if (!isPrincipal)
        {
            AddressCount++;
            if (!request.ClientName.IsEmpty) Callers.SetName(slot, Encoding.UTF8.GetString(Bounded(batch[request.ClientName])));
            return;
        }
        caller.IsServiceAccount = caller.Kind == CallerKind.User && ServiceAccounts.IsOne(batch[request.User]);
        Callers.SetName(slot, caller.Kind switch
        {
            CallerKind.User => Encoding.UTF8.GetString(Bounded(batch[request.User])),
            // Sessions and keys let their holder in: a fingerprint names them as well.
            CallerKind.Session => $"session-{prepared.PrincipalKey & 0xFFFF_FFFF:x8}",
            _ => $"key-{prepared.PrincipalKey & 0xFFFF_FFFF:x8}",
        });
    }

    private void Detect(ref CallerState caller, int slot, ref CallerRoute onRoute, EventBatch batch, in HttpEvent request, in PreparedEvent prepared, Route route, CallerTracker.News news, long sequence)
    {
        Trigger trigger = TriggersOf(caller, onRoute, request, prepared, route, news);
        if (IsTelling(caller, trigger)) _evidence.Keep(slot, batch, request, sequence, trigger, (PayloadClasses)prepared.PayloadKinds);
        if (trigger == Trigger.None) return;
        if ((trigger & Trigger.Payload) != 0) JudgeParameter(ref caller, prepared);
        if ((trigger & Trigger.Payload) != 0) _evidence.KeepMatch(slot, batch, request, (PayloadClasses)prepared.PayloadKinds, prepared.PayloadScore);
        var context = new CallerContext
        {
            Caller = ref caller,
            OnRoute = ref onRoute,
            Request = ref request,
            Prepared = ref prepared,
            Batch = batch,
            Route = route,
            Baselines = _baselines,
            Trigger = trigger,
            Time = prepared.Time,
            Sequence = sequence,
            Slot = slot,
            Name = Callers.Name(slot),
        };
        int before = Sink.Found.Count;
        foreach (CallerDetector detector in _detectors)
            if ((detector.Triggers & trigger) != 0) detector.Observe(ref context, Sink);
        if (Sink.Found.Count > before) _evidence.Keep(slot, batch, request, sequence, trigger, (PayloadClasses)prepared.PayloadKinds);
    }

    private static Trigger TriggersOf(in CallerState caller, in CallerRoute onRoute, in HttpEvent request, in PreparedEvent prepared, Route route, CallerTracker.News news)
    {
        Trigger trigger = Trigger.None;
        if ((prepared.Flags & PreparedFlags.Attack) != 0) trigger |= Trigger.Payload;
        if ((prepared.Flags & PreparedFlags.Probe) != 0) trigger |= Trigger.Probe;
        if ((news & CallerTracker.News.LoginFailure) != 0) trigger |= Trigger.LoginFailure;
        if ((news & CallerTracker.News.LoginSuccess) != 0) trigger |= Trigger.LoginSuccess;
        if ((news & NewDevice) == NewDevice && caller.Kind == CallerKind.User) trigger |= Trigger.NewDevice;
        if ((news & CallerTracker.News.BlindNotFound) != 0) trigger |= Trigger.BlindNotFound;
        // Nearly every request of an ordinary caller is a new object or query: few enough of them need no second look.
        if ((news & (CallerTracker.News.NewObject | CallerTracker.News.NewQuery)) != 0 && onRoute.Objects + onRoute.Queries.Count >= ObjectDetector.MinObjects) trigger |= Trigger.NewItem;
        if ((news & CallerTracker.News.Transition) != 0 && caller.PreviousRoute != prepared.Route) trigger |= Trigger.Transition;
        if (onRoute.Requests >= InsistenceDetector.MinRequests && onRoute.Requests % InsistenceDetector.Stride == 0) trigger |= Trigger.Insistence;
        if (onRoute.Requests % Repetition.Stride == 0 && !request.Method.IsSafe() && Repetition.HardlyReads(caller)) trigger |= Trigger.RepeatedChange;
        if (prepared.Agent == UserAgentKind.AttackTool) trigger |= Trigger.AttackTool;
        if ((route.Traits & RouteTraits.Sensitive) != 0 && !request.Method.IsSafe() && request.Status is (>= 200 and < 300) or 302 or 303) trigger |= Trigger.SensitiveWrite;
        return trigger;
    }

    /// <summary>A payload or a probe always; a failure or a dead link from the third on, since one or two happen to everybody.</summary>
    private static bool IsTelling(in CallerState caller, Trigger trigger)
    {
        if ((trigger & (Trigger.Payload | Trigger.Probe)) != 0) return true;
        if ((trigger & Trigger.LoginFailure) != 0) return caller.Episode[Counter.LoginFailures] > 2;
        if ((trigger & Trigger.SensitiveWrite) != 0 && caller.SuspiciousEntry != 0) return true;
        if ((trigger & Trigger.BlindNotFound) != 0) return caller.Episode[Counter.BlindNotFound] > 2;
        // Much of anything: one line in a hundred shows what it is.
        return caller.Episode[Counter.Requests] is > 200 and var requests && requests % 100 == 99;
    }

    private static ReadOnlySpan<byte> Bounded(ReadOnlySpan<byte> text) => text.Length > 200 ? text[..200] : text;
}
