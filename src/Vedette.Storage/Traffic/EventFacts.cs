using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Storage.Events;

namespace Vedette.Storage.Traffic;

/// <summary>What the roll-ups count of one event.</summary>
internal readonly struct EventFacts
{
    /// <summary>A year in microseconds, 32 TiB: what is beyond is no measurement, and would overflow a sum.</summary>
    private const long Most = 1L << 45;

    public EventFacts(in HttpEvent request, in EventOutcome outcome) : this(
        request.Status, request.DurationMicros, request.RequestBytes, request.ResponseBytes, outcome.IsAnomaly,
        !request.User.IsEmpty || !request.Session.IsEmpty || !request.ApiKey.IsEmpty, EventScore.Rounded(outcome.Score))
    {
    }

    public EventFacts(int status, long durationMicros, long requestBytes, long responseBytes, bool isAnomaly, bool isAuthenticated, double score)
    {
        Status = status;
        DurationMicros = durationMicros < 0 ? HttpEvent.Unknown : Math.Min(durationMicros, Most);
        RequestBytes = Math.Clamp(requestBytes, 0, Most);
        ResponseBytes = Math.Clamp(responseBytes, 0, Most);
        IsAnomaly = isAnomaly;
        IsAuthenticated = isAuthenticated;
        Score = score;
        LatencyBucket = HasDuration ? LatencyHistogram.BucketOf(DurationMicros) : 0;
    }

    /// <summary>The same without the server time.</summary>
    public EventFacts WithoutDuration() => this with { DurationMicros = HttpEvent.Unknown, LatencyBucket = 0 };

    public int Status { get; }

    public long DurationMicros { get; private init; }

    public bool HasDuration => DurationMicros != HttpEvent.Unknown;

    public int LatencyBucket { get; private init; }

    public long RequestBytes { get; }

    public long ResponseBytes { get; }

    public bool IsAnomaly { get; }

    public bool IsAuthenticated { get; }

    public double Score { get; }
}
