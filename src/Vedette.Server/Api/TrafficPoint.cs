using Vedette.Storage.Traffic;

namespace Vedette.Server.Api;

/// <summary>Traffic of one piece of time.</summary>
public sealed record TrafficPoint
{
    /// <summary>Its beginning.</summary>
    public required DateTimeOffset Time { get; init; }

    public long Requests { get; init; }

    /// <summary>Client and server errors together.</summary>
    public long Errors { get; init; }

    public long ClientErrors { get; init; }

    public long ServerErrors { get; init; }

    /// <summary>Events that carry an attack.</summary>
    public long Anomalies { get; init; }

    public double? MeanMs { get; init; }

    public double? P95Ms { get; init; }

    /// <summary>Highest anomaly score.</summary>
    public double MaxScore { get; init; }

    /// <summary>A point for every piece; an empty one where nothing happened.</summary>
    public static IReadOnlyList<TrafficPoint> Of(IReadOnlyList<TrafficBucket> buckets, DateTimeOffset from, DateTimeOffset to, TimeSpan length)
    {
        var byTime = buckets.ToDictionary(static bucket => bucket.Time, static bucket => bucket.Counts);
        var points = new List<TrafficPoint>();
        for (DateTimeOffset time = from; time < to; time += length)
            points.Add(byTime.TryGetValue(time, out TrafficCounts? counts) ? Of(time, counts) : new TrafficPoint { Time = time });
        return points;
    }

    private static TrafficPoint Of(DateTimeOffset time, TrafficCounts counts) => new()
    {
        Time = time,
        Requests = counts.Requests,
        Errors = counts.ClientErrors + counts.ServerErrors,
        ClientErrors = counts.ClientErrors,
        ServerErrors = counts.ServerErrors,
        Anomalies = counts.Anomalies,
        MeanMs = counts.MeanMs,
        P95Ms = counts.P95Ms,
        MaxScore = counts.MaxScore,
    };
}
