using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>Programs on many addresses that say they are browsers and ask for one route again and again, none of them often: scalpers that wait for stock or seats, or those that take one thing after the other.</summary>
/// <remarks>
/// The aggregate first, as for logins: callers that ask five times for a route, hardly for anything else, and never for a picture, a style sheet or a script, against their usual share of the route's visitors. Where pages
/// come from another host, or everybody's browser has them stored, that share is learnt to be large. When all browsers cease to fetch them at once, the service has changed.
/// </remarks>
internal sealed class DistributedBotDetector : IServiceDetector
{
    /// <summary>Requests of a route from which on a visitor lasts, and should have fetched something.</summary>
    public const int LastingRequests = 5;
    private const double MinShare = 0.5;
    private const int MinMembers = 5;

    /// <summary>One known caller for so many new ones may be there by chance.</summary>
    private const int MostKnown = 3;

    /// <summary>Who asks for something new three times of four collects, and does not wait.</summary>
    private const int MostlyParts = 3;
    private const int MostlyOf = 4;

    /// <summary>Where browsers fetch fewer than this share of pictures and scripts, their absence says nothing.</summary>
    private const double MinAssetShare = 0.02;

    /// <summary>They must go on to fetch at least so much of what they usually do.</summary>
    private const double StillFetched = 0.5;

    /// <summary>So long after the first alarm it shows whether they come again and again, as clients do that have gone wrong after a release.</summary>
    private const long SettleMicros = 10L * 60_000_000;

    /// <summary>More than these that ask as often as <see cref="InsistenceDetector"/> takes note of have not come to be unnoticed.</summary>
    private const int MostInsistent = 8;

    private readonly Dictionary<int, VisitorShare> _campaigns = [];

    /// <summary>Alarms that have not settled yet, by route.</summary>
    private readonly SortedDictionary<int, Alarm> _alarms = [];

    /// <summary>Notes how a caller uses a route.</summary>
    /// <returns>True at the moment a new one turns out to be a browser that only asks for this, and never for what a page needs.</returns>
    public static bool TurnsWatcher(ref CallerState caller, in CallerRoute onRoute, Route route, long time)
    {
        if (caller.WatcherSince != 0 || onRoute.Requests < LastingRequests || caller.Agent != UserAgentKind.Browser || caller.Kind != CallerKind.Address) return false;
        if (caller.Episode[Counter.Assets] > 0 || onRoute.Requests < MinShare * caller.Episode[Counter.Requests] || (route.Traits & RouteTraits.Login) != 0) return false;
        if (People.AreKnown(caller) || People.Behind(caller) > 1) return false;
        (caller.WatcherSince, caller.WatchedRoute) = (time, route.Id);
        return IsNew(caller);
    }

    /// <summary>Who was here before has a reason to come.</summary>
    private static bool IsNew(in CallerState caller) => caller.FirstSeen == caller.EpisodeStart;

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        Baselines baselines = tick.Baselines;
        bool isTelling = baselines.BrowserAssetShare >= MinAssetShare && baselines.RecentAssetShare >= StillFetched * baselines.BrowserAssetShare;
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            if (minute.Visitors + minute.Watchers == 0) continue;
            if (!_campaigns.TryGetValue(route, out VisitorShare? campaign)) _campaigns.Add(route, campaign = new VisitorShare());
            if (campaign.Observe(tick.Time, minute.Visitors, minute.Watchers) && isTelling && campaign.PValue <= baselines.AlertThreshold) NoteAlarm(route, campaign, tick.Time);
            campaign.Learn(tick.Time, minute.Watchers);
        }
        List<int>? settled = null;
        foreach ((int route, Alarm alarm) in _alarms)
            if (tick.Time - alarm.Time >= SettleMicros) (settled ??= []).Add(route);
        if (settled is null) return;
        foreach (int route in settled)
        {
            if (_alarms.Remove(route, out Alarm? alarm) && isTelling && Attribute(tick, route, alarm, found)) _campaigns[route].LastTold = tick.Time;
        }
    }

    /// <summary>An alarm goes on being the same one until it has settled, as strong as it ever was.</summary>
    private void NoteAlarm(int route, VisitorShare campaign, long time)
    {
        _alarms.TryGetValue(route, out Alarm? before);
        if (before is not null && before.PValue <= campaign.PValue) return;
        _alarms[route] = new Alarm(before?.Time ?? time, before?.Since ?? campaign.Since, campaign.PValue, campaign.Present, campaign.Usual);
    }

    private static bool Attribute(ServiceTick tick, int route, Alarm alarm, List<Finding> found)
    {
        var members = new List<(int Requests, Member Member)>();
        int known = 0, collecting = 0, insistent = 0;
        foreach (CallerTable table in tick.Callers)
        {
            for (int slot = 0; slot < table.Count; slot++)
            {
                ref CallerState caller = ref table[slot];
                if (caller.WatcherSince < alarm.Since || caller.WatchedRoute != route || caller.Episode[Counter.Assets] > 0) continue;
                int requests = caller.Episode[Counter.Requests];
                bool collects = DistributedCollectionDetector.IsCollecting(caller, route) && caller.MainItems * MostlyOf >= requests * MostlyParts;
                if (collects) collecting++;
                else if (requests >= InsistenceDetector.NotedRequests) insistent++;
                if (!IsNew(caller))
                {
                    known++;
                    continue;
                }
                members.Add((requests, new Member(caller.Key, table.Name(slot) ?? CallerContext.AddressName(caller))));
            }
        }
        // Where clients that were here before do the same, or many ask without end, they have gone wrong all together: after a release, or in an outage.
        if (members.Count < MinMembers || known * MostKnown > members.Count || insistent > MostInsistent) return false;
        members.Sort(static (a, b) => a.Requests != b.Requests ? b.Requests.CompareTo(a.Requests) : a.Member.Key.CompareTo(b.Member.Key));
        found.Add(Report(tick, route, alarm, members, collecting * 2 > members.Count));
        return true;
    }

    private static Finding Report(ServiceTick tick, int route, Alarm alarm, List<(int Requests, Member Member)> members, bool areCollecting)
    {
        long requests = members.Sum(static m => (long)m.Requests);
        return new Finding
        {
            Type = areCollecting ? DistributedCollectionDetector.TypeOn(tick.Baselines.Routes[route]) : IncidentType.Bot,
            Detector = "automation_campaign",
            Sequence = tick.Sequence,
            Time = tick.Time,
            Since = alarm.Since,
            Until = tick.Time,
            Actor = Fingerprint.Combine((ulong)route + 1, (ulong)IncidentType.Bot),
            ActorKind = ActorKind.Distributed,
            ActorName = "addresses",
            Route = route,
            PValue = Math.Clamp(alarm.PValue, 1e-30, 1),
            Impact = Math.Clamp(0.1 + 0.2 * Math.Log10(requests / 50.0), 0, 0.8),
            Events = requests,
            Explanation = $"{members.Count} addresses claim to be browsers and behave like programs: {Phrase.Of(requests, "request")} of {tick.Baselines.Routes[route].Template} within {Phrase.Span(tick.Time - alarm.Since)} and of hardly anything else, "
                + $"without any of the pictures and scripts that make up {Phrase.Percent(tick.Baselines.BrowserAssetShare)} of browsers' requests here. {Phrase.Percent(alarm.Present)} of the callers who come here do so now (normally {Phrase.Percent(alarm.Usual)}).",
            Drivers =
            [
                new Driver("watchers_share", Math.Round(alarm.Present, 4), Math.Round(alarm.Usual, 4), 0.6),
                new Driver("watchers", members.Count, 0, 0.2),
                new Driver("asset_share", 0, Math.Round(tick.Baselines.BrowserAssetShare, 3), 0.2),
            ],
            Members = [.. members.Take(Finding.MaxMembers).Select(static m => m.Member)],
        };
    }

    /// <summary>When the watchers became too many, and how unlikely they were at most.</summary>
    private sealed record Alarm(long Time, long Since, double PValue, double Present, double Usual);
}
