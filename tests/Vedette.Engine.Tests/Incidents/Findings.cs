using Vedette.Engine.Detection;

namespace Vedette.Engine.Tests.Incidents;

/// <summary>Makes findings for tests.</summary>
internal static class Findings
{
    public const long Start = 1_770_000_000_000_000;
    public const long Minute = 60_000_000;

    public static Finding Make(IncidentType type, ulong actor = 1, double minute = 0, double pValue = 1e-6, double impact = 0.3, ActorKind kind = ActorKind.Ip, ulong via = 0, ulong trait = 0,
        int route = 1, long events = 10, params ulong[] members) => new()
    {
        Type = type,
        Detector = type.Name(),
        Sequence = (long)(minute * 1000),
        Time = Start + (long)(minute * Minute),
        Since = Start + (long)((minute - 1) * Minute),
        Until = Start + (long)(minute * Minute),
        Actor = actor,
        ActorKind = kind,
        ActorName = $"actor{actor}",
        Route = route,
        PValue = pValue,
        Impact = impact,
        Events = events,
        Explanation = $"{type} by {actor}",
        Drivers = [new Driver("feature", 1, 0, 1)],
        Via = via,
        Trait = trait,
        Members = [.. members.Select(static m => new Member(m, $"actor{m}"))],
    };
}
