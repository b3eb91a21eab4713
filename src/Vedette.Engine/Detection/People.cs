using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>How many people may stand behind one caller: a gateway's address has many, and must be judged by the head.</summary>
internal static class People
{
    /// <summary>Principals of one person: a session, and a user after signing in. Where there are more, people with several devices may be among them.</summary>
    private const int OneVisitor = 2;

    /// <summary>Agents changed within a session from which on it is no matter of an app that shows pages, a browser that was brought up to date, or a family's devices.</summary>
    private const int ManyAgents = 3;

    /// <summary>Of a hundred callers one shows so many, and of these three in ten one more.</summary>
    private const double ShowsManyAgents = 0.01;
    private const double ShowsAnother = 0.3;
    private const double LeastAgentChance = 1e-3;

    /// <summary>Shares of the browsers of a route that fetch no pictures: where they are few it is telling, where they are many it says no more than that.</summary>
    private const double FewBare = 0.05;
    private const double ManyBare = 0.2;

    /// <summary>What a program with an order to export may meet: objects that are gone, a token that ran out.</summary>
    private static readonly BetaBinomial OrderedMisses = BetaBinomial.WithMean(0.03, 20);

    /// <summary>Of what somebody has most likely ordered: impact, and the least chance that an honest caller does the same.</summary>
    public const double OrderedImpact = -0.35;
    public const double OrderedChance = 1e-3;

    /// <summary>From so many requests on, pictures and scripts aside, a browser has shown whether it has everything from visits before.</summary>
    public const int LastingRequests = 20;

    /// <summary>
    /// Principals, sessions and user agents seen from an address count one each, if each made several requests: a client that invents a new name for
    /// each request is one, not many; and so is one that changes the user agent within a session.
    /// </summary>
    public static int Behind(in CallerState caller)
    {
        if (caller.Kind != CallerKind.Address) return 1;
        int requests = caller.Episode[Counter.Requests];
        int principals = caller.Episode[Counter.NewCounterparts];
        int agents = caller.Episode[Counter.NewAgents] - (principals <= OneVisitor ? caller.ChangedAgents : 0);
        return Math.Max(1, Math.Max(Heads(principals, requests), Heads(agents, requests)));
    }

    /// <summary>True for what calls itself a browser and asks for none of the pictures and scripts that browsers ask for here.</summary>
    public static bool SkipsAssets(in CallerState caller, Baselines baselines) =>
        caller.Agent is UserAgentKind.Browser or UserAgentKind.Automation && caller.Episode[Counter.Assets] * 100 < caller.Episode[Counter.Requests]
        && (baselines.AssetShare(caller) > 0.3 || BareShare(caller, baselines) < FewBare);

    /// <summary>Chance that a browser asks for as few pictures and scripts as this caller did; 1 unless it <see cref="SkipsAssets">skips them</see>. Who lasts on one route and fetches none is compared with the browsers that last
    /// there; else requests come in visits to a page or two, and ten count as one, and the chance is no less than the share of this service's lasting browsers, known by the same, that have everything from visits before.</summary>
    public static double ChanceOfSkipping(in CallerState caller, Baselines baselines)
    {
        if (!SkipsAssets(caller, baselines)) return 1;
        double byRequests = Math.Pow(1 - baselines.AssetShare(caller), Math.Min(12, caller.Episode[Counter.Requests] / 10));
        // However much is asked for: who has everything from visits before needs nothing all day.
        if (baselines.BrowsersKnownAs(caller).Share is { } cached) byRequests = Math.Max(byRequests, cached);
        return BareShare(caller, baselines) is not { } bare ? byRequests : bare > ManyBare ? bare : Math.Min(byRequests, bare);
    }

    /// <summary>For an address that fetches nothing but one route: the share of browsers that last there and do so; null if not known.</summary>
    private static double? BareShare(in CallerState caller, Baselines baselines) =>
        caller.WatchedRoute == 0 || caller.Episode[Counter.Assets] > 0 ? null : baselines.Route(caller.WatchedRoute).Browsers.Share;

    /// <summary>Chance that a caller changes its user agent as often while its session stays: a program that means to look like many does.</summary>
    public static double ChanceOfAgents(in CallerState caller) =>
        caller.ChangedAgents < ManyAgents || caller.Kind != CallerKind.Address || caller.Episode[Counter.NewCounterparts] > OneVisitor
            ? 1 : Math.Max(LeastAgentChance, ShowsManyAgents * Math.Pow(ShowsAnother, caller.ChangedAgents - ManyAgents));

    /// <summary>Names under which several requests each were made; names that change all the time are one client's inventions.</summary>
    private static int Heads(int names, int requests) => requests >= 6 * names ? names : 1;

    /// <summary>Minutes of the caller's episode: each put one observation of it into the baselines.</summary>
    public static double MinutesActive(in CallerState caller, long time) => Math.Clamp((time - caller.EpisodeStart) / 60_000_000 + 1, 1, 600);

    /// <summary>True for an address most of whose requests come with a principal: each principal is judged on its own.</summary>
    public static bool AreKnown(in CallerState caller) => caller.Kind == CallerKind.Address && caller.Episode[Counter.Authenticated] * 2 > caller.Episode[Counter.Requests];

    /// <summary>True for callers who teach what people and their programs do: crawlers, monitors and integrations have a scale of their own.</summary>
    public static bool AreOrdinary(in CallerState caller) => caller.Agent is not (UserAgentKind.DeclaredCrawler or UserAgentKind.Monitor) && !IsIntegration(caller);

    /// <summary>True for a crawler or monitor that says so and keeps a moderate pace; whoever only borrows the name seldom does. Those who sign in are no crawlers.</summary>
    public static bool ArePolite(in CallerState caller) => caller.Kind == CallerKind.Address && caller.Agent is UserAgentKind.DeclaredCrawler or UserAgentKind.Monitor or UserAgentKind.FeedReader && caller.PeakBurst < 40;

    /// <summary>True for a program that shows who it works for, by an API key or the name of a service account, and does not pose as a browser.</summary>
    public static bool IsIntegration(in CallerState caller) =>
        (caller.Kind == CallerKind.ApiKey || caller.IsServiceAccount) && caller.Agent is not (UserAgentKind.Browser or UserAgentKind.AttackTool);

    /// <summary>True for a program under a name of its own, which is no browser and none of the libraries and tools that everybody uses: somebody has built it to work with this service.</summary>
    public static bool IsNamedProgram(in CallerState caller) => caller.Agent == UserAgentKind.Other;

    /// <summary>
    /// True for a program that is not refused and has credentials of its own, or its own name where fewer than three callers have ever been: the route is most likely there for it, and it exports what
    /// somebody ordered.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="baselines">What is normal.</param>
    /// <param name="route">Where it takes things from; 0 for nowhere.</param>
    /// <param name="missing">Requests refused or for what does not exist.</param>
    /// <param name="requests">Of so many.</param>
    public static bool AreOrdered(in CallerState caller, Baselines baselines, int route, int missing, int requests) =>
        (IsIntegration(caller) || (IsNamedProgram(caller) && route != 0 && !baselines.Route(route).Callers.AreSeveral)) && OrderedMisses.UpperTail(missing, requests) > 0.05;

    public static string ExplainOrder(in CallerState caller) =>
        (IsIntegration(caller) ? " A program with credentials of its own" : " A program under its own name, alone on this route") + ": most likely an export that somebody ordered. Confirm once, then allow it.";
}
