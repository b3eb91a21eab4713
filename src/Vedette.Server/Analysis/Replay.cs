using Microsoft.Extensions.Logging;
using Vedette.Engine;
using Vedette.Engine.Incidents;
using Vedette.Engine.Pipeline;
using Vedette.Server.Settings;
using Vedette.Storage;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Analysis;

/// <summary>Has the engine see the latest stored traffic again at start, so that baselines and open incidents survive a restart; and lets the counts of the weeks before teach what is usual at a time.</summary>
internal sealed partial class Replay(IEventStore store, DetectionEngine engine, AnalysisLoop loop, ServerOptions options, ILogger<Replay> logger)
{
    /// <summary>Incidents raised so shortly before the stop may not have been written any more.</summary>
    private static readonly TimeSpan Doubtful = TimeSpan.FromMinutes(15);

    /// <summary>What is usual at a time is remembered for so many weeks, in means of this length.</summary>
    private const int SeasonWeeks = 4;
    private static readonly TimeSpan SeasonBin = TimeSpan.FromMinutes(5);

    /// <summary>Reads and replays; returns the incidents that may be missing in the store.</summary>
    public async ValueTask<IReadOnlyList<Incident>> RunAsync(CancellationToken cancellationToken)
    {
        loop.BeginReplay();
        if (options.ReplayHours == 0 || options.ReplayEvents == 0) return End(DateTimeOffset.MinValue);
        Page<StoredEvent> newest = await store.QueryAsync(new EventQuery(), new PageRequest(1), cancellationToken);
        if (newest.Items.Count == 0) return End(DateTimeOffset.MinValue);
        DateTimeOffset last = newest.Items[0].Timestamp;
        (DateTimeOffset from, long expected) = await BeginAsync(last, cancellationToken);
        await LearnTrafficAsync(from, cancellationToken);
        var batch = new PreparedBatch();
        Action<PreparedBatch> prepare = engine.CreatePreparer();
        long seen = 0;
        await store.ReadAsync(from, last.AddTicks(1).AddMinutes(1), batch.Events, _ =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            seen += batch.Events.EventCount;
            loop.Replay(batch, prepare, Math.Min(0.999, expected == 0 ? 0 : (double)seen / expected));
            return ValueTask.CompletedTask;
        }, cancellationToken);
        LogReplayed(seen, from, last);
        return End(last - Doubtful);
    }

    private IReadOnlyList<Incident> End(DateTimeOffset doubtfulFrom) => [.. loop.EndReplay().Where(incident => incident.DetectedAt >= doubtfulFrom)];

    /// <summary>From when on to replay: as long ago as set, but no more events than set.</summary>
    private async ValueTask<(DateTimeOffset From, long Expected)> BeginAsync(DateTimeOffset last, CancellationToken cancellationToken)
    {
        DateTimeOffset until = new DateTimeOffset(last.Ticks - last.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(1);
        DateTimeOffset earliest = until - TimeSpan.FromHours(options.ReplayHours);
        IReadOnlyList<TrafficBucket> traffic = await store.TrafficAsync(new TrafficQuery(earliest, until, TimeSpan.FromMinutes(10)), cancellationToken);
        long events = 0;
        DateTimeOffset from = until;
        foreach (TrafficBucket bucket in traffic.OrderByDescending(static bucket => bucket.Time))
        {
            if (events > 0 && events + bucket.Counts.Requests > options.ReplayEvents) return (from, events);
            events += bucket.Counts.Requests;
            from = bucket.Time;
        }
        return (earliest, events);
    }

    /// <summary>Lets the weeks that are not replayed count for what is usual at a time, a week at once. The bin in which the replay begins is left to it, so that nothing counts twice.</summary>
    private async ValueTask LearnTrafficAsync(DateTimeOffset replayed, CancellationToken cancellationToken)
    {
        var end = new DateTimeOffset(replayed.Ticks - replayed.Ticks % SeasonBin.Ticks, TimeSpan.Zero);
        DateTimeOffset? next = null;
        for (int week = SeasonWeeks; week > 0; week--)
        {
            var query = new TrafficQuery(end.AddDays(-7 * week), end.AddDays(7 - 7 * week), SeasonBin);
            foreach (TrafficBucket bucket in (await store.TrafficAsync(query, cancellationToken)).OrderBy(static bucket => bucket.Time))
            {
                Learn(next ?? bucket.Time, bucket.Time, 0);
                next = bucket.Time + SeasonBin;
                Learn(bucket.Time, next.Value, bucket.Counts.Requests / SeasonBin.TotalMinutes);
            }
        }
        if (next is { } silent) Learn(silent, end, 0);
    }

    private void Learn(DateTimeOffset from, DateTimeOffset until, double requestsPerMinute) =>
        engine.LearnTraffic((from - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, (int)(until - from).TotalMinutes, requestsPerMinute);

    [LoggerMessage(Level = LogLevel.Information, Message = "Replayed {Count} stored events from {From:O} to {Last:O}.")]
    private partial void LogReplayed(long count, DateTimeOffset from, DateTimeOffset last);
}
