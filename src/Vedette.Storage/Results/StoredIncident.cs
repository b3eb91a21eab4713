using System.Text.Json;

namespace Vedette.Storage.Results;

/// <summary>An incident: the columns it is searched by, and the whole as JSON in the shape users know.</summary>
public sealed record StoredIncident
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>LOW, MEDIUM, HIGH or CRITICAL.</summary>
    public required string Level { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Risk { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorValue { get; init; }

    public string? Endpoint { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>Id of the campaign it turned out to belong to; null for an incident of its own.</summary>
    public string? PartOf { get; init; }

    /// <summary>The incident as <c>IncidentJson</c> writes it.</summary>
    public required string Json { get; init; }

    /// <summary>What a search for text looks at: actor and explanation. The JSON itself has its text escaped.</summary>
    internal string SearchedText()
    {
        using JsonDocument json = JsonDocument.Parse(Json);
        string? explanation = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("explanation"u8, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return $"{ActorValue}\n{explanation}";
    }
}

/// <summary>Which incidents, of those that are no part of another; a property that is null filters nothing.</summary>
public sealed record IncidentQuery
{
    /// <summary>Last seen at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First seen before.</summary>
    public DateTimeOffset? To { get; init; }

    public string? Type { get; init; }

    /// <summary>LOW, MEDIUM, HIGH or CRITICAL.</summary>
    public string? Level { get; init; }

    /// <summary>0 to 100.</summary>
    public int? MinRisk { get; init; }

    public string? ActorValue { get; init; }

    public string? Endpoint { get; init; }

    /// <summary>Latest verdict: <c>confirmed</c>, <c>false_positive</c>, <c>benign</c>, or <c>none</c> for those nobody judged yet.</summary>
    public string? Verdict { get; init; }

    /// <summary>Text in the explanation or the actor, case ignored.</summary>
    public string? Text { get; init; }
}
