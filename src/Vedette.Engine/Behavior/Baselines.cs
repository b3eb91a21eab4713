using Vedette.Engine.Normalization;

namespace Vedette.Engine.Behavior;

/// <summary>What is normal in this traffic, as of the last tick. Shards read it in parallel; only the tick changes it.</summary>
internal sealed class Baselines(RouteTable routes)
{
    private readonly List<RouteBaseline> _byRoute = [];
    private static readonly RouteBaseline Empty = new();

    public RouteTable Routes { get; } = routes;

    /// <summary>Number of the current tick.</summary>
    public long Tick { get; set; }

    /// <summary>Event time of the last tick, microseconds.</summary>
    public long Time { get; set; }

    /// <summary>Requests so far.</summary>
    public long Requests { get; set; }

    /// <summary>Minutes with traffic so far.</summary>
    public long ActiveMinutes { get; set; }

    /// <summary>Requests of one address in ten minutes, each active minute one observation.</summary>
    public LogHistogram AddressRequests { get; } = new();

    /// <summary>The same for principals.</summary>
    public LogHistogram PrincipalRequests { get; } = new();

    /// <summary>Most requests of one caller in ten seconds, by episode.</summary>
    public LogHistogram Bursts { get; } = new();

    /// <summary>Share of server errors in the last ten minutes or so.</summary>
    public double ErrorShare { get; set; }

    /// <summary>KiB sent to one caller in an episode, each caller one observation.</summary>
    public LogHistogram EpisodeKibibytes { get; } = new();

    /// <summary>Milliseconds of the server's time that one caller took in ten minutes, each active minute one observation.</summary>
    public LogHistogram ServerMillis { get; } = new();

    /// <summary>Share of a caller's requests that blindly ask for paths that do not exist.</summary>
    public BetaPrior BlindNotFound { get; } = new(priorMean: 0.01, priorTrials: 15, minTrials: 5, maxTrials: 40);

    /// <summary>Share of a caller's requests that are refused as invalid.</summary>
    public BetaPrior Invalid { get; } = new(priorMean: 0.02, priorTrials: 15, minTrials: 5, maxTrials: 40);

    /// <summary>Share of a caller's requests for known routes that are refused or lead nowhere.</summary>
    public BetaPrior Missing { get; } = NewMissingPrior();

    /// <summary>Blind requests of a caller in an episode, of those who made any.</summary>
    public LogHistogram BlindPerCaller { get; } = new();

    /// <summary>Different shapes of invalid requests of a caller in an episode, of those who made any.</summary>
    public LogHistogram InvalidPerCaller { get; } = new();

    /// <summary>Share of callers who do hardly anything else, of those who took several items of a route.</summary>
    public double CollectorShare { get; set; } = 0.3;

    /// <summary>Before any data: one request in thirty-three meets a stale link or an expired token. Who has one stale link has a list of them: callers never count as alike.</summary>
    public static BetaPrior NewMissingPrior() => new(priorMean: 0.03, priorTrials: 10, minTrials: 4, maxTrials: 10);

    public TransitionModel Transitions { get; } = new();

    /// <summary>What each parameter of each route receives.</summary>
    public ParameterTable Parameters { get; } = new(capacity: 8192);

    /// <summary>Probability below which a finding is worth an incident; see <c>AlertBudget</c>.</summary>
    public double AlertThreshold { get; set; } = 1e-4;

    /// <summary>Server time of the last ten minutes, in seconds, all callers.</summary>
    public double ServerSecondsPerWindow { get; set; }

    /// <summary>The same, as a mean over the last day: what the service bears by day it bears at night.</summary>
    public double UsualServerSeconds { get; set; }

    /// <summary>Mean time of a request, in seconds.</summary>
    public double MeanSeconds { get; set; }

    /// <summary>Mean size of an answer that is no picture or script, in KiB.</summary>
    public double MeanKibibytes { get; set; }

    /// <summary>Share of pictures and scripts among the requests of browsers, by address.</summary>
    public double BrowserAssetShare { get; set; }

    /// <summary>The same in the last minutes.</summary>
    public double RecentAssetShare { get; set; }

    /// <summary>Browsers that stay a while at this service, by address.</summary>
    public BareBrowsers Browsers { get; } = new();

    /// <summary>The same, by principal.</summary>
    public BareBrowsers PrincipalBrowsers { get; } = new();

    /// <summary>Of those two, the browsers that are known by the same as this caller.</summary>
    public BareBrowsers BrowsersKnownAs(in CallerState caller) => caller.Kind == CallerKind.Address ? Browsers : PrincipalBrowsers;

    /// <summary>Share of assets by principal: tokens are not sent with pictures, and then nobody who signed in seems to fetch any.</summary>
    public double PrincipalAssetShare { get; set; }

    /// <summary>Share of pictures and scripts among the requests of browsers that are known by the same as this caller.</summary>
    public double AssetShare(in CallerState caller) => caller.Kind == CallerKind.Address ? BrowserAssetShare : PrincipalAssetShare;

    /// <summary>Requests a minute, all routes.</summary>
    public RobustLevel RequestsPerMinute;

    /// <summary>The same over the last weeks.</summary>
    public TrafficSeason Traffic { get; } = new();

    /// <summary>Baseline of a route; an empty one while nothing is known.</summary>
    public RouteBaseline Route(int id) => id < _byRoute.Count ? _byRoute[id] : Empty;

    /// <summary>Baseline of a route, to be changed. At ticks only.</summary>
    public RouteBaseline Learn(int id)
    {
        while (_byRoute.Count <= id) _byRoute.Add(new RouteBaseline());
        return _byRoute[id];
    }
}
