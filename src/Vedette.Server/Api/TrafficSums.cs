using Vedette.Storage.Traffic;

namespace Vedette.Server.Api;

/// <summary>Adds totals of one key up. Quantiles cannot be added: those of the busiest part stand for all.</summary>
internal static class TrafficSums
{
    public static TrafficTotal Of(IReadOnlyList<TrafficTotal> parts)
    {
        if (parts.Count == 1) return parts[0];
        TrafficCounts busiest = parts.MaxBy(static part => part.Counts.Requests)!.Counts;
        long timed = parts.Where(static part => part.Counts.MeanMs is not null).Sum(static part => part.Counts.Requests);
        return new TrafficTotal(parts[0].Key, null, parts.Min(static part => part.FirstSeen), parts.Max(static part => part.LastSeen), busiest with
        {
            Requests = parts.Sum(static part => part.Counts.Requests),
            Redirects = parts.Sum(static part => part.Counts.Redirects),
            ClientErrors = parts.Sum(static part => part.Counts.ClientErrors),
            ServerErrors = parts.Sum(static part => part.Counts.ServerErrors),
            Refused = parts.Sum(static part => part.Counts.Refused),
            Anomalies = parts.Sum(static part => part.Counts.Anomalies),
            Authenticated = parts.Sum(static part => part.Counts.Authenticated),
            RequestBytes = parts.Sum(static part => part.Counts.RequestBytes),
            ResponseBytes = parts.Sum(static part => part.Counts.ResponseBytes),
            MeanMs = timed == 0 ? null : parts.Sum(static part => (part.Counts.MeanMs ?? 0) * part.Counts.Requests) / timed,
            MaxMs = parts.Max(static part => part.Counts.MaxMs),
            MaxScore = parts.Max(static part => part.Counts.MaxScore),
        });
    }
}
