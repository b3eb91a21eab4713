using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Behavior;

/// <summary>Brings one event into a caller's memory, and tells what was new about it.</summary>
internal static class CallerTracker
{
    private const int MostSteps = 10;
    private const long BurstMicros = 10_000_000;

    /// <summary>Gaps that vary by less than this share of their mean are a clock's: half of what those of a Poisson process do.</summary>
    private const float MostPollVariation = 0.5f;

    /// <summary>What was new, for the detectors' triggers.</summary>
    [Flags]
    public enum News
    {
        None = 0,
        BlindNotFound = 1,
        NewObject = 2,
        NewQuery = 4,
        LoginFailure = 8,
        LoginSuccess = 16,
        Transition = 32,
        NewRoute = 64,
        NewAgent = 128,
        NewCounterpart = 256,
        Return = 512,
        InvalidShape = 1024,
    }

    /// <summary>Starts a new episode if the caller rested, and moves its windows to the event's time.</summary>
    public static void Advance(ref CallerState caller, long time)
    {
        if (caller.Total == 0)
        {
            caller.FirstSeen = caller.EpisodeStart = caller.LastSeen = time;
        }
        else if (time - caller.LastSeen > CallerState.EpisodeGapMicros)
        {
            NoteHabit(ref caller);
            caller.EpisodeStart = time;
            caller.Episode = default;
            caller.HeaviestRoute = caller.HeaviestRequests = 0;
            caller.HeaviestKibibytes = 0;
            caller.Counterpart = 0;
            caller.PreviousRoute = 0;
            caller.SequenceEvidence = 0;
            caller.Transitions = 0;
            caller.UsualChanges = caller.RepeatedKinds = 0;
            caller.RepetitionEvidence = 0;
            caller.Returns = 0;
            caller.ExpectedReturns = 0;
            caller.Raised = 0;
            caller.Payloads = default;
            caller.PayloadScore = 0;
            caller.PayloadsAccepted = 0;
            caller.PayloadsRefused = 0;
            caller.PayloadsHabitual = 0;
            caller.PayloadsForeign = 0;
            caller.InvalidShapes = default;
            caller.IsImplicated = false;
            caller.CollectorSince = 0;
            caller.WatcherSince = caller.WatchedRoute = 0;
            caller.LearntKibibytes = 0;
            caller.MainRoute = caller.MainItems = caller.MainLearnt = 0;
            caller.FailuresInARow = 0;
            caller.FailuresBeforeSuccess = 0;
            caller.FirstLoginFailure = 0;
            caller.PeakBurst = 0;
            caller.ChangedAgents = 0;
            caller.SuspiciousEntry = 0;
            caller.SensitiveWrites = 0;
            caller.ChangeSurprise = 0;
            caller.Tokens = default;
        }
        caller.Recent.Advance(time);
    }

    private static void NoteHabit(ref CallerState caller)
    {
        const double hourMicros = 3600e6;
        if (caller.IsSuspect) return;
        double hours = Math.Max(1, (caller.LastSeen - caller.EpisodeStart) / hourMicros);
        caller.HabitKibibytes = (float)Math.Max(caller.HabitKibibytes, caller.Episode[Counter.ResponseKibibytes] / hours);
    }

    /// <param name="caller">The caller.</param>
    /// <param name="onRoute">What it did on the event's route.</param>
    /// <param name="request">The event.</param>
    /// <param name="prepared">What was worked out of it.</param>
    /// <param name="login">How it ended, if it was an attempt to log in.</param>
    /// <param name="counterpart">The principal of an address, or the address of a principal; 0 for none.</param>
    /// <param name="seen">What came before.</param>
    /// <param name="baseline">What is normal on its route.</param>
    public static News Track(ref CallerState caller, ref CallerRoute onRoute, in HttpEvent request, in PreparedEvent prepared, LoginOutcome login, ulong counterpart, SeenSet seen, RouteBaseline baseline)
    {
        News news = News.None;
        long time = prepared.Time;
        if (caller.Total > 0) caller.Gaps.Add(time - caller.LastSeen);
        if (onRoute.Requests > 0) onRoute.Gaps.Add(time - onRoute.LastTime);
        onRoute.LastTime = time;
        caller.Total++;
        caller.IsSampled |= (request.Flags & EventFlags.Sampled) != 0;
        if (time > caller.LastSeen) caller.LastSeen = time;
        Count(ref caller, Counter.Requests);
        if ((prepared.Path.Traits & PathTraits.Asset) == 0) CountBurst(ref caller, time);
        if (caller.Kind != CallerKind.Address) caller.Address = request.Client;
        else if (request.Client != caller.Address) caller.HasManyAddresses = true;
        news |= CountStatus(ref caller, ref onRoute, request, prepared, seen);
        news |= CountIdentity(ref caller, prepared, counterpart, seen);
        news |= CountLogin(ref caller, ref onRoute, prepared, login, IsNewUser(caller, prepared, news, seen));
        CountPayload(ref caller, request, prepared, login);
        news |= CountTarget(ref caller, ref onRoute, request, prepared, seen, baseline);
        caller.PreviousTarget = prepared.Path.Target;
        return news;
    }

    private static News CountStatus(ref CallerState caller, ref CallerRoute onRoute, in HttpEvent request, in PreparedEvent prepared, SeenSet seen)
    {
        News news = News.None;
        onRoute.Requests++;
        // 408: a browser that opened a connection and never used it. CONNECT asks a proxy for another host.
        bool isForNobody = ((request.Flags & EventFlags.MalformedRequest) != 0 && request.Status != 408) || request.Method == RequestMethod.Connect;
        if (isForNobody && seen.Add(Fingerprint.Combine(caller.Key, prepared.Path.Exact)))
        {
            Count(ref caller, Counter.BlindNotFound);
            news = News.BlindNotFound;
        }
        switch (request.Status)
        {
            case >= 200 and < 300:
            case 302 or 303 when !request.Method.IsSafe():
                onRoute.Granted++;
                break;
            case 401 or 403:
                Count(ref caller, Counter.ClientErrors);
                Count(ref caller, Counter.Refused);
                onRoute.Refused++;
                if (request.Status == 401) onRoute.Unauthorized++;
                // What is refused and belongs to no route may not exist either; many objects in one place are one guess.
                if (prepared.Route == 0 && seen.Add(Fingerprint.Combine(caller.Key, prepared.Path.Shape)))
                {
                    Count(ref caller, Counter.BlindNotFound);
                    news |= News.BlindNotFound;
                }
                break;
            case 404 or 410:
                Count(ref caller, Counter.ClientErrors);
                Count(ref caller, Counter.NotFound);
                onRoute.NotFound++;
                bool customary = (prepared.Flags & PreparedFlags.Customary) != 0 || (prepared.Path.Traits & PathTraits.Asset) != 0;
                if (!customary && prepared.Route == 0 && seen.Add(Fingerprint.Combine(caller.Key, prepared.Path.Exact)))
                {
                    Count(ref caller, Counter.BlindNotFound);
                    news |= News.BlindNotFound;
                }
                break;
            case >= 400 and < 500:
                Count(ref caller, Counter.ClientErrors);
                if (request.Status == 429) Count(ref caller, Counter.Throttled);
                if (request.Status is 400 or 422)
                {
                    Count(ref caller, Counter.Invalid);
                    onRoute.Invalid++;
                    if (caller.InvalidShapes.Add(Fingerprint.Combine((ulong)prepared.Route + 1, prepared.RequestShape))) news |= News.InvalidShape;
                }
                break;
            case >= 500:
                Count(ref caller, Counter.ServerErrors);
                onRoute.ServerErrors++;
                break;
        }
        return news;
    }

    private static News CountIdentity(ref CallerState caller, in PreparedEvent prepared, ulong counterpart, SeenSet seen)
    {
        News news = News.None;
        if (counterpart != 0 && prepared.PrincipalKind != CallerKind.Session) Count(ref caller, Counter.Authenticated);
        bool isOtherCounterpart = false;
        if (counterpart != 0)
        {
            ulong pair = Fingerprint.Combine(caller.Key ^ 0xC0, counterpart);
            if (seen.Add(pair)) news |= News.NewCounterpart;
            // Nearly always the one of the request before, which spares the search.
            isOtherCounterpart = counterpart != caller.Counterpart && IsNewInEpisode(caller, pair, (news & News.NewCounterpart) != 0, seen);
            caller.Counterpart = counterpart;
            if (isOtherCounterpart) Count(ref caller, Counter.NewCounterparts);
        }
        bool isFirstOfEpisode = caller.Episode[Counter.Requests] == 1;
        if (prepared.AgentKey == caller.AgentKey && !isFirstOfEpisode) return news;
        caller.AgentKey = prepared.AgentKey;
        caller.Agent = prepared.Agent;
        ulong agent = Fingerprint.Combine(caller.Key ^ 0xA6, prepared.AgentKey);
        if (seen.Add(agent)) news |= News.NewAgent;
        if (!IsNewInEpisode(caller, agent, (news & News.NewAgent) != 0, seen)) return news;
        Count(ref caller, Counter.NewAgents);
        if (counterpart != 0 && !isOtherCounterpart) caller.ChangedAgents++;
        return news;
    }

    /// <summary>Whether something that belongs to the caller is there for the first time since it rested: who was here yesterday as well is there once more.</summary>
    private static bool IsNewInEpisode(in CallerState caller, ulong fingerprint, bool isNew, SeenSet seen) =>
        caller.EpisodeStart == caller.FirstSeen ? isNew : seen.Add(Fingerprint.Combine(fingerprint, (ulong)caller.EpisodeStart));

    private static News CountLogin(ref CallerState caller, ref CallerRoute onRoute, in PreparedEvent prepared, LoginOutcome login, bool isNewUser)
    {
        if (login == LoginOutcome.None) return News.None;
        if (isNewUser) Count(ref caller, Counter.LoginUsers);
        Count(ref caller, Counter.LoginAttempts);
        onRoute.LoginAttempts++;
        if (login == LoginOutcome.Success)
        {
            caller.LastLoginSuccess = prepared.Time;
            // Guesses from elsewhere tell nothing of who comes in.
            caller.FailuresBeforeSuccess = prepared.AddressKey == caller.LoginFailureAddress ? caller.FailuresInARow : 0;
            caller.FailuresInARow = 0;
            return News.LoginSuccess;
        }
        Count(ref caller, Counter.LoginFailures);
        onRoute.LoginFailures++;
        caller.FailuresInARow = prepared.AddressKey == caller.LoginFailureAddress ? caller.FailuresInARow + 1 : 1;
        caller.LoginFailureAddress = prepared.AddressKey;
        if (caller.FirstLoginFailure == 0) caller.FirstLoginFailure = prepared.Time;
        caller.LastLoginFailure = prepared.Time;
        caller.LoginRoute = prepared.Route;
        return News.LoginFailure;
    }

    /// <summary>A user this caller has not tried before: by the name in the request, or else by the principal the log tells.</summary>
    private static bool IsNewUser(in CallerState caller, in PreparedEvent prepared, News news, SeenSet seen) =>
        prepared.LoginNameKey != 0 ? seen.Add(Fingerprint.Combine(caller.Key ^ 0x10, prepared.LoginNameKey)) : (news & News.NewCounterpart) != 0;

    private static News CountTarget(ref CallerState caller, ref CallerRoute onRoute, in HttpEvent request, in PreparedEvent prepared, SeenSet seen, RouteBaseline baseline)
    {
        News news = News.None;
        if (prepared.Path.Target == caller.PreviousTarget) Count(ref caller, Counter.Repeats);
        bool isAsset = (prepared.Path.Traits & PathTraits.Asset) != 0;
        if (isAsset) Count(ref caller, Counter.Assets);
        if (!request.Method.IsSafe()) Count(ref caller, Counter.Writes);
        int kibibytes = (int)Math.Clamp((request.ResponseBytes + 1023) >> 10, 0, int.MaxValue >> 8);
        onRoute.ResponseKibibytes += kibibytes;
        uint target = (uint)Fingerprint.Combine(prepared.Path.Exact, prepared.QueryKey);
        // What is taken is data: pages come with their pictures, and who asks for the same again by the clock is told what is new.
        bool isPolled = target == onRoute.PreviousTarget && onRoute.Gaps.Variation < MostPollVariation;
        if (!isAsset && kibibytes > 0 && !isPolled)
        {
            Count(ref caller, Counter.ResponseKibibytes, kibibytes);
            if (onRoute.ResponseKibibytes >= caller.HeaviestKibibytes) (caller.HeaviestRoute, caller.HeaviestRequests, caller.HeaviestKibibytes) = (prepared.Route, onRoute.Requests, onRoute.ResponseKibibytes);
        }
        onRoute.PreviousTarget = target;
        if (request.ServerMicros > 0) CountTime(ref caller, request, prepared.Time, baseline);
        if ((prepared.Path.Traits & (PathTraits.Login | PathTraits.Password)) == PathTraits.Login && request.Method.IsSafe()) Count(ref caller, Counter.LoginVisits);
        if ((prepared.Flags & PreparedFlags.Probe) != 0) Count(ref caller, Counter.Probes);
        if (onRoute.Requests == 1)
        {
            Count(ref caller, Counter.NewRoutes);
            news |= News.NewRoute;
        }
        if (prepared.Path.Object != 0 && seen.Add(Fingerprint.Combine(onRoute.Key, prepared.Path.Object)))
        {
            Count(ref caller, Counter.NewObjects);
            onRoute.Objects++;
            news |= News.NewObject;
            if (prepared.Path.ObjectNumber >= 0) CountStep(ref onRoute, prepared.Path.ObjectNumber);
        }
        if (prepared.QueryKey != 0 && onRoute.Queries.Add(prepared.QueryKey))
        {
            Count(ref caller, Counter.NewQueries);
            news |= News.NewQuery;
        }
        if (isAsset || prepared.Route == 0) return news;
        news |= News.Transition;
        if (onRoute.Requests > 1 && (news & (News.NewObject | News.NewQuery)) == 0)
        {
            caller.Returns++;
            news |= News.Return;
        }
        return news;
    }

    private static void CountTime(ref CallerState caller, in HttpEvent request, long time, RouteBaseline baseline)
    {
        const int mostMillis = int.MaxValue >> 8;
        long charged = Math.Min(request.ServerMicros, baseline.ChargedMicros(time, request.Status));
        Count(ref caller, Counter.DurationMillis, (int)Math.Min(mostMillis, charged / 1000));
        Count(ref caller, Counter.UsualMillis, (int)Math.Min(mostMillis, (baseline.UsualMicros ?? charged) / 1000));
    }

    private static void CountBurst(ref CallerState caller, long time)
    {
        if (time - caller.BurstStart >= BurstMicros)
        {
            caller.BurstStart = time;
            caller.Burst = 0;
        }
        caller.Burst++;
        caller.PeakBurst = Math.Max(caller.PeakBurst, caller.Burst);
    }

    private static void CountStep(ref CallerRoute onRoute, long number)
    {
        long step = number - onRoute.LastNumber;
        if (onRoute.LastNumber >= 0 && step is not 0 && Math.Abs(step) <= MostSteps) onRoute.Steps++;
        if (onRoute.LastNumber >= 0 && step > 0) onRoute.Rises++;
        else if (onRoute.LastNumber >= 0 && step < 0) onRoute.Falls++;
        onRoute.LastNumber = number;
        onRoute.LowestNumber = Math.Min(onRoute.LowestNumber, number);
        onRoute.HighestNumber = Math.Max(onRoute.HighestNumber, number);
    }

    private static void CountPayload(ref CallerState caller, in HttpEvent request, in PreparedEvent prepared, LoginOutcome login)
    {
        if ((prepared.Flags & PreparedFlags.Attack) == 0) return;
        // What a page fetches names the page as its Referer: that is the page's payload told again.
        bool isEcho = (prepared.Flags & PreparedFlags.InReferer) != 0 && prepared.PayloadOrigin == caller.PayloadOrigin && caller.Episode[Counter.Payloads] > 0;
        caller.PayloadOrigin = prepared.PayloadOrigin;
        if (isEcho) return;
        Count(ref caller, Counter.Payloads);
        caller.PayloadScore = Math.Max(caller.PayloadScore, prepared.PayloadScore);
        caller.PayloadRoute = prepared.Route;
        if (caller.Episode[Counter.Payloads] == 1) caller.FirstPayload = prepared.Time;
        if (IsAccepted(request, login)) caller.PayloadsAccepted++;
        else if (request.Status > 0) caller.PayloadsRefused++;
        for (int kind = 0; kind < PayloadCounts.Length; kind++)
            if ((prepared.PayloadKinds >> kind & 1) != 0 && caller.Payloads[kind] < ushort.MaxValue) caller.Payloads[kind]++;
    }

    /// <summary>True if the answer says that the request was carried out: success, or the redirect that follows a form that was taken. Any other redirect only sends the caller elsewhere.</summary>
    private static bool IsAccepted(in HttpEvent request, LoginOutcome login) =>
        request.Status is >= 200 and < 300 ? login != LoginOutcome.Failure : request.Status is 302 or 303 && !request.Method.IsSafe() && login != LoginOutcome.Failure;

    private static void Count(ref CallerState caller, Counter counter, int amount = 1)
    {
        caller.Recent.Add(counter, amount);
        caller.Episode[(int)counter] += amount;
    }
}

/// <summary>How an attempt to log in ended, as far as the response tells.</summary>
internal enum LoginOutcome : byte
{
    /// <summary>Not an attempt.</summary>
    None,
    Success,
    Failure,
}
