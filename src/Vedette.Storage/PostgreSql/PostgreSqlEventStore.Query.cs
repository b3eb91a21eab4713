using Npgsql;
using Vedette.Engine.Events;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.PostgreSql;

/// <content>Reading.</content>
internal sealed partial class PostgreSqlEventStore
{
    private const int EventsPerBatch = 4096;

    public ValueTask<Page<StoredEvent>> QueryAsync(EventQuery query, PageRequest page, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        if (page.Limit is < 1 or > 1000) throw new ArgumentException($"A page of {page.Limit} rows is not in 1 to 1000.", nameof(page));
        ArgumentOutOfRangeException.ThrowIfNegative(page.Skip, nameof(page));
        EventCursor? cursor = page.Cursor is null ? null : EventCursor.Parse(page.Cursor);
        int skip = cursor?.Skip ?? page.Skip;
        var search = new PostgreSqlSearch(server, query, await this.HasRouteAsync(query, cancellationToken));
        var items = new List<StoredEvent>();
        EventCursor? last = null;
        bool isMore = false;
        // One row more than asked for tells whether there is another page.
        EventCursor? end = await search.WalkAsync(cursor, (int)Math.Min((long)skip + page.Limit + 1, int.MaxValue), row =>
        {
            if (skip > 0) skip--;
            else if (items.Count == page.Limit) isMore = true;
            else
            {
                items.Add(PostgreSqlEventRow.Read(row));
                last = new EventCursor(row.GetInt64(0), row.GetInt64(1), 0);
            }
        }, cancellationToken);
        return new Page<StoredEvent>(items, isMore ? last.ToString() : end is { } reached ? (reached with { Skip = skip }).ToString() : null);
    }, cancellationToken);

    public ValueTask<long> CountAsync(EventQuery query, long limit, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        var search = new PostgreSqlSearch(server, query, await this.HasRouteAsync(query, cancellationToken));
        return await search.CountAsync(limit, cancellationToken);
    }, cancellationToken);

    public ValueTask ReadAsync(DateTimeOffset from, DateTimeOffset until, EventBatch fill, Func<EventBatch, ValueTask> onBatch, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        long end = PostgreSqlSearch.Milliseconds(until);
        (long Time, long Number) next = (PostgreSqlSearch.Milliseconds(from), -1);
        do
        {
            fill.Clear();
            fill.IsParsed = true;
            await using (NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken))
            {
                await using var select = new NpgsqlCommand(
                    $"SELECT {PostgreSqlEventRow.Columns} FROM events WHERE time_ms >= $1 AND (time_ms, seq) > ($1, $2) AND time_ms < $3 ORDER BY time_ms, seq LIMIT {EventsPerBatch}", connection)
                {
                    Parameters = { new() { Value = next.Time }, new() { Value = next.Number }, new() { Value = end } },
                };
                await using NpgsqlDataReader reader = await select.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    PostgreSqlEventRow.Add(reader, fill);
                    next = (reader.GetInt64(0), reader.GetInt64(1));
                }
            }
            if (fill.EventCount > 0) await onBatch(fill);
        } while (fill.EventCount == EventsPerBatch);
    }, cancellationToken);

    public ValueTask<IReadOnlyList<TrafficBucket>> TrafficAsync(TrafficQuery query, CancellationToken cancellationToken) =>
        server.RunAsync(() => TrafficReports.BucketsAsync(query, (filter, ranges) => TakeAsync(filter, ranges, cancellationToken), cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<TrafficTotal>> TotalsAsync(TotalsQuery query, CancellationToken cancellationToken) =>
        server.RunAsync(() => TrafficReports.TotalsAsync(query, (filter, ranges) => TakeAsync(filter, ranges, cancellationToken), cancellationToken), cancellationToken);

    private async ValueTask<IReadOnlyList<TrafficSnapshot>> TakeAsync(TrafficFilter filter, IReadOnlyList<TrafficRange> ranges, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        return [await TrafficSnapshot.TakeAsync(connection, connection, _ledger, TrafficDialect.PostgreSql, filter, ranges, cancellationToken)];
    }
}
