using Vedette.Engine.Behavior;

namespace Vedette.Engine.Pipeline;

/// <summary>What one shard hands over at a tick. Everything in it adds up, so the shards' order does not matter.</summary>
internal sealed class ShardTick
{
    private readonly List<RouteMinute> _minutes = [];
    private readonly List<int> _usedRoutes = [];

    public Dictionary<long, int> Transitions { get; } = [];

    public LogHistogram AddressRequests { get; } = new();

    public LogHistogram PrincipalRequests { get; } = new();

    public LogHistogram Bursts { get; } = new();

    public LogHistogram EpisodeKibibytes { get; } = new();

    public LogHistogram ServerMillis { get; } = new();

    public BetaPrior BlindNotFound { get; } = new(0.01, 15, 5, 40);

    public BetaPrior Invalid { get; } = new(0.02, 15, 5, 40);

    public BetaPrior Missing { get; } = Baselines.NewMissingPrior();

    /// <summary>How the distribution of blind requests per caller changed; so for invalid ones below.</summary>
    public LogHistogram BlindPerCaller { get; } = new();

    public LogHistogram InvalidPerCaller { get; } = new();

    public ParameterTable Parameters { get; } = new(capacity: 1024);

    public List<Conviction> Convictions { get; } = [];

    public long BrowserRequests { get; set; }

    public long BrowserAssets { get; set; }

    public long BrowserRequestsByPrincipal { get; set; }

    public long BrowserAssetsByPrincipal { get; set; }

    /// <summary>Browsers that came to stay a while, and those of them that had fetched no picture or script by then.</summary>
    public int LastingBrowsers { get; set; }

    public int BareBrowsers { get; set; }

    /// <summary>The same, by principal.</summary>
    public int LastingPrincipals { get; set; }

    public int BarePrincipals { get; set; }

    public IReadOnlyList<int> UsedRoutes => _usedRoutes;

    /// <summary>The minute of a route, for adding to.</summary>
    public RouteMinute Minute(int route)
    {
        while (_minutes.Count <= route) _minutes.Add(new RouteMinute());
        RouteMinute minute = _minutes[route];
        if (!minute.IsUsed)
        {
            minute.IsUsed = true;
            _usedRoutes.Add(route);
        }
        return minute;
    }

    /// <summary>Adds the minute of a route to <paramref name="sum"/>, if the shard counted anything on it.</summary>
    public void AddMinute(int route, RouteMinute sum)
    {
        if (route < _minutes.Count && _minutes[route].IsUsed) sum.Add(_minutes[route]);
    }

    public void CountTransition(int from, int to)
    {
        if (Transitions.Count < TransitionModel.MaxPairs)
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Transitions, TransitionModel.Pair(from, to), out _)++;
    }

    public void Clear()
    {
        foreach (int route in _usedRoutes) _minutes[route].Clear();
        _usedRoutes.Clear();
        Transitions.Clear();
        AddressRequests.Clear();
        PrincipalRequests.Clear();
        Bursts.Clear();
        EpisodeKibibytes.Clear();
        ServerMillis.Clear();
        BlindNotFound.Clear();
        Invalid.Clear();
        Missing.Clear();
        BlindPerCaller.Clear();
        InvalidPerCaller.Clear();
        Parameters.Clear();
        Convictions.Clear();
        LastingBrowsers = BareBrowsers = LastingPrincipals = BarePrincipals = 0;
        BrowserRequests = BrowserAssets = BrowserRequestsByPrincipal = BrowserAssetsByPrincipal = 0;
    }
}
