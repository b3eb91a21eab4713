namespace Vedette.Storage.Traffic;

/// <summary>Running counts of one key in one span of time.</summary>
internal sealed class TrafficCell
{
    public long FirstMinute { get; set; } = long.MaxValue;

    public long LastMinute { get; set; } = long.MinValue;

    public long Requests { get; set; }

    public long Redirects { get; set; }

    public long ClientErrors { get; set; }

    public long ServerErrors { get; set; }

    public long Refused { get; set; }

    public long Anomalies { get; set; }

    public long Authenticated { get; set; }

    public long RequestBytes { get; set; }

    public long ResponseBytes { get; set; }

    /// <summary>Microseconds.</summary>
    public long DurationSum { get; set; }

    /// <summary>Microseconds; -1 while none is known.</summary>
    public long DurationMax { get; set; } = -1;

    public double MaxScore { get; set; }

    public LatencyHistogram Latency { get; } = new();

    public void Add(in EventFacts facts, long minute)
    {
        FirstMinute = Math.Min(FirstMinute, minute);
        LastMinute = Math.Max(LastMinute, minute);
        Requests++;
        if (facts.Status is >= 300 and < 400) Redirects++;
        if (facts.Status is >= 400 and < 500) ClientErrors++;
        if (facts.Status is >= 500 and < 600) ServerErrors++;
        if (facts.Status is 401 or 403) Refused++;
        if (facts.IsAnomaly) Anomalies++;
        if (facts.IsAuthenticated) Authenticated++;
        RequestBytes += facts.RequestBytes;
        ResponseBytes += facts.ResponseBytes;
        MaxScore = Math.Max(MaxScore, facts.Score);
        if (!facts.HasDuration) return;
        DurationSum += facts.DurationMicros;
        DurationMax = Math.Max(DurationMax, facts.DurationMicros);
        Latency.Add(facts.LatencyBucket);
    }

    public void Add(TrafficCell other)
    {
        FirstMinute = Math.Min(FirstMinute, other.FirstMinute);
        LastMinute = Math.Max(LastMinute, other.LastMinute);
        Requests += other.Requests;
        Redirects += other.Redirects;
        ClientErrors += other.ClientErrors;
        ServerErrors += other.ServerErrors;
        Refused += other.Refused;
        Anomalies += other.Anomalies;
        Authenticated += other.Authenticated;
        RequestBytes += other.RequestBytes;
        ResponseBytes += other.ResponseBytes;
        DurationSum += other.DurationSum;
        DurationMax = Math.Max(DurationMax, other.DurationMax);
        MaxScore = Math.Max(MaxScore, other.MaxScore);
        Latency.Add(other.Latency);
    }

    /// <summary>The counts as they are reported, times in milliseconds.</summary>
    public TrafficCounts ToCounts() => new()
    {
        Requests = Requests,
        Redirects = Redirects,
        ClientErrors = ClientErrors,
        ServerErrors = ServerErrors,
        Refused = Refused,
        Anomalies = Anomalies,
        Authenticated = Authenticated,
        RequestBytes = RequestBytes,
        ResponseBytes = ResponseBytes,
        MeanMs = Latency.Total == 0 ? null : DurationSum / 1000.0 / Latency.Total,
        P50Ms = Milliseconds(0.5),
        P95Ms = Milliseconds(0.95),
        P99Ms = Milliseconds(0.99),
        MaxMs = DurationMax < 0 ? null : DurationMax / 1000.0,
        MaxScore = MaxScore,
    };

    private double? Milliseconds(double q) => Latency.Quantile(q) is { } micros ? Math.Min(micros, DurationMax) / 1000.0 : null;
}
