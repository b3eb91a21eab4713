namespace Vedette.Engine.Behavior;

/// <summary>What happened on one route between two ticks. Every shard fills its own; merging is addition.</summary>
internal sealed class RouteMinute
{
    public const double LogUnit = 1.0 / 1024;

    /// <summary>True once something was counted since it was last cleared.</summary>
    public bool IsUsed;

    public long Requests;

    /// <summary>Requests that stand for others as well: those that came out of a sample.</summary>
    public long Sampled;

    public long ClientErrors;
    public long ServerErrors;
    public long Throttled;

    /// <summary>Requests that ended because somebody waited too long: the gateway, or the client.</summary>
    public long Timeouts;

    /// <summary>Requests for a path that had failed for the same caller within ten seconds.</summary>
    public long Retries;

    /// <summary>Sum of the server's time.</summary>
    public long DurationMicros;

    /// <summary>Sum of the logarithms (base 2) of the server's times in microseconds, in units of <see cref="LogUnit"/>: whole numbers, so that the order of adding does not matter.</summary>
    public long DurationLogs;

    /// <summary>Requests for what the caller had asked for before.</summary>
    public long Returns;

    /// <summary>Requests of callers first seen an hour ago or more, about whom nothing is raised.</summary>
    public long KnownRequests;

    /// <summary>Callers active on the route in this tick: exact, since each belongs to one shard.</summary>
    public long Callers;

    /// <summary>Of them, those about whom nothing is raised and whose time is known.</summary>
    public long TimedCallers;

    /// <summary>Of those, the ones that waited at least twice as long as half of the requests do.</summary>
    public long SlowCallers;

    /// <summary>Requests of callers about whom something is raised, and those of them that failed on the server or were throttled.</summary>
    public long SuspectRequests;
    public long SuspectErrors;
    public long SuspectThrottled;

    /// <summary>Server's time as it is laid to callers' charge; see <see cref="RouteBaseline.ChargedMicros"/>.</summary>
    public long ChargedMicros;

    /// <summary>The part of it that goes to callers about whom something is raised.</summary>
    public long SuspectMicros;

    /// <summary>Callers that came to the route for the first time in their episode.</summary>
    public long Visitors;

    /// <summary>Callers that came to have taken several items of this route, and of none before.</summary>
    public long Takers;

    /// <summary>Callers that have shown how they take items of this route, and those of them that do so in order, and in haste.</summary>
    public long Mannered;
    public long Ordered;
    public long Hasty;

    /// <summary>Callers that turned out to do hardly anything but take one item of this route after the other.</summary>
    public long Collectors;

    /// <summary>Callers that turned out to be browsers that ask for this route alone, and never for a picture or script.</summary>
    public long Watchers;

    /// <summary>Browsers that came to ask for this route several times, and those of them that had fetched no picture or script by then.</summary>
    public long Lasting;
    public long Bare;

    /// <summary>Callers that came to ask for this route again and again; see <c>InsistenceDetector</c>.</summary>
    public long Insistent;

    /// <summary>Who came here for the first time in an episode.</summary>
    public FewCallers Comers;

    /// <summary>Callers never seen before this tick.</summary>
    public long NewCallers;

    /// <summary>Size of the answers that are no pictures or scripts.</summary>
    public long DataKibibytes;

    /// <summary>Requests behind <see cref="DataKibibytes"/>.</summary>
    public long DataRequests;

    /// <summary>Callers whose first payload of an episode came here.</summary>
    public long PayloadCallers;

    public long LoginAttempts;
    public long LoginFailures;

    public long LoginRedirects;
    public long LoginOk;
    public long LoginRefusals;

    /// <summary>Time the server took, in microseconds.</summary>
    public LogHistogram Durations { get; } = new();

    /// <summary>How the distribution of different objects per caller changed: a caller that reaches five moves from four to five.</summary>
    public LogHistogram ObjectsPerCaller { get; } = new();

    /// <summary>How the distribution of requests per caller changed. A caller moves when its requests have doubled.</summary>
    public LogHistogram RequestsPerCaller { get; } = new();

    /// <summary>Login failures of callers that ended their turn, for the route's prior.</summary>
    public BetaPrior LoginFailureShares { get; } = RouteBaseline.NewLoginPrior();

    /// <summary>Counts the server's time of one request, in microseconds.</summary>
    public void AddDuration(long micros)
    {
        Durations.Add(micros);
        DurationMicros += micros;
        DurationLogs += (long)(Math.Log2(Math.Max(1, micros)) / LogUnit);
    }

    public void Add(RouteMinute other)
    {
        Requests += other.Requests;
        Sampled += other.Sampled;
        ClientErrors += other.ClientErrors;
        ServerErrors += other.ServerErrors;
        Throttled += other.Throttled;
        Timeouts += other.Timeouts;
        Retries += other.Retries;
        Returns += other.Returns;
        KnownRequests += other.KnownRequests;
        DurationMicros += other.DurationMicros;
        DurationLogs += other.DurationLogs;
        Callers += other.Callers;
        Comers.Add(other.Comers);
        TimedCallers += other.TimedCallers;
        SlowCallers += other.SlowCallers;
        SuspectRequests += other.SuspectRequests;
        SuspectErrors += other.SuspectErrors;
        SuspectThrottled += other.SuspectThrottled;
        ChargedMicros += other.ChargedMicros;
        SuspectMicros += other.SuspectMicros;
        Visitors += other.Visitors;
        Takers += other.Takers;
        Mannered += other.Mannered;
        Ordered += other.Ordered;
        Hasty += other.Hasty;
        Collectors += other.Collectors;
        Watchers += other.Watchers;
        Lasting += other.Lasting;
        Bare += other.Bare;
        Insistent += other.Insistent;
        NewCallers += other.NewCallers;
        DataKibibytes += other.DataKibibytes;
        DataRequests += other.DataRequests;
        PayloadCallers += other.PayloadCallers;
        LoginAttempts += other.LoginAttempts;
        LoginFailures += other.LoginFailures;
        LoginRedirects += other.LoginRedirects;
        LoginOk += other.LoginOk;
        LoginRefusals += other.LoginRefusals;
        Durations.Add(other.Durations);
        ObjectsPerCaller.Add(other.ObjectsPerCaller);
        RequestsPerCaller.Add(other.RequestsPerCaller);
        LoginFailureShares.Add(other.LoginFailureShares);
    }

    public void Clear()
    {
        IsUsed = false;
        Comers = default;
        Requests = Sampled = ClientErrors = ServerErrors = Throttled = Timeouts = Retries = Returns = DurationMicros = DurationLogs = Callers = TimedCallers = SlowCallers = SuspectRequests = SuspectErrors = SuspectThrottled = ChargedMicros = SuspectMicros = Visitors = Takers = Mannered = Ordered = Hasty = Collectors = Watchers = Lasting = Bare = Insistent = NewCallers = DataKibibytes = DataRequests = 0;
        PayloadCallers = LoginAttempts = LoginFailures = LoginRedirects = LoginOk = LoginRefusals = 0;
        Durations.Clear();
        ObjectsPerCaller.Clear();
        RequestsPerCaller.Clear();
        LoginFailureShares.Clear();
    }
}
