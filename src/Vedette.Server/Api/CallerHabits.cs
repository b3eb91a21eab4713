using Vedette.Storage.Events;

namespace Vedette.Server.Api;

/// <summary>What a caller's latest requests tell of it. Events come newest first.</summary>
internal static class CallerHabits
{
    private const int MaxRows = 30;

    /// <summary>A longer pause is no transition.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    public static IReadOnlyList<RouteTransition> Transitions(IReadOnlyList<StoredEvent> events)
    {
        var counts = new Dictionary<(string, string), int>();
        for (int i = events.Count - 1; i > 0; i--)
        {
            StoredEvent before = events[i], after = events[i - 1];
            if (after.Timestamp - before.Timestamp > Pause) continue;
            (string, string) pair = (NameOf(before), NameOf(after));
            counts[pair] = counts.GetValueOrDefault(pair) + 1;
        }
        return [.. counts.OrderByDescending(static pair => pair.Value).Take(MaxRows).Select(static pair => new RouteTransition(pair.Key.Item1, pair.Key.Item2, pair.Value))];
    }

    public static IReadOnlyList<AgentUse> UserAgents(IReadOnlyList<StoredEvent> events) =>
        [.. events.Where(static e => e.UserAgent is not null).GroupBy(static e => e.UserAgent!).Select(static group => new AgentUse(group.Key, group.Count())).OrderByDescending(static use => use.Count).Take(MaxRows)];

    /// <summary>Users of an address, or addresses of a user.</summary>
    public static IReadOnlyList<CallerRow> Related(IReadOnlyList<StoredEvent> events, string kind) =>
    [
        .. events.Select(e => (Value: kind == "ip" ? e.User : e.ClientIp, Event: e)).Where(static pair => pair.Value is not null).GroupBy(static pair => pair.Value!).Select(group => new CallerRow
        {
            Kind = kind == "ip" ? "user" : "ip",
            Value = group.Key,
            Requests = group.Count(),
            ErrorRate = group.Count(static pair => pair.Event.Status >= 400) / (double)group.Count(),
            Anomalies = group.Count(static pair => pair.Event.IsAnomaly),
            Endpoints = group.Select(static pair => NameOf(pair.Event)).Distinct().Count(),
            Refused = group.Count(static pair => pair.Event.Status is 401 or 403),
            FirstSeen = group.Min(static pair => pair.Event.Timestamp),
            LastSeen = group.Max(static pair => pair.Event.Timestamp),
            MaxScore = group.Max(static pair => pair.Event.AnomalyScore),
        }).OrderByDescending(static row => row.Requests).Take(MaxRows),
    ];

    private static string NameOf(StoredEvent e) => $"{e.Method} {e.Endpoint ?? e.Path}".Trim();
}
