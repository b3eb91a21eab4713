namespace Vedette.Engine.Detection;

/// <summary>One detector's finding about one caller or route at one moment. Rare, so it may allocate.</summary>
internal sealed record Finding
{
    public required IncidentType Type { get; init; }

    /// <summary>Name of the detector, as in the votes of an incident.</summary>
    public required string Detector { get; init; }

    /// <summary>Position of the event that caused it in the stream; ticks carry the position of the event before.</summary>
    public required long Sequence { get; init; }

    /// <summary>Event time at which it was found, microseconds.</summary>
    public required long Time { get; init; }

    /// <summary>Event time at which the conduct began, microseconds.</summary>
    public required long Since { get; init; }

    /// <summary>Event time of the last event that belongs to it, microseconds.</summary>
    public required long Until { get; init; }

    /// <summary>Fingerprint of the caller; 0 if it is about a route.</summary>
    public required ulong Actor { get; init; }

    public required ActorKind ActorKind { get; init; }

    /// <summary>The actor as text; of many who act together what they are, without how many.</summary>
    public required string ActorName { get; init; }

    /// <summary>Id of the route it is about; 0 for none or many.</summary>
    public required int Route { get; init; }

    /// <summary>Probability that honest traffic looks like this, in (0, 1].</summary>
    public required double PValue { get; init; }

    /// <summary>How much harm was done or is near, in [-0.5, 1]; below zero if an innocent reading is likelier.</summary>
    public required double Impact { get; init; }

    /// <summary>Events that belong to it so far.</summary>
    public required long Events { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Explanation { get; init; }

    public required IReadOnlyList<Driver> Drivers { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>A program's attempts, of which none got through: what every server on the internet sees all day.</summary>
    public bool IsNoise { get; init; }

    /// <summary>For a principal: fingerprint of the address it came from. 0 otherwise.</summary>
    public ulong Via { get; init; }

    /// <summary>Most callers that are named together.</summary>
    public const int MaxMembers = 1000;

    /// <summary>Callers who act together, at most <see cref="MaxMembers"/>; empty if the actor acts alone.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>Fingerprint of what campaigns share (agent, route), by which actors are grouped; 0 for none.</summary>
    public ulong Trait { get; init; }

    /// <summary>Fingerprint of where an attack is aimed: its kind, the route and the parameter; 0 for none, or if an innocent reading is likelier.</summary>
    public ulong Aim { get; init; }
}

/// <summary>Who an incident is about.</summary>
public enum ActorKind : byte
{
    Ip,
    User,
    Session,
    ApiKey,
    Endpoint,
    Distributed,
}

/// <summary>A caller that takes part in a distributed incident.</summary>
/// <param name="Key">Fingerprint of the caller.</param>
/// <param name="Name">The caller as text.</param>
internal readonly record struct Member(ulong Key, string Name);

/// <summary>A feature that drove a finding.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Baseline">What is normal for it here.</param>
/// <param name="Contribution">Its share of the finding, in [0, 1].</param>
public sealed record Driver(string Feature, double Value, double Baseline, double Contribution);

/// <summary>A request that proves an incident.</summary>
/// <param name="Line">1-based line in its source.</param>
/// <param name="Text">The line, bounded, not decoded.</param>
/// <param name="Source">Index of the source.</param>
public sealed record Evidence(long Line, string Text, int Source)
{
    /// <summary>Its place in the whole stream: in time, whatever the order of the sources.</summary>
    internal long Sequence { get; init; }
}
