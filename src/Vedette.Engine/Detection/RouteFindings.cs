using Vedette.Engine.Events;

namespace Vedette.Engine.Detection;

/// <summary>Makes findings about routes, and one out of many when a whole service suffers.</summary>
internal static class RouteFindings
{
    /// <summary>From this many routes on, it is one trouble of the service.</summary>
    private const int ManyRoutes = 3;

    public static Finding About(ServiceTick tick, int route, IncidentType type, string detector, double pValue, double impact, in Episode episode, string explanation, Driver[] drivers) => new()
    {
        Type = type,
        Detector = detector,
        Sequence = tick.Sequence,
        Time = tick.Time,
        Since = episode.Since,
        Until = tick.Time,
        Actor = Fingerprint.Combine((ulong)route + 1, (ulong)type),
        ActorKind = ActorKind.Endpoint,
        ActorName = route == 0 ? "all routes" : tick.Baselines.Routes[route].Template,
        Route = route,
        PValue = Math.Clamp(pValue, 1e-30, 1),
        Impact = impact,
        Events = Math.Max(1, episode.Events),
        Explanation = explanation,
        Drivers = drivers,
    };

    /// <summary>The findings themselves if they are few; one about the service, told by the worst, if they are many.</summary>
    public static IEnumerable<Finding> Together(List<Finding> findings, ServiceTick tick)
    {
        if (findings.Count < ManyRoutes) return findings;
        Finding worst = findings[0];
        foreach (Finding finding in findings)
            if (finding.Events > worst.Events) worst = finding;
        return
        [
            worst with
            {
                Actor = Fingerprint.Combine(1, (ulong)worst.Type),
                ActorName = "all routes",
                Since = findings.Min(static f => f.Since),
                Events = findings.Sum(static f => f.Events),
                Impact = findings.Max(static f => f.Impact),
                Explanation = $"{findings.Count} routes at once, worst of all {tick.Baselines.Routes[worst.Route].Template}. {worst.Explanation}",
            },
        ];
    }
}
