using System.Text.Json;
using System.Text.Json.Serialization;
using Vedette.Storage.Results;

namespace Vedette.Server.Api;

/// <summary>An incident as answers hold it: the stored document, and what people said of it.</summary>
public record IncidentRow
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Risk { get; init; }

    /// <summary>CRITICAL, HIGH, MEDIUM or LOW.</summary>
    public required string Level { get; init; }

    /// <summary>0 to 1.</summary>
    public double Confidence { get; init; }

    public required IncidentActor Actor { get; init; }

    /// <summary>Route template; null for none or many.</summary>
    public string? Endpoint { get; init; }

    public DateTimeOffset FirstSeen { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Event time at which it was raised.</summary>
    public DateTimeOffset DetectedAt { get; init; }

    public long Events { get; init; }

    public string Explanation { get; init; } = "";

    public IReadOnlyList<IncidentDriver> Drivers { get; init; } = [];

    /// <summary>Each model's vote, 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Models { get; init; } = new Dictionary<string, double>();

    public IReadOnlyList<string> AlsoSeen { get; init; } = [];

    public IReadOnlyList<IncidentEvidence> Evidence { get; init; } = [];

    public IReadOnlyList<string> OwaspApi { get; init; } = [];

    public IReadOnlyList<string> MitreAttack { get; init; } = [];

    /// <summary>Id of the campaign it turned out to belong to; null for an incident of its own. Lists leave it out, the campaign tells of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PartOf { get; init; }

    /// <summary>confirmed, false_positive, benign, or null while nobody judged it.</summary>
    public string? Verdict { get; init; }

    /// <summary>Reads the stored document.</summary>
    public static IncidentRow Of(StoredIncident stored, string? verdict) =>
        JsonSerializer.Deserialize(stored.Json, WireJson.Wire.IncidentRow)! with { Verdict = verdict };
}

/// <summary>Whom an incident is about.</summary>
/// <param name="Kind">ip, user, session, api_key, endpoint or distributed.</param>
/// <param name="Value">The actor as text.</param>
/// <param name="Members">For a distributed one: the callers who act together.</param>
public sealed record IncidentActor(string Kind, string Value, IReadOnlyList<string> Members);

/// <summary>What drove the judgement.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Value">As measured.</param>
/// <param name="Baseline">As usual.</param>
/// <param name="Contribution">Share in the judgement.</param>
public sealed record IncidentDriver(string Feature, double Value, double Baseline, double Contribution);

/// <summary>A request that proves it.</summary>
/// <param name="Line">Number of the event in its stream.</param>
/// <param name="Text">The request, masked.</param>
public sealed record IncidentEvidence(long Line, string Text)
{
    /// <summary>Index of the input it came from, where there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Source { get; init; }
}
