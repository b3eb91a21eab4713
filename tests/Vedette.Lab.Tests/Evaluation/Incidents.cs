using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;
using Vedette.Lab.Evaluation;

namespace Vedette.Lab.Tests.Evaluation;

/// <summary>Incidents and labels made by hand; times are minutes after a start.</summary>
internal static class Incidents
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static long Micros(double minute) => (long)((Start - DateTimeOffset.UnixEpoch).TotalMicroseconds + minute * 60e6);

    public static Incident Make(IncidentType type, string actor, double first, double last, int risk = 70, params string[] members) => new()
    {
        Id = $"{type}-{actor}-{first}",
        Type = type,
        Risk = risk,
        Level = RiskLevel.High,
        Confidence = 0.9,
        Actor = new Actor(members.Length > 0 ? ActorKind.Distributed : ActorKind.Ip, actor, members),
        Endpoint = null,
        FirstSeen = Start.AddMinutes(first),
        LastSeen = Start.AddMinutes(last),
        DetectedAt = Start.AddMinutes(last),
        Events = 10,
        Explanation = "",
        Drivers = [],
        Models = new Dictionary<string, double>(),
        Evidence = [],
        AlsoSeen = [],
    };

    public static TruthRow Row(string type, double start, double end, params string[] actors) => new()
    {
        Id = $"{type}-{start}",
        Type = type,
        Actors = actors,
        StartMicros = Micros(start),
        EndMicros = Micros(end),
        Intensity = "easy",
    };
}
