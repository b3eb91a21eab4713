using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Pipeline;

/// <summary>What a shard does at ticks, and what it counts for them.</summary>
internal sealed partial class Shard
{
    /// <summary>A caller seen an hour ago was there before what happens now.</summary>
    private const long KnownMicros = 3_600_000_000;

    /// <summary>Lets what a caller did not do before count for what callers do.</summary>
    private void LearnAmounts(ref CallerState caller, ref CallerRoute onRoute, (int Items, int Blind, int Invalid) before, RouteMinute minute, Route route, RouteBaseline baseline, bool speaks, bool isPrincipal)
    {
        if (speaks && onRoute.Items > before.Items) LearnItems(ref caller, ref onRoute, minute, route, baseline.ObjectsPerCaller.Cap);
        // Told when it has doubled: an addition for each doubling, and not for each request.
        if (speaks && int.IsPow2(onRoute.Requests) && (float)onRoute.RepetitionEvidence < Repetition.TellingEvidence) minute.RequestsPerCaller.Grow(onRoute.Requests / 2, onRoute.Requests, baseline.RequestsPerCaller.Cap);
        if (speaks && onRoute.Requests == InsistenceDetector.NotedRequests) minute.Insistent++;
        int blind = caller.Episode[Counter.BlindNotFound];
        if (!isPrincipal && blind > before.Blind) Tick.BlindPerCaller.Grow(before.Blind, blind);
        if (speaks && caller.InvalidShapes.Count > before.Invalid) Tick.InvalidPerCaller.Grow(before.Invalid, caller.InvalidShapes.Count);
    }

    private static void LearnItems(ref CallerState caller, ref CallerRoute onRoute, RouteMinute minute, Route route, double cap)
    {
        int items = (int)Math.Min(onRoute.Items, cap);
        // Many people take more than one does, and how many they are shows late.
        if (items > onRoute.LearntItems && People.Behind(caller) == 1)
        {
            minute.ObjectsPerCaller.Grow(onRoute.LearntItems, items);
            onRoute.LearntItems = items;
        }
        if (caller.MainRoute == route.Id) caller.MainLearnt = onRoute.LearntItems;
        if (onRoute.Manners == Manners.None && items >= DistributedCollectionDetector.MinItems && People.Behind(caller) == 1) LearnManner(ref onRoute, minute);
    }

    /// <summary>Counts how a caller takes items once it has taken several: before anything can be raised about that, so that those who are raised for it count as well.</summary>
    private static void LearnManner(ref CallerRoute onRoute, RouteMinute minute)
    {
        onRoute.Manners = ObjectDetector.MannersOf(onRoute);
        minute.Mannered++;
        if ((onRoute.Manners & Manners.Ordered) != 0) minute.Ordered++;
        if ((onRoute.Manners & Manners.Hasty) != 0) minute.Hasty++;
    }

    private static void FollowCollecting(ref CallerState caller, in CallerRoute onRoute, RouteMinute minute, Route route, in PreparedEvent prepared, CallerTracker.News news)
    {
        if (route.Id == 0 || (route.Traits & RouteTraits.Asset) != 0) return;
        if ((news & CallerTracker.News.NewRoute) != 0 && People.AreOrdinary(caller)) minute.Visitors++;
        if ((news & (CallerTracker.News.NewObject | CallerTracker.News.NewQuery)) == 0) return;
        bool hadSeveral = caller.MainItems >= DistributedCollectionDetector.MinItems;
        if (DistributedCollectionDetector.TurnsCollector(ref caller, onRoute, route, prepared.Time)) minute.Collectors++;
        if (!hadSeveral && caller.MainItems >= DistributedCollectionDetector.MinItems && People.AreOrdinary(caller)) minute.Takers++;
    }

    private static void FollowWatching(ref CallerState caller, in CallerRoute onRoute, RouteMinute minute, Route route, in PreparedEvent prepared, bool teaches)
    {
        if (route.Id == 0 || caller.Agent != UserAgentKind.Browser || (route.Traits & RouteTraits.Asset) != 0) return;
        if (teaches && onRoute.Requests == DistributedBotDetector.LastingRequests && People.Behind(caller) == 1)
        {
            minute.Lasting++;
            if (caller.Episode[Counter.Assets] == 0) minute.Bare++;
        }
        if (DistributedBotDetector.TurnsWatcher(ref caller, onRoute, route, prepared.Time)) minute.Watchers++;
    }

    /// <summary>Counts a browser once, when it has stayed long enough to show whether it fetches what pages need.</summary>
    private void CountBrowser(in CallerState caller)
    {
        if (caller.Agent != UserAgentKind.Browser || caller.Episode[Counter.Requests] - caller.Episode[Counter.Assets] != People.LastingRequests || People.Behind(caller) > 1) return;
        int bare = caller.Episode[Counter.Assets] == 0 ? 1 : 0;
        if (caller.Kind == CallerKind.Address) (Tick.LastingBrowsers, Tick.BareBrowsers) = (Tick.LastingBrowsers + 1, Tick.BareBrowsers + bare);
        else (Tick.LastingPrincipals, Tick.BarePrincipals) = (Tick.LastingPrincipals + 1, Tick.BarePrincipals + bare);
    }

    private void Convict(in CallerState caller)
    {
        if (caller.MainItems > 0) Tick.Convictions.Add(Conviction.Of(caller));
    }

    /// <summary>Something is raised about a principal that came from the address.</summary>
    public void Implicate(ulong address)
    {
        int slot = Callers.Find(address);
        if (slot >= 0) Callers[slot].IsImplicated = true;
    }

    private void CountRoute(RouteMinute minute, in CallerState caller, ref CallerRoute onRoute, in HttpEvent request, in PreparedEvent prepared, RouteBaseline baseline, CallerTracker.News news)
    {
        minute.Requests++;
        if ((news & CallerTracker.News.Return) != 0) minute.Returns++;
        if ((news & CallerTracker.News.NewRoute) != 0) minute.Comers.Add(caller.Key);
        if ((request.Flags & EventFlags.Sampled) != 0) minute.Sampled++;
        if ((prepared.Flags & PreparedFlags.Attack) != 0 && caller.Episode[Counter.Payloads] == 1) minute.PayloadCallers++;
        if (request.Status is >= 400 and < 500) minute.ClientErrors++;
        if (request.Status >= 500) minute.ServerErrors++;
        if (request.Status == 429) minute.Throttled++;
        if (caller.IsSuspect) CountSuspect(minute, request.Status);
        else if (prepared.Time - caller.FirstSeen >= KnownMicros) minute.KnownRequests++;
        CountFailure(minute, ref onRoute, request, prepared);
        if (request.ServerMicros >= 0)
        {
            minute.AddDuration(request.ServerMicros);
            CountCallersTime(minute, caller, ref onRoute, request, baseline, prepared.Time);
        }
        if ((prepared.Path.Traits & PathTraits.Asset) == 0)
        {
            minute.DataRequests++;
            if (request.ResponseBytes > 0) minute.DataKibibytes += (request.ResponseBytes + 1023) >> 10;
        }
        if (onRoute.ActiveTick != (int)_baselines.Tick)
        {
            onRoute.ActiveTick = (int)_baselines.Tick;
            minute.Callers++;
        }
    }

    private static void CountLogin(RouteMinute minute, in CallerState caller, in HttpEvent request, LoginOutcome login)
    {
        if (request.Status is >= 300 and < 400) minute.LoginRedirects++;
        else if (request.Status is >= 200 and < 300) minute.LoginOk++;
        else if (request.Status is 400 or 401 or 403 or 422) minute.LoginRefusals++;
        if (login == LoginOutcome.None) return;
        minute.LoginAttempts++;
        if (login == LoginOutcome.Failure) minute.LoginFailures++;
        // Each success ends a turn; a caller that only fails never ends one, and so never teaches that failing is normal.
        if (login == LoginOutcome.Success && !IsLoginSuspect(caller))
            minute.LoginFailureShares.Add(Math.Min(caller.FailuresBeforeSuccess, 20), Math.Min(caller.FailuresBeforeSuccess, 20) + 1);
    }

    private static void CountSuspect(RouteMinute minute, short status)
    {
        minute.SuspectRequests++;
        if (status >= 500) minute.SuspectErrors++;
        if (status == 429) minute.SuspectThrottled++;
    }

    /// <summary>Counts the callers for whom the route is slow: one whose requests are slow is no slow route.</summary>
    private void CountCallersTime(RouteMinute minute, in CallerState caller, ref CallerRoute onRoute, in HttpEvent request, RouteBaseline baseline, long time)
    {
        long charged = Math.Min(request.ServerMicros, baseline.ChargedMicros(time, request.Status));
        minute.ChargedMicros += charged;
        if (caller.IsSuspect)
        {
            minute.SuspectMicros += charged;
            return;
        }
        int tick = (int)_baselines.Tick;
        if (onRoute.TimedTick != tick) minute.TimedCallers++;
        onRoute.TimedTick = tick;
        if (onRoute.SlowTick == tick || baseline.LogLatency.Count == 0 || Math.Log2(Math.Max(1, request.ServerMicros)) < baseline.LogLatency.Level + 1) return;
        onRoute.SlowTick = tick;
        minute.SlowCallers++;
    }

    /// <summary>Counts timeouts, and requests that are asked again because they failed.</summary>
    private static void CountFailure(RouteMinute minute, ref CallerRoute onRoute, in HttpEvent request, in PreparedEvent prepared)
    {
        const uint retrySeconds = 10;
        bool isTimeout = RouteBaseline.IsTimeout(request.Status);
        if (isTimeout) minute.Timeouts++;
        if (onRoute.FailedAt == 0 && !isTimeout && request.Status < 500) return;
        uint second = (uint)(prepared.Time / 1_000_000);
        uint path = (uint)prepared.Path.Exact;
        if (onRoute.FailedAt != 0 && path == onRoute.FailedPath && second - onRoute.FailedAt <= retrySeconds) minute.Retries++;
        bool isFailure = isTimeout || request.Status >= 500;
        (onRoute.FailedPath, onRoute.FailedAt) = isFailure ? (path, second) : (0, 0);
    }

    /// <summary>Lets every eighth accepted query of callers about whom nothing is raised count for what its parameters take, and every first payload.</summary>
    private void LearnParameters(in CallerState caller, EventBatch batch, in HttpEvent request, in PreparedEvent prepared, long sequence)
    {
        const int every = 8;
        if (request.Query.IsEmpty || request.Status >= 400 || prepared.Route == 0 || caller.Raised != 0) return;
        bool isPayload = (prepared.Flags & PreparedFlags.Attack) != 0;
        if (isPayload && caller.Episode[Counter.Payloads] == 1 && prepared.PayloadParameter != 0) Tick.Parameters.ObservePayload(ParameterTable.KeyOf(prepared.Route, prepared.PayloadParameter));
        // In a day's traffic an eighth is plenty, and what a busy parameter takes is known within minutes.
        if (sequence % every == 0 && !isPayload) Tick.Parameters.ObserveQuery(prepared.Route, batch[request.Query]);
    }

    /// <summary>Counts whether the payload's value is usual for its parameter or foreign to it.</summary>
    private void JudgeParameter(ref CallerState caller, in PreparedEvent prepared)
    {
        const PayloadClasses texts = PayloadClasses.SqlInjection | PayloadClasses.Xss | PayloadClasses.TemplateInjection;
        if (prepared.PayloadParameter == 0 || prepared.Route == 0) return;
        bool isText = ((PayloadClasses)prepared.PayloadKinds & ~texts) == 0;
        switch (_baselines.Parameters.Judge(ParameterTable.KeyOf(prepared.Route, prepared.PayloadParameter), prepared.PayloadShape, isText))
        {
            case ParameterFit.Habitual: caller.PayloadsHabitual++; break;
            case ParameterFit.Foreign: caller.PayloadsForeign++; break;
            default: break;
        }
    }

    private static bool IsLoginSuspect(in CallerState caller) =>
        (caller.Raised & (IncidentType.BruteForce.Bit() | IncidentType.CredentialStuffing.Bit() | IncidentType.PasswordSpraying.Bit())) != 0;

    /// <summary>Looks at every caller active since the last tick: what it adds to the baselines, and what detectors say about its windows.</summary>
    public void EndTick(long time, long sequence)
    {
        foreach (int slot in _active)
        {
            ref CallerState caller = ref Callers[slot];
            if (caller.ActiveTick != _baselines.Tick) continue;
            caller.Recent.Advance(Math.Max(caller.LastSeen, time - SlidingCounts.BucketMicros));
            bool teaches = !caller.IsSuspect && People.AreOrdinary(caller);
            ObserveAtTick(ref caller, slot, time, sequence);
            if (teaches && caller.Raised != 0) Convict(caller);
            else if (teaches) Learn(ref caller);
            // A slot stands here twice if another caller took it over within the minute.
            if (CountsWindows && caller.Window >= 0) CloseWindow(ref caller, slot, time);
        }
        _active.Clear();
        _windows.Clear();
        _evidence.Prune(slot => slot < Callers.Count && Callers[slot].Raised != 0);
    }

    private void ObserveAtTick(ref CallerState caller, int slot, long time, long sequence)
    {
        var context = new CallerContext
        {
            Caller = ref caller,
            OnRoute = ref _noRoute,
            Request = ref NoRequest,
            Prepared = ref NoPrepared,
            Batch = null,
            Route = _baselines.Routes[0],
            Baselines = _baselines,
            Trigger = Trigger.Tick,
            Time = time,
            Sequence = sequence,
            Slot = slot,
            Name = Callers.Name(slot),
        };
        foreach (CallerDetector detector in _detectors)
            if ((detector.Triggers & Trigger.Tick) != 0) detector.Observe(ref context, Sink);
    }

    /// <summary>Requests for known routes that were refused or led nowhere: a stale link, an expired token.</summary>
    private static int MissingIn(in Counts window) => Math.Clamp(window[Counter.Refused] + window[Counter.NotFound] - window[Counter.BlindNotFound], 0, window[Counter.Requests]);

    private void Learn(ref CallerState caller)
    {
        ref readonly Counts window = ref caller.Recent.Window;
        int requests = window[Counter.Requests] - window[Counter.Assets];
        int people = People.Behind(caller);
        if (caller.Kind == CallerKind.Address)
        {
            if (requests > 0) Tick.AddressRequests.Add(Math.Min((double)requests / people, _baselines.AddressRequests.Cap));
            if (caller.PeakBurst > 0) Tick.Bursts.Add(Math.Min((double)caller.PeakBurst / people, _baselines.Bursts.Cap));
            if (caller.Agent == UserAgentKind.Browser)
            {
                Tick.BrowserRequests += window[Counter.Requests];
                Tick.BrowserAssets += window[Counter.Assets];
            }
        }
        else if (requests > 0)
        {
            Tick.PrincipalRequests.Add(Math.Min(requests, _baselines.PrincipalRequests.Cap));
            Tick.Bursts.Add(Math.Min(caller.PeakBurst, _baselines.Bursts.Cap));
            if (caller.Agent == UserAgentKind.Browser)
            {
                Tick.BrowserRequestsByPrincipal += window[Counter.Requests];
                Tick.BrowserAssetsByPrincipal += window[Counter.Assets];
            }
        }
        float kibibytes = (float)Math.Min((double)caller.Episode[Counter.ResponseKibibytes] / people, _baselines.EpisodeKibibytes.Cap);
        if (kibibytes > caller.LearntKibibytes)
        {
            Tick.EpisodeKibibytes.Grow(caller.LearntKibibytes, kibibytes);
            caller.LearntKibibytes = kibibytes;
        }
        if (window[Counter.DurationMillis] > 0) Tick.ServerMillis.Add(Math.Min((double)window[Counter.DurationMillis] / people, _baselines.ServerMillis.Cap));
        Tick.BlindNotFound.Add(window[Counter.BlindNotFound], window[Counter.Requests]);
        Tick.Invalid.Add(window[Counter.Invalid], window[Counter.Requests]);
        Tick.Missing.Add(MissingIn(window), window[Counter.Requests]);
    }
}
