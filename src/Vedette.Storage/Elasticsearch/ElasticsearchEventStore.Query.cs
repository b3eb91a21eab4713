using System.Text.Json.Nodes;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Elasticsearch;

/// <content>Reading.</content>
internal sealed partial class ElasticsearchEventStore
{
    private const int EventsPerBatch = 4096;

    private static readonly string[] NewestFirst = ["-time_ms", "-seq"];
    private static readonly string[] OldestFirst = ["time_ms", "seq"];

    public async ValueTask<Page<StoredEvent>> QueryAsync(EventQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        EventCursor? cursor = page.Cursor is null ? null : EventCursor.Parse(page.Cursor);
        ElasticsearchSearch search = await SearchAsync(query, cancellationToken);
        (IReadOnlyList<ElasticsearchRow> rows, bool isMore) = await search.PageAsync(NewestFirst, page, cursor is { } after ? new JsonArray(after.Block, after.Id) : null, cancellationToken);
        string? next = isMore ? new EventCursor(rows[^1].Order[0]!.GetValue<long>(), rows[^1].Order[1]!.GetValue<long>(), 0).ToString() : null;
        return new Page<StoredEvent>([.. rows.Select(static row => ElasticsearchEvent.Read(row.Document))], next);
    }

    public async ValueTask<long> CountAsync(EventQuery query, long limit, CancellationToken cancellationToken) => await (await SearchAsync(query, cancellationToken)).CountAsync(limit, cancellationToken);

    public async ValueTask ReadAsync(DateTimeOffset from, DateTimeOffset until, EventBatch fill, Func<EventBatch, ValueTask> onBatch, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        ElasticsearchSearch search = new ElasticsearchSearch(client, Events).Range("time_ms", Milliseconds(from), Milliseconds(until));
        JsonArray? after = null;
        do
        {
            fill.Clear();
            fill.IsParsed = true;
            foreach (ElasticsearchRow row in await search.RowsAsync(OldestFirst, EventsPerBatch, after, withDocument: true, cancellationToken))
            {
                ElasticsearchEvent.Add(row.Document, fill);
                after = row.Order;
            }
            if (fill.EventCount > 0) await onBatch(fill);
        } while (fill.EventCount == EventsPerBatch);
    }

    public async ValueTask<IReadOnlyList<TrafficBucket>> TrafficAsync(TrafficQuery query, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return await ElasticsearchTraffic.BucketsAsync(client, Events, query, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<TrafficTotal>> TotalsAsync(TotalsQuery query, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return await ElasticsearchTraffic.TotalsAsync(client, Events, query, cancellationToken);
    }

    private async ValueTask<ElasticsearchSearch> SearchAsync(EventQuery query, CancellationToken cancellationToken)
    {
        bool isRoute = await this.HasRouteAsync(query, cancellationToken);
        await RefreshAsync(cancellationToken);
        ElasticsearchSearch search = new ElasticsearchSearch(client, Events)
            .Range("time_ms", query.From is { } from ? Milliseconds(from) : null, query.To is { } to ? Milliseconds(to) : null)
            .Term(isRoute ? "route" : "path", query.Endpoint)
            .Term("method", query.Method)
            .Range("status", query.MinStatus, upTo: query.MaxStatus)
            .Term("user", query.User)
            .Range("duration", query.MinDurationMs is { } duration ? (long)Math.Ceiling(duration * 1000) : null)
            .Term("is_anomaly", query.IsAnomaly)
            .Containing(query.UserAgent, "agent")
            .Containing(query.Text, "path", "query", "agent");
        if (query.ClientIp is not { } address) return search;
        if (!NetworkRange.TryParse(address, out NetworkRange range)) return search.Term("client_text", address);
        var (first, last) = ClientRange.Of(range);
        return search.Range("client", first.ToIPAddress().ToString(), upTo: last.ToIPAddress().ToString());
    }

    private static long Milliseconds(DateTimeOffset time) => (long)Math.Ceiling(DayNumber.ToMicros(time) / (double)DayNumber.MicrosPerMillisecond);
}
