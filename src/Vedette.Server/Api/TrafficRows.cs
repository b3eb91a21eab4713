using Vedette.Storage.Traffic;

namespace Vedette.Server.Api;

/// <summary>One route: how much it is used, how it does, who may use it.</summary>
public record EndpointRow
{
    public required string Endpoint { get; init; }

    public string? Method { get; init; }

    public long Requests { get; init; }

    /// <summary>Share of client and server errors, 0 to 1.</summary>
    public double ErrorRate { get; init; }

    public long ClientErrors { get; init; }

    public long ServerErrors { get; init; }

    /// <summary>Answers 401 and 403.</summary>
    public long Refused { get; init; }

    public long Anomalies { get; init; }

    public double? MeanMs { get; init; }

    public double? P50Ms { get; init; }

    public double? P95Ms { get; init; }

    public double? P99Ms { get; init; }

    public double? MaxMs { get; init; }

    public long ResponseBytes { get; init; }

    /// <summary>Share of requests sent with a user, session or API key, 0 to 1.</summary>
    public double AuthenticatedShare { get; init; }

    public DateTimeOffset FirstSeen { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    /// <summary>authenticated, mixed or anonymous.</summary>
    public string AuthPosture { get; init; } = "anonymous";

    /// <summary>What its path suggests: personal data, credentials, payment, administration.</summary>
    public IReadOnlyList<string> Sensitive { get; init; } = [];

    /// <summary>True while it fails.</summary>
    public bool Failing { get; init; }

    /// <summary>How probable it is that it fails within 15 minutes, 0 to 1; null where nothing is predicted.</summary>
    public double? FailureProbability { get; init; }

    public static EndpointRow Of(TrafficTotal total)
    {
        TrafficCounts counts = total.Counts;
        double requests = Math.Max(1, counts.Requests), authenticated = counts.Authenticated / requests;
        return new EndpointRow
        {
            Endpoint = total.Key,
            Method = total.Method,
            Requests = counts.Requests,
            ErrorRate = (counts.ClientErrors + counts.ServerErrors) / requests,
            ClientErrors = counts.ClientErrors,
            ServerErrors = counts.ServerErrors,
            Refused = counts.Refused,
            Anomalies = counts.Anomalies,
            MeanMs = counts.MeanMs,
            P50Ms = counts.P50Ms,
            P95Ms = counts.P95Ms,
            P99Ms = counts.P99Ms,
            MaxMs = counts.MaxMs,
            ResponseBytes = counts.ResponseBytes,
            AuthenticatedShare = authenticated,
            FirstSeen = total.FirstSeen,
            LastSeen = total.LastSeen,
            AuthPosture = authenticated >= 0.95 ? "authenticated" : authenticated <= 0.05 ? "anonymous" : "mixed",
            Sensitive = SensitiveRoutes.HintsFor(total.Key),
        };
    }
}

/// <summary>One caller.</summary>
public sealed record CallerRow
{
    /// <summary>ip, user or api_key.</summary>
    public required string Kind { get; init; }

    public required string Value { get; init; }

    public long Requests { get; init; }

    public double ErrorRate { get; init; }

    public long Anomalies { get; init; }

    /// <summary>Routes it used; null where that was not counted.</summary>
    public int? Endpoints { get; init; }

    public long Refused { get; init; }

    public DateTimeOffset FirstSeen { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    public double MaxScore { get; init; }

    /// <summary>normal, heavy or bot; null while not known.</summary>
    public string? UsageClass { get; init; }

    public static CallerRow Of(TrafficTotal total, string kind) => new()
    {
        Kind = kind,
        Value = total.Key,
        Requests = total.Counts.Requests,
        ErrorRate = (total.Counts.ClientErrors + total.Counts.ServerErrors) / (double)Math.Max(1, total.Counts.Requests),
        Anomalies = total.Counts.Anomalies,
        Refused = total.Counts.Refused,
        FirstSeen = total.FirstSeen,
        LastSeen = total.LastSeen,
        MaxScore = total.Counts.MaxScore,
    };
}
