using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Server.Tests.Alerts;

/// <summary>Incidents that no traffic had to raise.</summary>
internal static class TestIncidents
{
    public static Incident Of(string id, RiskLevel level = RiskLevel.High, string actor = "203.0.113.9", ActorKind kind = ActorKind.Ip, double confidence = 0.97) => new()
    {
        Id = id,
        Type = IncidentType.CredentialStuffing,
        Risk = level switch { RiskLevel.Critical => 90, RiskLevel.High => 70, RiskLevel.Medium => 50, _ => 10 },
        Level = level,
        Confidence = confidence,
        Actor = new Actor(kind, actor, []),
        Endpoint = "/login",
        FirstSeen = TestEvents.Noon,
        LastSeen = TestEvents.Noon.AddMinutes(1),
        DetectedAt = TestEvents.Noon.AddSeconds(20),
        Events = 412,
        Explanation = $"{actor} tried 400 accounts.",
        Drivers = [],
        Models = new Dictionary<string, double> { ["signatures"] = 0.5 },
        Evidence = [new Evidence(17, "POST /login 401 <!channel>", 0)],
        AlsoSeen = [],
    };
}
