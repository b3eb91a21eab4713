namespace Vedette.Storage.Events;

/// <summary>An event as it is kept: masked, with its route and what was made of it. Absent is null.</summary>
public sealed record StoredEvent
{
    /// <summary>Opaque, unique, sortable by time of writing.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public string? Method { get; init; }

    public string? Path { get; init; }

    public string? Query { get; init; }

    /// <summary>Route template.</summary>
    public string? Endpoint { get; init; }

    public int? Status { get; init; }

    public double? DurationMs { get; init; }

    public string? ClientIp { get; init; }

    public string? User { get; init; }

    public string? Session { get; init; }

    /// <summary>Keyed hash of the API key.</summary>
    public string? ApiKey { get; init; }

    public long? RequestBytes { get; init; }

    public long? ResponseBytes { get; init; }

    public string? UserAgent { get; init; }

    public string? Referer { get; init; }

    public string? Host { get; init; }

    public string? Protocol { get; init; }

    /// <summary>Bounded sample, redacted.</summary>
    public string? Headers { get; init; }

    /// <summary>Bounded sample, redacted.</summary>
    public string? Body { get; init; }

    /// <summary>Name of the input it came from.</summary>
    public string? Source { get; init; }

    /// <summary>How anomalous, in [0, 1].</summary>
    public double AnomalyScore { get; init; }

    public bool IsAnomaly { get; init; }

    /// <summary>Incident types it was taken for.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>It came later than the clock allows, and was analysed as if it happened when it came.</summary>
    public bool IsLate { get; init; }
}
