using System.Text;
using Vedette.Engine.Events;
using Vedette.Storage.Events;

namespace Vedette.Storage.Traffic;

/// <summary>Answers traffic queries from the roll-ups of one or several databases.</summary>
internal static class TrafficReports
{
    /// <summary>Takes the snapshots a query needs; the caller disposes of them.</summary>
    public delegate ValueTask<IReadOnlyList<TrafficSnapshot>> Snapshots(TrafficFilter filter, IReadOnlyList<TrafficRange> ranges);

    public static async ValueTask<IReadOnlyList<TrafficBucket>> BucketsAsync(TrafficQuery query, Snapshots take, CancellationToken cancellationToken)
    {
        long bucket = query.Bucket.Ticks / TimeSpan.TicksPerMinute;
        if (bucket < 1 || query.Bucket.Ticks % TimeSpan.TicksPerMinute != 0) throw new ArgumentException($"A bucket of {query.Bucket} is not a number of whole minutes.", nameof(query));
        if (query.Endpoint is not null && query.Caller is not null) throw new ArgumentException("Traffic is kept per endpoint and per caller, not for both together.", nameof(query));
        long from = FirstMinute(query.From), to = DayNumber.MinuteAfter(query.To);
        if (from >= to) return [];
        // Rows of hours do when every bucket is made of whole hours.
        bool isHourly = bucket % (long)TrafficSpan.Hour == 0 && from % (long)TrafficSpan.Hour == 0;
        IReadOnlyList<TrafficRange> ranges = isHourly ? TrafficRange.Cover(from, to) : [new TrafficRange(TrafficSpan.Minute, from, to)];
        var cells = new SortedDictionary<long, TrafficCell>();
        foreach (TrafficFilter filter in FiltersOf(query))
        {
            await ForEachAsync(take, filter, ranges, snapshot => snapshot.ReadAsync(null, (start, _, _) => CellOf(cells, (start - from) / bucket), cancellationToken));
            if (cells.Count > 0) break;
        }
        return [.. cells.Select(cell => new TrafficBucket(DayNumber.FromMinute(from + cell.Key * bucket), cell.Value.ToCounts()))];
    }

    public static async ValueTask<IReadOnlyList<TrafficTotal>> TotalsAsync(TotalsQuery query, Snapshots take, CancellationToken cancellationToken)
    {
        if (query.Limit is < 1 or > 10_000) throw new ArgumentException($"A limit of {query.Limit} is not in 1 to 10,000.", nameof(query));
        long from = FirstMinute(query.From), to = DayNumber.MinuteAfter(query.To);
        if (from >= to) return [];
        bool isPair = query.By == TotalsBy.RouteOfCaller;
        TrafficFilter filter = FilterOf(query);
        IReadOnlyList<TrafficRange> ranges = isPair ? TrafficRange.Hours(from, to) : TrafficRange.Cover(from, to);
        IReadOnlyList<TrafficSnapshot> snapshots = await take(filter, ranges);
        try
        {
            Dictionary<(string, string), TrafficCell> totals = await RankAsync(snapshots, query, filter, cancellationToken);
            // With one key asked for there is no other; then the names of pairs are routes.
            string[]? keys = filter.Key is not null ? null : [.. totals.Keys.Select(static name => name.Item1).Distinct()];
            foreach (TrafficSnapshot snapshot in snapshots)
                await snapshot.ReadAsync(keys, (_, key, detail) => totals.GetValueOrDefault(NameOf(filter, key, detail)), cancellationToken);
            return [.. totals.OrderByDescending(static total => total.Value.Requests).ThenBy(static total => total.Key.Item1, StringComparer.Ordinal)
                .ThenBy(static total => total.Key.Item2, StringComparer.Ordinal).Select(static total => TotalOf(total.Key, total.Value))];
        }
        finally
        {
            foreach (TrafficSnapshot snapshot in snapshots) await snapshot.DisposeAsync();
        }
    }

    /// <summary>The busiest names, with counts to be filled. What is under the empty key, nobody's or the rest, is not one.</summary>
    private static async ValueTask<Dictionary<(string, string), TrafficCell>> RankAsync(IReadOnlyList<TrafficSnapshot> snapshots, TotalsQuery query, TrafficFilter filter, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<(string, string), long>();
        foreach (TrafficSnapshot snapshot in snapshots)
            await snapshot.RankAsync((key, detail, requests) =>
            {
                if (key.Length == 0) return;
                (string, string) name = NameOf(filter, key, detail);
                sums[name] = sums.GetValueOrDefault(name) + requests;
            }, cancellationToken);
        return sums.OrderByDescending(static sum => sum.Value).ThenBy(static sum => sum.Key.Item1, StringComparer.Ordinal).ThenBy(static sum => sum.Key.Item2, StringComparer.Ordinal)
            .Take(query.Limit).ToDictionary(static sum => sum.Key, static _ => new TrafficCell());
    }

    /// <summary>What totals are added up under: key and method. Of a pair it is the half that was not asked for.</summary>
    private static (string Key, string Method) NameOf(TrafficFilter filter, string key, string detail)
    {
        if (filter.Kind != TrafficKind.RouteOfAddress) return (key, detail);
        if (filter.RouteInDetail is not null) return (key, "");
        (string method, string route) = TrafficFilter.Split(detail);
        return (route, method);
    }

    private static TrafficTotal TotalOf((string Key, string Method) name, TrafficCell cell) =>
        new(name.Key, name.Method.Length == 0 ? null : name.Method, DayNumber.FromMinute(cell.FirstMinute), DayNumber.FromMinute(cell.LastMinute), cell.ToCounts());

    /// <summary>Where to look, in order, until something is found: a caller that is no address is a principal, or a name that a log has in place of addresses.</summary>
    private static TrafficFilter[] FiltersOf(TrafficQuery query)
    {
        if (query.Endpoint is { } endpoint) return [new TrafficFilter(TrafficKind.Route, endpoint, query.Method)];
        if (query.Caller is not { } caller) return [new TrafficFilter(TrafficKind.Total, "")];
        return IsAddress(caller) ? [new TrafficFilter(TrafficKind.Address, caller)] : [new TrafficFilter(TrafficKind.Principal, caller), new TrafficFilter(TrafficKind.Address, caller)];
    }

    private static TrafficFilter FilterOf(TotalsQuery query) => query.By switch
    {
        TotalsBy.Route => new TrafficFilter(TrafficKind.Route, query.Key),
        TotalsBy.Address => new TrafficFilter(TrafficKind.Address, query.Key),
        TotalsBy.Principal => new TrafficFilter(TrafficKind.Principal, query.Key),
        _ when query.Key is not { Length: > 0 } => throw new ArgumentException("Which callers use a route, or which routes a caller uses, needs the route or the caller as key.", nameof(query)),
        _ => query.Key[0] == '/' ? new TrafficFilter(TrafficKind.RouteOfAddress, RouteInDetail: query.Key) : new TrafficFilter(TrafficKind.RouteOfAddress, query.Key),
    };

    private static bool IsAddress(string caller) => NetworkAddress.TryParse(Encoding.UTF8.GetBytes(caller), out _);

    private static long FirstMinute(DateTimeOffset time) => Math.Max(0, DayNumber.MinuteOf(time));

    private static async ValueTask ForEachAsync(Snapshots take, TrafficFilter filter, IReadOnlyList<TrafficRange> ranges, Func<TrafficSnapshot, ValueTask> read)
    {
        IReadOnlyList<TrafficSnapshot> snapshots = await take(filter, ranges);
        try
        {
            foreach (TrafficSnapshot snapshot in snapshots) await read(snapshot);
        }
        finally
        {
            foreach (TrafficSnapshot snapshot in snapshots) await snapshot.DisposeAsync();
        }
    }

    private static TrafficCell CellOf(SortedDictionary<long, TrafficCell> cells, long bucket)
    {
        if (!cells.TryGetValue(bucket, out TrafficCell? cell)) cells.Add(bucket, cell = new TrafficCell());
        return cell;
    }
}
