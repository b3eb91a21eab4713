using Vedette.Storage.Traffic;

namespace Vedette.Server.Api;

/// <summary>One hour of the day, over all days.</summary>
/// <param name="Hour">0 to 23, UTC.</param>
/// <param name="Requests">Requests in it.</param>
/// <param name="ErrorRate">Share of errors, 0 to 1.</param>
/// <param name="MeanMs">Mean server time; null where unknown.</param>
public sealed record HourRow(int Hour, long Requests, double ErrorRate, double? MeanMs)
{
    /// <summary>24 rows.</summary>
    public static IReadOnlyList<HourRow> Of(IReadOnlyList<TrafficBucket> hours)
    {
        var rows = new HourRow[24];
        for (int hour = 0; hour < rows.Length; hour++)
        {
            long requests = 0, errors = 0, timed = 0;
            double millis = 0;
            foreach (TrafficBucket bucket in hours)
            {
                if (bucket.Time.UtcDateTime.Hour != hour) continue;
                requests += bucket.Counts.Requests;
                errors += bucket.Counts.ClientErrors + bucket.Counts.ServerErrors;
                if (bucket.Counts.MeanMs is not { } mean) continue;
                timed += bucket.Counts.Requests;
                millis += mean * bucket.Counts.Requests;
            }
            rows[hour] = new HourRow(hour, requests, requests == 0 ? 0 : (double)errors / requests, timed == 0 ? null : millis / timed);
        }
        return rows;
    }
}
