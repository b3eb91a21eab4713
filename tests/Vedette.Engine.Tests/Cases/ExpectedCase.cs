using System.Text.Json;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Engine.Tests.Cases;

/// <summary>What an <c>expected.json</c> says; tests/cases/README.md explains it.</summary>
internal sealed record ExpectedCase
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    public string? Description { get; init; }

    /// <summary>Each must be found, once.</summary>
    public required IReadOnlyList<ExpectedIncident> Incidents { get; init; }

    /// <summary>Types that may be found besides.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>From this level on nothing else may be found.</summary>
    public string NoOthersFrom { get; init; } = "MEDIUM";

    /// <summary>Why the engine does not live up to the case yet; the test then fails once it does.</summary>
    public string? KnownGap { get; init; }

    public static ExpectedCase Read(string path) => JsonSerializer.Deserialize<ExpectedCase>(File.ReadAllText(path), Options)!;

    /// <summary>Everything that is missing, and everything that is too much.</summary>
    public IEnumerable<string> Problems(IReadOnlyList<Incident> found)
    {
        var rest = found.ToList();
        foreach (ExpectedIncident expected in Incidents)
        {
            int match = rest.FindIndex(expected.IsMetBy);
            if (match < 0) yield return $"missing: {expected}";
            else rest.RemoveAt(match);
        }
        RiskLevel bar = ExpectedIncident.Level(NoOthersFrom);
        foreach (Incident other in rest)
            if (other.Level >= bar && !Allowed.Contains(other.Type.Name())) yield return $"too much: {Show(other)}";
    }

    private static string Show(Incident i) => $"{i.Level} {i.Risk} {i.Type.Name()} by {i.Actor.KindName} {i.Actor.Value} at {i.Endpoint}: {i.Explanation}";
}

/// <summary>One incident that must be found. What is left out may be anything.</summary>
internal sealed record ExpectedIncident
{
    public required string Type { get; init; }

    /// <summary>The actor's value, or one of its members.</summary>
    public string? Actor { get; init; }

    public string? ActorKind { get; init; }

    public int MinMembers { get; init; }

    public string? Endpoint { get; init; }

    public string MinLevel { get; init; } = "MEDIUM";

    public static RiskLevel Level(string name) => RiskLevels.TryParse(name, out RiskLevel level) ? level : throw new InvalidDataException($"There is no level {name}.");

    public bool IsMetBy(Incident incident) =>
        incident.Type.Name() == Type
        && (Actor is null || incident.Actor.Value == Actor || incident.Actor.Members.Contains(Actor))
        && (ActorKind is null || incident.Actor.KindName == ActorKind)
        && incident.Actor.Members.Count >= MinMembers
        && (Endpoint is null || incident.Endpoint == Endpoint)
        && incident.Level >= Level(MinLevel);
}
