namespace Vedette.Storage.Traffic;

/// <summary>What happened in one bucket of time.</summary>
/// <param name="Time">Start of the bucket.</param>
/// <param name="Counts">What was counted.</param>
public sealed record TrafficBucket(DateTimeOffset Time, TrafficCounts Counts);

/// <summary>Totals of one route or caller.</summary>
/// <param name="Key">Route template, address or principal.</param>
/// <param name="Method">The route's method; null for callers.</param>
/// <param name="FirstSeen">First minute with an event.</param>
/// <param name="LastSeen">Last minute with an event.</param>
/// <param name="Counts">What was counted.</param>
public sealed record TrafficTotal(string Key, string? Method, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, TrafficCounts Counts);

/// <summary>Mergeable counts of a piece of traffic.</summary>
public sealed record TrafficCounts
{
    public long Requests { get; init; }

    /// <summary>Status 300 to 399.</summary>
    public long Redirects { get; init; }

    /// <summary>Status 400 to 499.</summary>
    public long ClientErrors { get; init; }

    /// <summary>Status 500 to 599.</summary>
    public long ServerErrors { get; init; }

    /// <summary>Status 401 and 403.</summary>
    public long Refused { get; init; }

    /// <summary>Events that belong to an incident or carry an attack.</summary>
    public long Anomalies { get; init; }

    /// <summary>Events sent with a user, session or API key.</summary>
    public long Authenticated { get; init; }

    public long RequestBytes { get; init; }

    public long ResponseBytes { get; init; }

    /// <summary>Mean server time in milliseconds over the events that have one; null if none has.</summary>
    public double? MeanMs { get; init; }

    public double? P50Ms { get; init; }

    public double? P95Ms { get; init; }

    public double? P99Ms { get; init; }

    public double? MaxMs { get; init; }

    /// <summary>Highest anomaly score.</summary>
    public double MaxScore { get; init; }
}
