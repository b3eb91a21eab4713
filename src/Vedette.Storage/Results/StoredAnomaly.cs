namespace Vedette.Storage.Results;

/// <summary>A minute of one caller or route that was judged unusual, with the eight window features.</summary>
public sealed record StoredAnomaly
{
    /// <summary>Given by the store; empty when it is written.</summary>
    public string Id { get; init; } = "";

    /// <summary>End of the window.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorValue { get; init; }

    /// <summary>Route the window is about, or the actor's busiest.</summary>
    public string? Endpoint { get; init; }

    /// <summary>In [0, 1], higher is stranger.</summary>
    public required double AnomalyScore { get; init; }

    public double FailureProbability { get; init; }

    public double BotProbability { get; init; }

    /// <summary>In [0, 1]: the weighted sum of the three before.</summary>
    public required double RiskScore { get; init; }

    /// <summary>HIGH, MEDIUM or LOW.</summary>
    public required string Priority { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Risk { get; init; }

    /// <summary>normal, heavy or bot; null while not known.</summary>
    public string? UsageClass { get; init; }

    public required double ReqCount { get; init; }

    public required double ErrorRate { get; init; }

    /// <summary>Milliseconds.</summary>
    public required double AvgResponseTime { get; init; }

    /// <summary>Milliseconds.</summary>
    public required double MaxResponseTime { get; init; }

    /// <summary>Bytes.</summary>
    public required double PayloadMean { get; init; }

    public required double UniqueEndpoints { get; init; }

    public required double RepeatRate { get; init; }

    /// <summary>Bits.</summary>
    public required double StatusEntropy { get; init; }

    /// <summary>Each model's vote as a JSON object.</summary>
    public string VotesJson { get; init; } = "{}";

    /// <summary>What drove it, for a person.</summary>
    public string Explanation { get; init; } = "";
}

/// <summary>Which anomalies; a property that is null filters nothing.</summary>
public sealed record AnomalyQuery
{
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Endpoint { get; init; }

    public string? ActorValue { get; init; }

    public string? Priority { get; init; }

    public string? UsageClass { get; init; }

    /// <summary>In [0, 1].</summary>
    public double? MinRiskScore { get; init; }
}

/// <summary>Counts for an overview.</summary>
/// <param name="AnomaliesByPriority">HIGH, MEDIUM, LOW.</param>
/// <param name="AnomaliesByEndpoint">The hundred with most.</param>
/// <param name="IncidentsByType">By type name.</param>
/// <param name="IncidentsByLevel">CRITICAL to LOW.</param>
public sealed record ResultCounts(IReadOnlyDictionary<string, long> AnomaliesByPriority, IReadOnlyDictionary<string, long> AnomaliesByEndpoint,
    IReadOnlyDictionary<string, long> IncidentsByType, IReadOnlyDictionary<string, long> IncidentsByLevel);

/// <summary>What is known of one caller.</summary>
/// <param name="Kind">ip, user, session or api_key.</param>
/// <param name="Value">The caller as text.</param>
/// <param name="FirstSeen">First event.</param>
/// <param name="LastSeen">Last event.</param>
/// <param name="Json">The profile itself.</param>
public sealed record StoredProfile(string Kind, string Value, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, string Json);
