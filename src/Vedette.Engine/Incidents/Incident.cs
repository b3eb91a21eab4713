using Vedette.Engine.Detection;
using Vedette.Engine.Risk;

namespace Vedette.Engine.Incidents;

/// <summary>One campaign or one fault: what a person looks at.</summary>
public sealed record Incident
{
    /// <summary>Stable id, derived from what raised it: the same input gives the same id.</summary>
    public required string Id { get; init; }

    public required IncidentType Type { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Risk { get; init; }

    public required RiskLevel Level { get; init; }

    /// <summary>How sure it is that this is what it says, in [0, 1].</summary>
    public required double Confidence { get; init; }

    public required Actor Actor { get; init; }

    /// <summary>Template of the route it is about; null for none or many.</summary>
    public required string? Endpoint { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Event time at which it was raised.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>Events that belong to it; of a campaign of callers who are alike, those of the first <see cref="Actor.MaxMembers"/>.</summary>
    public required long Events { get; init; }

    /// <summary>What happened, for a tired person.</summary>
    public required string Explanation { get; init; }

    public required IReadOnlyList<Driver> Drivers { get; init; }

    /// <summary>Each detector's or model's vote, 0 to 1.</summary>
    public required IReadOnlyDictionary<string, double> Models { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Other types that were found in the same campaign.</summary>
    public required IReadOnlyList<IncidentType> AlsoSeen { get; init; }

    /// <summary>Id of the campaign it turned out to belong to, which tells of it from then on; null for an incident of its own. Set only where changes are told, never in a list of incidents.</summary>
    public string? PartOf { get; init; }

    /// <summary>Fingerprints of the callers behind it, by which events are told to belong to it.</summary>
    internal IReadOnlyCollection<ulong> CallerKeys { get; init; } = [];

    /// <summary>Id of the route it is about, or 0.</summary>
    internal int Route { get; init; }

    public IReadOnlyList<string> OwaspApi => Taxonomy.OwaspApi(Type);

    public IReadOnlyList<string> MitreAttack => Taxonomy.MitreAttack(Type);
}

/// <summary>Whom an incident is about.</summary>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Value">The actor as text.</param>
/// <param name="Members">For a distributed one: the callers who act together, the busiest first, at most <see cref="MaxMembers"/>.</param>
public sealed record Actor(ActorKind Kind, string Value, IReadOnlyList<string> Members)
{
    /// <summary>Most members that are remembered of one incident.</summary>
    public const int MaxMembers = Finding.MaxMembers;

    /// <summary>True if there may be more members than are remembered: their number is a least one then.</summary>
    public bool MayHaveMore => Members.Count >= MaxMembers;

    /// <summary>The kind's name on the wire.</summary>
    public string KindName => Kind switch
    {
        ActorKind.Ip => "ip",
        ActorKind.User => "user",
        ActorKind.Session => "session",
        ActorKind.ApiKey => "api_key",
        ActorKind.Endpoint => "endpoint",
        _ => "distributed",
    };
}
