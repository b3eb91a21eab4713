using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Ask;

/// <summary>Answers about traffic over time, and comparisons of two times.</summary>
internal sealed class TrafficAnswers(IEventStore events)
{
    private const int MaxBuckets = 1000;

    public async ValueTask<AnswerTable> RunAsync(Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        if (filter["compare"] is { } compare) return await CompareAsync(filter, range, range.Before(compare), cancellationToken);
        bool isOne = filter.Has("measure") && !filter.Has("by");
        TimeSpan bucket = isOne ? Whole(range) : BucketOf(filter["by"], range);
        IReadOnlyList<TrafficBucket> buckets = await ReadAsync(filter, range, bucket, cancellationToken);
        if (isOne) return AnswerTable.Single(Name(filter), Label(filter), Type(filter), Value(filter, Sum(buckets)));
        if (filter.Has("measure")) return new AnswerTable([new("time", "Time", "time"), new(Name(filter), Label(filter), Type(filter))], [.. buckets.Select(point => (IReadOnlyList<object?>)[point.Time, Value(filter, point.Counts)])]);
        return new AnswerTable(
            [new("time", "Time", "time"), new("requests", "Requests", "number"), new("error_rate", "Errors", "percent"), new("mean_ms", "Mean time", "ms"), new("p95_ms", "95%", "ms"), new("anomalies", "Anomalies", "number")],
            [.. buckets.Select(static point => (IReadOnlyList<object?>)[point.Time, point.Counts.Requests, ErrorRate(point.Counts), point.Counts.MeanMs, point.Counts.P95Ms, point.Counts.Anomalies])]);
    }

    private async ValueTask<AnswerTable> CompareAsync(Filter filter, AskRange range, AskRange before, CancellationToken cancellationToken)
    {
        TrafficCounts now = Sum(await ReadAsync(filter, range, Whole(range), cancellationToken));
        TrafficCounts then = Sum(await ReadAsync(filter, before, Whole(before), cancellationToken));
        static double? Change(double? now, double? then) => then is > 0 && now is not null ? now / then - 1 : null;
        return new AnswerTable([new("measure", "Measure", "text"), new("now", "Now", "number"), new("before", "Before", "number"), new("change", "Change", "percent")],
        [
            ["requests", now.Requests, then.Requests, Change(now.Requests, then.Requests)],
            ["error rate", ErrorRate(now), ErrorRate(then), Change(ErrorRate(now), ErrorRate(then))],
            ["mean time, ms", now.MeanMs, then.MeanMs, Change(now.MeanMs, then.MeanMs)],
            ["95% of time, ms", now.P95Ms, then.P95Ms, Change(now.P95Ms, then.P95Ms)],
            ["anomalies", now.Anomalies, then.Anomalies, Change(now.Anomalies, then.Anomalies)],
        ]);
    }

    private ValueTask<IReadOnlyList<TrafficBucket>> ReadAsync(Filter filter, AskRange range, TimeSpan bucket, CancellationToken cancellationToken) =>
        events.TrafficAsync(new TrafficQuery(range.From, range.To, bucket, filter["endpoint"], filter.Has("endpoint") ? filter["method"] : null, filter.Has("endpoint") ? null : filter["user"] ?? filter["client_ip"]), cancellationToken);

    private static TimeSpan Whole(AskRange range) => TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(range.Length.TotalMinutes) + 1));

    private static TimeSpan BucketOf(string? by, AskRange range)
    {
        double minutes = by switch { "minute" => 1, "hour" => 60, "day" => 1440, _ => Math.Max(1, Math.Ceiling(range.Length.TotalMinutes / 60)) };
        while (range.Length.TotalMinutes / minutes > MaxBuckets) minutes *= 2;
        return TimeSpan.FromMinutes(minutes);
    }

    /// <summary>One count of all buckets. A range of one bucket may still fall into two, where quantiles are the worse one's.</summary>
    private static TrafficCounts Sum(IReadOnlyList<TrafficBucket> buckets)
    {
        if (buckets.Count == 0) return new TrafficCounts();
        if (buckets.Count == 1) return buckets[0].Counts;
        long requests = buckets.Sum(static point => point.Counts.Requests);
        double? mean = buckets.Any(static point => point.Counts.MeanMs is not null) ? buckets.Sum(static point => (point.Counts.MeanMs ?? 0) * point.Counts.Requests) / Math.Max(1, requests) : null;
        return new TrafficCounts
        {
            Requests = requests,
            ClientErrors = buckets.Sum(static point => point.Counts.ClientErrors),
            ServerErrors = buckets.Sum(static point => point.Counts.ServerErrors),
            Anomalies = buckets.Sum(static point => point.Counts.Anomalies),
            MeanMs = mean,
            P95Ms = buckets.Max(static point => point.Counts.P95Ms),
        };
    }

    private static double ErrorRate(TrafficCounts counts) => counts.Requests == 0 ? 0 : (double)(counts.ClientErrors + counts.ServerErrors) / counts.Requests;

    private static string Name(Filter filter) => filter["measure"] is "count" or null ? "requests" : filter["measure"]!;

    private static string Label(Filter filter) => filter["measure"] switch { "avg_latency" => "Mean time", "p95_latency" => "95% of time", "error_rate" => "Errors", _ => "Requests" };

    private static string Type(Filter filter) => filter["measure"] switch { "avg_latency" or "p95_latency" => "ms", "error_rate" => "percent", _ => "number" };

    private static object? Value(Filter filter, TrafficCounts counts) => filter["measure"] switch
    {
        "avg_latency" => counts.MeanMs,
        "p95_latency" => counts.P95Ms,
        "error_rate" => ErrorRate(counts),
        _ => RequestAnswers.Counted(counts, filter["status"]),
    };
}
