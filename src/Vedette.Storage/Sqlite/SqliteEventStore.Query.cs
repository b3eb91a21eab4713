using Vedette.Engine.Events;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Sqlite;

/// <content>Reading.</content>
internal sealed partial class SqliteEventStore
{
    public async ValueTask<Page<StoredEvent>> QueryAsync(EventQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        EventCursor? cursor = page.Cursor is null ? null : EventCursor.Parse(page.Cursor);
        bool isRoute = await this.HasRouteAsync(query, cancellationToken);
        return Run(() => Search(query, isRoute, page.Limit, cursor, cursor?.Skip ?? page.Skip, cancellationToken));
    }

    public async ValueTask<long> CountAsync(EventQuery query, long limit, CancellationToken cancellationToken)
    {
        bool isRoute = await this.HasRouteAsync(query, cancellationToken);
        return Run(() =>
        {
            long count = 0;
            Walk(query, isRoute, "id", null, (int)Math.Min(limit, int.MaxValue), (_, _) => count++, cancellationToken);
            return count;
        });
    }

    public async ValueTask<IReadOnlyList<TrafficBucket>> TrafficAsync(TrafficQuery query, CancellationToken cancellationToken) =>
        await RunAsync(() => TrafficReports.BucketsAsync(query, (filter, ranges) => TakeAsync(filter, ranges, cancellationToken), cancellationToken));

    public async ValueTask<IReadOnlyList<TrafficTotal>> TotalsAsync(TotalsQuery query, CancellationToken cancellationToken) =>
        await RunAsync(() => TrafficReports.TotalsAsync(query, (filter, ranges) => TakeAsync(filter, ranges, cancellationToken), cancellationToken));

    public async ValueTask ReadAsync(DateTimeOffset from, DateTimeOffset until, EventBatch fill, Func<EventBatch, ValueTask> onBatch, CancellationToken cancellationToken)
    {
        foreach (SqliteDayFile file in FilesBetween(from, until))
        {
            (long next, long end) = KeysBetween(file.Day, from, until);
            while (next < end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long start = next;
                next = Run(() =>
                {
                    using SqliteReaderPool.Lease lease = _readers.Rent(file.Path);
                    return SqliteReplay.Fill(lease.Database, file.Day, start, end, fill);
                });
                if (fill.EventCount > 0) await onBatch(fill);
            }
        }
    }

    private Page<StoredEvent> Search(EventQuery query, bool isRoute, int limit, EventCursor? cursor, int skip, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > 1000) throw new ArgumentException($"A page of {limit} rows is not in 1 to 1000.", nameof(limit));
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        var items = new List<StoredEvent>(Math.Min(limit, 128));
        bool isMore = false;
        // One row more than asked for tells whether there is another page.
        EventCursor? end = Walk(query, isRoute, SqliteEventRow.Columns, cursor, (int)Math.Min((long)skip + limit + 1, int.MaxValue), (day, row) =>
        {
            if (skip > 0) skip--;
            else if (items.Count < limit) items.Add(SqliteEventRow.Read(day, row));
            else isMore = true;
        }, cancellationToken);
        if (isMore) return new Page<StoredEvent>(items, CursorAfter(items[^1]));
        return new Page<StoredEvent>(items, end is { } reached ? (reached with { Skip = skip }).ToString() : null);
    }

    /// <summary>Goes through the matching rows, newest first.</summary>
    /// <returns>Where to go on if the time was up; null if all was looked at or enough was found.</returns>
    private EventCursor? Walk(EventQuery query, bool isRoute, string columns, EventCursor? cursor, int limit, Action<int, SqliteStatement> onRow, CancellationToken cancellationToken)
    {
        var pace = new SearchPace(query);
        int found = 0;
        int? newest = null;
        foreach (SqliteDayFile file in FilesBetween(query.From, query.To).Reverse())
        {
            if (cursor is { } after && file.Day > after.Block) continue;
            (long first, long below) = KeysBetween(file.Day, query.From, query.To);
            if (cursor is { } sameDay && file.Day == sameDay.Block) below = Math.Min(below, sameDay.Id);
            if (below <= first) continue;
            newest ??= file.Day;
            using SqliteReaderPool.Lease lease = _readers.Rent(file.Path);
            using var scan = new SqliteScan(lease.Database, pace, cancellationToken);
            if (file.Day != newest && pace.IsOver) return new EventCursor(file.Day, below, 0);
            var filter = new SqliteEventFilter(query, lease.Database, isRoute);
            found += SqliteDaySearch.Find(lease.Database, scan, filter, columns, first, ref below, limit - found, row => onRow(file.Day, row));
            if (found >= limit) return null;
            if (below > first) return new EventCursor(file.Day, below, 0);
        }
        return null;
    }

    private static string CursorAfter(StoredEvent last)
    {
        (int day, long id) = EventId.Parse(last.Id);
        return new EventCursor(day, id, 0).ToString();
    }

    private async ValueTask<IReadOnlyList<TrafficSnapshot>> TakeAsync(TrafficFilter filter, IReadOnlyList<TrafficRange> ranges, CancellationToken cancellationToken)
    {
        long from = ranges.Min(static range => range.From), to = ranges.Max(static range => range.To);
        var snapshots = new List<TrafficSnapshot>();
        try
        {
            foreach (SqliteDayFile file in _days.Files.Values)
            {
                if ((file.Day + 1) * DayNumber.MinutesPerDay <= from || file.Day * DayNumber.MinutesPerDay >= to) continue;
                SqliteReaderPool.Lease lease = _readers.Rent(file.Path);
                snapshots.Add(await TrafficSnapshot.TakeAsync(lease.Database.Connection, lease, file.Ledger, TrafficDialect.Sqlite, filter, ranges, cancellationToken));
            }
            return snapshots;
        }
        catch
        {
            foreach (TrafficSnapshot snapshot in snapshots) await snapshot.DisposeAsync();
            throw;
        }
    }

    private IEnumerable<SqliteDayFile> FilesBetween(DateTimeOffset? from, DateTimeOffset? to)
    {
        Opened();
        long first = from is null ? long.MinValue : DayNumber.ToMicros(from.Value), end = to is null ? long.MaxValue : DayNumber.ToMicros(to.Value);
        return _days.Files.Values.Where(file => (file.Day + 1) * DayNumber.MicrosPerDay > first && file.Day * DayNumber.MicrosPerDay < end);
    }

    /// <summary>Keys of a day's rows in [from, to).</summary>
    private static (long First, long Below) KeysBetween(int day, DateTimeOffset? from, DateTimeOffset? to)
    {
        long start = day * DayNumber.MicrosPerDay;
        long first = from is null ? 0 : Math.Clamp(DayNumber.ToMicros(from.Value) - start, 0, DayNumber.MicrosPerDay);
        long below = to is null ? DayNumber.MicrosPerDay : Math.Clamp(DayNumber.ToMicros(to.Value) - start, 0, DayNumber.MicrosPerDay);
        return (EventId.First(first), EventId.First(below));
    }

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            throw SqliteFailure.Translate(e, _folder);
        }
    }
}
