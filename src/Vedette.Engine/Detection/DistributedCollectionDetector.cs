using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>Scraping or enumeration spread over many callers, of which none takes much.</summary>
/// <remarks>
/// The aggregate first, as for logins: callers who do hardly anything but take one item of a route after the other, against their usual share of the
/// route's visitors (Beta-binomial over a cumulative sum). A flash crowd brings more visitors, not a larger share of such callers; where reading one item after the other is what people do, that share is
/// learnt to be large. Then attribution: the callers who became such while it went on.
/// </remarks>
internal sealed class DistributedCollectionDetector : IServiceDetector
{
    /// <summary>Items from which on a caller can be a collector, and the share of its requests they must make up.</summary>
    public const int MinItems = 8;
    private const double MinShare = 0.5;

    private const int MinMembers = 5;

    private readonly Dictionary<int, VisitorShare> _campaigns = [];

    /// <summary>Notes what a caller has taken of a route.</summary>
    /// <returns>True at the moment it turns out to do hardly anything else.</returns>
    public static bool TurnsCollector(ref CallerState caller, in CallerRoute onRoute, Route route, long time)
    {
        int items = onRoute.TakenOf(route);
        if (items <= caller.MainItems) return false;
        (caller.MainItems, caller.MainRoute) = (items, route.Id);
        if (items < MinItems || caller.CollectorSince != 0 || items < MinShare * AskedFor(caller)) return false;
        if (!People.AreOrdinary(caller) || People.ArePolite(caller) || People.Behind(caller) > 1) return false;
        caller.CollectorSince = time;
        return true;
    }

    /// <summary>True while a caller does hardly anything but take items of one route.</summary>
    public static bool IsCollecting(in CallerState caller, int route) => caller.MainRoute == route && caller.MainItems >= MinShare * AskedFor(caller);

    /// <summary>True for who turned collector on a route and still goes there for half of what it asks for, be it for new things or old.</summary>
    public static bool HasCollected(in CallerState caller, in CallerRoute onRoute, int route) =>
        caller.CollectorSince != 0 && caller.MainRoute == route && onRoute.Requests >= MinShare * AskedFor(caller);

    /// <summary>What it is called to take the route's items one after the other: objects that belong to somebody are enumerated, open content is scraped.</summary>
    public static IncidentType TypeOn(Route route) =>
        (route.Traits & (RouteTraits.Personal | RouteTraits.HasObject)) == (RouteTraits.Personal | RouteTraits.HasObject) ? IncidentType.ObjectEnumeration : IncidentType.DataScraping;

    /// <summary>Requests, without what comes along and what it takes to get in.</summary>
    private static int AskedFor(in CallerState caller) => caller.Episode[Counter.Requests] - caller.Episode[Counter.Assets] - caller.Episode[Counter.LoginAttempts] - caller.Episode[Counter.LoginVisits];

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        foreach (Conviction conviction in tick.Convictions)
            if (conviction.IsCollector && _campaigns.TryGetValue(conviction.Route, out VisitorShare? known)) known.Forget();
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            if (minute.Visitors + minute.Collectors == 0) continue;
            if (!_campaigns.TryGetValue(route, out VisitorShare? campaign)) _campaigns.Add(route, campaign = new VisitorShare());
            if (campaign.Observe(tick.Time, minute.Visitors, minute.Collectors) && Attribute(tick, route, campaign, found)) campaign.LastTold = tick.Time;
            if (campaign.Learn(tick.Time, minute.Collectors)) continue;
            if (minute.Collectors > 0) Convict(tick, route, campaign);
        }
    }

    private static bool Attribute(ServiceTick tick, int route, VisitorShare campaign, List<Finding> found)
    {
        double p = campaign.PValue;
        if (p > tick.Baselines.AlertThreshold) return false;
        var members = new List<(int Items, Member Member)>();
        var sum = default(Sum);
        foreach (CallerTable table in tick.Callers)
        {
            for (int slot = 0; slot < table.Count; slot++)
            {
                ref CallerState caller = ref table[slot];
                if (caller.CollectorSince < campaign.Since || !IsCollecting(caller, route)) continue;
                members.Add((caller.MainItems, new Member(caller.Key, table.Name(slot) ?? CallerContext.AddressName(caller))));
                sum.Add(caller);
            }
        }
        if (members.Count < MinMembers) return false;
        members.Sort(static (a, b) => a.Items != b.Items ? b.Items.CompareTo(a.Items) : a.Member.Key.CompareTo(b.Member.Key));
        found.Add(Report(tick, route, campaign, p, members, sum));
        return true;
    }

    /// <summary>What the members have taken does not show what is usual.</summary>
    private static void Convict(ServiceTick tick, int route, VisitorShare campaign)
    {
        foreach (CallerTable table in tick.Callers)
        {
            for (int slot = 0; slot < table.Count; slot++)
            {
                ref CallerState caller = ref table[slot];
                if (caller.IsSuspect || caller.CollectorSince < campaign.Since || !IsCollecting(caller, route)) continue;
                caller.IsImplicated = true;
                tick.Convictions.Add(Conviction.Of(caller));
            }
        }
    }

    private static Finding Report(ServiceTick tick, int route, VisitorShare campaign, double p, List<(int Items, Member Member)> members, in Sum sum)
    {
        Route target = tick.Baselines.Routes[route];
        bool isRefused = sum.Refused * 20 >= sum.Requests || sum.NotFound * 4 >= sum.Requests;
        double each = (double)sum.Items / members.Count;
        return new Finding
        {
            Type = isRefused ? IncidentType.ObjectEnumeration : TypeOn(target),
            Detector = "collection_campaign",
            Sequence = tick.Sequence,
            Time = tick.Time,
            Since = campaign.Since,
            Until = tick.Time,
            Actor = Fingerprint.Combine((ulong)route + 1, (ulong)IncidentType.DataScraping),
            ActorKind = ActorKind.Distributed,
            ActorName = "callers",
            Route = route,
            PValue = Math.Clamp(p, 1e-30, 1),
            Impact = Math.Clamp(0.2 * Math.Log10(sum.Items / 50.0) + (sum.Refused * 2 > sum.Requests ? 0 : 0.2), 0, 1),
            Events = sum.Requests,
            Explanation = $"{members.Count} callers together asked for {Phrase.Of(sum.Items, "item")} of {target.Template} within {Phrase.Span(tick.Time - campaign.Since)}, about {Phrase.Count(each)} each, and for hardly anything else: "
                + $"too little to notice alone. {Phrase.Percent(campaign.Present)} of the callers who come here do so now (normally {Phrase.Percent(campaign.Usual)}).",
            Drivers =
            [
                new Driver("collectors_share", Math.Round(campaign.Present, 4), Math.Round(campaign.Usual, 4), 0.6),
                new Driver("collectors", members.Count, 0, 0.2),
                new Driver("items_per_caller", Math.Round(each, 1), MinItems, 0.2),
            ],
            Members = [.. members.Take(Finding.MaxMembers).Select(static m => m.Member)],
        };
    }

    /// <summary>What the members did, together.</summary>
    private struct Sum
    {
        public long Items;
        public long Requests;
        public long Refused;
        public long NotFound;

        public void Add(in CallerState caller)
        {
            Items += caller.MainItems;
            Requests += caller.Episode[Counter.Requests];
            Refused += caller.Episode[Counter.Refused];
            NotFound += caller.Episode[Counter.NotFound];
        }
    }
}
