using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Behavior;

/// <summary>What is normal on one route. Changed at ticks only, read by all shards in between.</summary>
internal sealed class RouteBaseline
{
    private const double PriorRequests = 200;
    private const double EnoughTimed = 20;

    private long _returns;

    /// <summary>Different objects one caller asks for in an episode.</summary>
    public LogHistogram ObjectsPerCaller { get; } = new();

    /// <summary>How those who take several of them do it.</summary>
    public TakingManner Manner { get; } = new();

    /// <summary>Requests of one caller in an episode, rounded down to a power of two.</summary>
    public LogHistogram RequestsPerCaller { get; } = new();

    /// <summary>Who has ever used it.</summary>
    public FewCallers Callers;

    /// <summary>Callers of the last half hour or so that came to ask for the route again and again.</summary>
    public double Insistent { get; set; }

    /// <summary>Share of failed logins per caller.</summary>
    public BetaPrior LoginFailures { get; } = NewLoginPrior();

    public RobustLevel LogLatency;

    public RobustLevel LogTailLatency;

    /// <summary>Requests a minute by how slow they are, in undisturbed minutes of the last hour or so.</summary>
    public SlowRequests UsualRequests { get; private set; }

    /// <summary>Mean time of a request, all day, in microseconds; null before enough are known. Levels are of the middle request, and where programs poll what people ask much of, most of the time goes to the others.</summary>
    public long? UsualMicros => _timed < EnoughTimed ? null : (long)_meanMicros;

    private double _timed;
    private double _meanMicros;

    /// <summary>Event time until which the route counts as slow for several callers, microseconds: who waits there does not cause it.</summary>
    public long SlowUntil { get; set; }

    /// <summary>The longest time of a request that is laid to its caller's charge: what is normal, while the route is slow for several, and four times as much if somebody gave up
    /// waiting: how long a gateway waits is its own setting, and in an outage it is everybody's.</summary>
    public long ChargedMicros(long time, short status)
    {
        const double priorMicros = 250_000;
        bool isSlow = time < SlowUntil;
        if (!isSlow && !IsTimeout(status)) return long.MaxValue;
        double usual = LogLatency.Count > 0 ? Math.Pow(2, LogLatency.Level) : priorMicros;
        return (long)(isSlow ? usual : 4 * usual);
    }

    /// <summary>499: the client gave up (nginx); 504, 522 and 524: a gateway did.</summary>
    public static bool IsTimeout(short status) => status is 499 or 504 or 522 or 524;

    public double ErrorShare { get; private set; } = 0.005;

    /// <summary>Minutes in which the route was used.</summary>
    public long ActiveMinutes { get; set; }

    /// <summary>Requests in all.</summary>
    public long Requests { get; private set; }

    /// <summary>Share of requests for what the same caller had asked for on this route before. Before data it is half.</summary>
    public float ReturnShare { get; private set; } = 0.5f;

    /// <summary>Callers whose first payload of an episode came here. Where people write freely, some of what they write looks like one.</summary>
    public long PayloadCallers { get; set; }

    /// <summary>Share of a caller's requests here that look like an attack though it is none, as far as the traffic tells.</summary>
    public BetaBinomial InnocentPayloads => BetaBinomial.WithMean((PayloadCallers + 0.5) / (Requests + 2500.0), 50);

    /// <summary>Browsers that came to ask for this route several times.</summary>
    public BareBrowsers Browsers { get; } = new();

    public long LoginRedirects { get; set; }

    public long LoginOk { get; set; }

    public long LoginRefusals { get; set; }

    /// <summary>The prior before any data: one login in seven fails, and callers differ a lot.</summary>
    public static BetaPrior NewLoginPrior() => new(priorMean: 0.15, priorTrials: 4, minTrials: 2, maxTrials: 12);

    /// <summary>Lets a minute's requests count, of which some returned to what their callers had asked for before.</summary>
    public void LearnRequests(long requests, long returns)
    {
        Requests += requests;
        _returns += returns;
        ReturnShare = (float)ReturnShareWithout(0, 0);
    }

    /// <summary>The share without what one caller has put into it.</summary>
    public double ReturnShareWithout(long requests, long returns) =>
        (Math.Max(0, _returns - returns) + 0.5 * PriorRequests) / (Math.Max(0, Requests - requests) + PriorRequests);

    /// <summary>Lets the times of an undisturbed minute count, log2 of microseconds, and how many of its requests were slow by what was known before.</summary>
    public void LearnTimes(double median, double tail, in SlowRequests requests)
    {
        const double levelHalfLife = 240, countKeep = 0.977, minSpread = 0.2;
        if (LogLatency.Count > 0) UsualRequests = UsualRequests.Toward(requests, Math.Max(1.0 / LogLatency.Count, 1 - countKeep));
        LogLatency.Add(median, levelHalfLife, minSpread);
        LogTailLatency.Add(tail, levelHalfLife, minSpread);
    }

    /// <summary>Lets the server's time of a minute count, without that of callers about whom something is raised. One minute counts no more than four usual ones.</summary>
    public void LearnUsual(double micros, double requests)
    {
        const double keep = 0.99, most = 4;
        if (requests <= 0) return;
        double mean = Math.Max(0, micros) / requests;
        if (_timed >= EnoughTimed) mean = Math.Min(mean, most * _meanMicros);
        _timed = keep * _timed + requests;
        _meanMicros += requests / _timed * (mean - _meanMicros);
    }

    /// <summary>Moves the error share toward that of a minute that was not alarming.</summary>
    public void LearnErrors(long errors, long requests)
    {
        double rate = Math.Min(0.05, requests / (requests + 2000.0));
        ErrorShare = Math.Clamp(ErrorShare + rate * ((double)errors / requests - ErrorShare), 0.0005, 0.5);
    }

    /// <summary>How an attempt on this login route ended.</summary>
    /// <remarks>
    /// Most APIs refuse with 4xx. Forms often answer 200 with the form again to a failure and redirect after success: a route that was seen to
    /// do both and never refuses is read that way. Where only one answer exists, the outcome is unknown and counts as success.
    /// </remarks>
    public LoginOutcome Outcome(in HttpEvent request)
    {
        if (request.Status is 400 or 401 or 403 or 404 or 422 or 423 or 429) return LoginOutcome.Failure;
        bool answersFailureWithPage = LoginRedirects >= 3 && LoginOk >= 3 && LoginRefusals * 5 < LoginOk;
        if (request.Status is >= 200 and < 300 && answersFailureWithPage) return LoginOutcome.Failure;
        return request.Status is >= 200 and < 400 ? LoginOutcome.Success : LoginOutcome.None;
    }

    /// <summary>True if the event sends credentials: a login word in the path or as the action of the query, and a method that carries a body or a password in the query.</summary>
    public static bool IsLoginAttempt(Route route, in HttpEvent request, in PreparedEvent prepared) =>
        ((route.Traits & RouteTraits.Login) != 0 || (prepared.Path.Traits & PathTraits.Login) != 0)
        && (request.Method is RequestMethod.Post or RequestMethod.Put || (prepared.Path.Traits & PathTraits.Password) != 0);
}
