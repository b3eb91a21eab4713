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
    private const int MaxMembers = 1000;
    private const double MinExcess = 4;

    /// <summary>Before any data: one visitor in fifty collects, and it may as well be one in three: in one service people look at two things, in another at twenty.</summary>
    private const double PriorShare = 0.02;
    private const double PriorVisitors = 4;

    /// <summary>Visitors of undoubted times without whom the share says nothing: where everybody collects from the start, there are none.</summary>
    private const double MinLearntVisitors = 3;

    /// <summary>Minutes after which a visitor has shown whether it turns collector.</summary>
    private const int MaturingMinutes = 12;

    /// <summary>How many visitors' worth of sureness the share has at most: it differs from one hour to another.</summary>
    private const double MostSureness = 300;

    /// <summary>Relative variance of its odds between the hours of a day: when more is going on, people stay longer.</summary>
    private const double HourlyVariance = 0.12;

    private const double Allowance = 0.1;
    private const double KeepPerMinute = 0.99952;
    private const double KeepRecent = 0.95;
    private const long MinuteMicros = 60_000_000;
    private const long QuietMicros = 30 * MinuteMicros;

    /// <summary>While a campaign is told of and for an hour after, its route's visitors do not teach what is usual.</summary>
    private const long UnusualMicros = 60 * MinuteMicros;

    /// <summary>What may become a campaign teaches nothing before it has ended; what goes on for longer is usual.</summary>
    private const long DoubtfulMicros = 120 * MinuteMicros;

    private readonly Dictionary<int, Campaign> _campaigns = [];

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

    /// <summary>Requests, without what comes along and what it takes to get in.</summary>
    private static int AskedFor(in CallerState caller) => caller.Episode[Counter.Requests] - caller.Episode[Counter.Assets] - caller.Episode[Counter.LoginAttempts] - caller.Episode[Counter.LoginVisits];

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        foreach (Conviction conviction in tick.Convictions)
            if (conviction.IsCollector && _campaigns.TryGetValue(conviction.Route, out Campaign? known)) known.Forget();
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            if (minute.Visitors + minute.Collectors == 0) continue;
            if (!_campaigns.TryGetValue(route, out Campaign? campaign)) _campaigns.Add(route, campaign = new Campaign());
            double minutes = campaign.Advance(tick.Time);
            campaign.Arrive(minute.Visitors, tick.Time / MinuteMicros);
            double share = (campaign.LearntCollectors + PriorShare * PriorVisitors) / (campaign.LearntVisitors + PriorVisitors);
            double excess = minute.Collectors - 2 * share * minute.Visitors - Allowance * minutes;
            if (campaign.Excess <= 0 && excess > 0) campaign.Begin(tick.Time);
            campaign.Excess = tick.Time - campaign.LastExcess > QuietMicros ? 0 : Math.Max(0, campaign.Excess + excess);
            if (campaign.Excess > 0) campaign.Count(minute, excess, tick.Time);
            if (excess > 0 && campaign.Excess >= MinExcess && campaign.LearntVisitors >= MinLearntVisitors && Attribute(tick, route, campaign, share, found)) campaign.LastTold = tick.Time;
            if (campaign.LastTold == 0 || tick.Time - campaign.LastTold > UnusualMicros)
            {
                campaign.Learn(minute.Collectors, campaign.Matured, tick.Time);
                continue;
            }
            campaign.DropDoubtful();
            if (minute.Collectors > 0) Convict(tick, route, campaign);
        }
    }

    private static bool Attribute(ServiceTick tick, int route, Campaign campaign, double share, List<Finding> found)
    {
        double mean = Math.Min(0.5, share), sureness = Math.Min(Math.Min(MostSureness, (1 - mean) / (mean * HourlyVariance)), PriorVisitors + campaign.LearntVisitors);
        double p = BetaBinomial.WithMean(mean, sureness).UpperTail((int)campaign.Collectors, (int)Math.Max(campaign.Collectors, campaign.Visitors));
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
        found.Add(Report(tick, route, campaign, share, p, members, sum));
        return true;
    }

    /// <summary>What the members have taken does not show what is usual.</summary>
    private static void Convict(ServiceTick tick, int route, Campaign campaign)
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

    private static Finding Report(ServiceTick tick, int route, Campaign campaign, double share, double p, List<(int Items, Member Member)> members, in Sum sum)
    {
        Route target = tick.Baselines.Routes[route];
        bool isPersonal = (target.Traits & (RouteTraits.Personal | RouteTraits.HasObject)) == (RouteTraits.Personal | RouteTraits.HasObject);
        bool isRefused = sum.Refused * 20 >= sum.Requests || sum.NotFound * 4 >= sum.Requests;
        double each = (double)sum.Items / members.Count;
        double now = campaign.Collectors / Math.Max(campaign.Collectors, campaign.Visitors);
        return new Finding
        {
            Type = isPersonal || isRefused ? IncidentType.ObjectEnumeration : IncidentType.DataScraping,
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
                + $"too little to notice alone. {Phrase.Percent(now)} of the callers who come here do so now (normally {Phrase.Percent(share)}).",
            Drivers =
            [
                new Driver("collectors_share", Math.Round(now, 4), Math.Round(share, 4), 0.6),
                new Driver("collectors", members.Count, 0, 0.2),
                new Driver("items_per_caller", Math.Round(each, 1), MinItems, 0.2),
            ],
            Members = [.. members.Take(MaxMembers).Select(static m => m.Member)],
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

    private sealed class Campaign
    {
        public double Excess;
        public long Since;
        public long LastExcess;
        public long LastTold;
        public long LastSeen;
        public double Collectors;
        public double Visitors;
        public double LearntCollectors;
        public double LearntVisitors;

        private double _doubtfulCollectors;
        private double _doubtfulVisitors;

        /// <summary>Visitors of the last twenty minutes or so: some who turn collectors now came then.</summary>
        public double Recent;

        /// <summary>Visitors of whom it has become clear in this minute whether they turn collectors.</summary>
        public double Matured;

        private readonly double[] _maturing = new double[MaturingMinutes];
        private long _minute;

        /// <summary>Lets the time since the route was used last pass.</summary>
        /// <returns>Minutes of it.</returns>
        public double Advance(long time)
        {
            double minutes = LastSeen == 0 ? 1 : Math.Max(1, (double)(time - LastSeen) / MinuteMicros);
            LastSeen = time;
            Recent *= Math.Pow(KeepRecent, minutes);
            LearntCollectors *= Math.Pow(KeepPerMinute, minutes);
            LearntVisitors *= Math.Pow(KeepPerMinute, minutes);
            return minutes;
        }

        /// <summary>Takes in who came in a minute.</summary>
        public void Arrive(double visitors, long minute)
        {
            Recent += visitors;
            Matured = 0;
            for (long passed = Math.Max(_minute + 1, minute - MaturingMinutes + 1); passed <= minute; passed++)
            {
                Matured += _maturing[PlaceOf(passed)];
                _maturing[PlaceOf(passed)] = 0;
            }
            _maturing[PlaceOf(minute)] += visitors;
            _minute = minute;
        }

        public void Begin(long time)
        {
            Since = time - MinuteMicros;
            Collectors = 0;
            Visitors = Recent;
            LastExcess = time;
        }

        public void Count(RouteMinute minute, double excess, long time)
        {
            if (time - MinuteMicros > Since) Visitors += minute.Visitors;
            Collectors += minute.Collectors;
            if (excess > 0) LastExcess = time;
        }

        public void Learn(double collectors, double visitors, long time)
        {
            _doubtfulCollectors += collectors;
            _doubtfulVisitors += visitors;
            if (Excess > 0 && time - Since < DoubtfulMicros) return;
            LearntCollectors += _doubtfulCollectors;
            LearntVisitors += _doubtfulVisitors;
            DropDoubtful();
        }

        /// <summary>Event time may lie before 1970.</summary>
        private static int PlaceOf(long minute) => (int)((minute % MaturingMinutes + MaturingMinutes) % MaturingMinutes);

        public void DropDoubtful() => _doubtfulCollectors = _doubtfulVisitors = 0;

        /// <summary>Something is raised about a collector: it does not show what is usual.</summary>
        public void Forget()
        {
            (double collectors, double visitors) = _doubtfulCollectors > 0 ? (_doubtfulCollectors, _doubtfulVisitors) : (LearntCollectors, LearntVisitors);
            (collectors, visitors) = (Math.Max(0, collectors - 1), Math.Max(0, visitors - 1));
            if (_doubtfulCollectors > 0) (_doubtfulCollectors, _doubtfulVisitors) = (collectors, visitors);
            else (LearntCollectors, LearntVisitors) = (collectors, visitors);
        }
    }
}
