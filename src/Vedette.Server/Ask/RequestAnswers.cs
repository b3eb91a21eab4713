using System.Globalization;
using Vedette.Storage;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Ask;

/// <summary>Answers about single requests, and counts of them.</summary>
internal sealed class RequestAnswers(IEventStore events)
{
    /// <summary>Counting stops here; an answer that reaches it says "at least".</summary>
    private const long MaxCount = 10_000_000;

    /// <summary>Requests read at most to find the slowest among them.</summary>
    private const int MaxSorted = 5_000;

    public async ValueTask<AnswerTable> RunAsync(Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        if (filter["by"] is { } by) return await GroupedAsync(filter, by, range, cancellationToken);
        if (filter["measure"] is "count") return AnswerTable.Single("requests", "Requests", "number", await CountAsync(filter, range, cancellationToken));
        int limit = QuestionRunner.Limit(filter);
        var found = new List<StoredEvent>();
        foreach (EventQuery query in Queries(filter, range)) found.AddRange(filter["sort"] == "latency" ? await SlowestAsync(query, limit, cancellationToken) : (await events.QueryAsync(query, new PageRequest(limit), cancellationToken)).Items);
        if (filter.Number("max_duration_ms") is { } longest) found.RemoveAll(row => row.DurationMs is not { } taken || taken > longest);
        IEnumerable<StoredEvent> sorted = filter["sort"] switch
        {
            "latency" => found.Where(static row => row.DurationMs is not null).OrderByDescending(static row => row.DurationMs),
            "risk" or "anomalies" => found.OrderByDescending(static row => row.AnomalyScore),
            _ => found.OrderByDescending(static row => row.Timestamp),
        };
        return new AnswerTable(
            [
                new("timestamp", "Time", "time"), new("method", "Method", "text"), new("path", "Path", "text"), new("query", "Query", "text"), new("status", "Status", "number"), new("duration_ms", "Time taken", "ms"),
                new("client_ip", "Address", "ip"), new("user", "User", "text"), new("anomaly_score", "Score", "number"),
            ],
            [.. sorted.Take(limit).Select(static row => (IReadOnlyList<object?>)[row.Timestamp, row.Method, row.Path, row.Query, row.Status, row.DurationMs, row.ClientIp, row.User, row.AnomalyScore])]);
    }

    /// <summary>The slowest requests. Stores give the newest first, so the bar is raised until what passes it is few enough to be read and sorted.</summary>
    private async ValueTask<List<StoredEvent>> SlowestAsync(EventQuery query, int wanted, CancellationToken cancellationToken)
    {
        const double step = 1.5;
        long passing = await events.CountAsync(query, MaxSorted + 1, cancellationToken);
        for (double bar = Math.Max(10, query.MinDurationMs ?? 0) * step; passing > MaxSorted; bar *= step)
        {
            EventQuery stricter = query with { MinDurationMs = bar };
            passing = await events.CountAsync(stricter, MaxSorted + 1, cancellationToken);
            if (passing < wanted) break;
            query = stricter;
        }
        var found = new List<StoredEvent>();
        string? cursor = null;
        do
        {
            Page<StoredEvent> page = await events.QueryAsync(query, new PageRequest(QuestionRunner.MaxRows, cursor), cancellationToken);
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null && found.Count < MaxSorted);
        return found;
    }

    private async ValueTask<long> CountAsync(Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (EventQuery query in Queries(filter, range)) count += await events.CountAsync(query, MaxCount, cancellationToken);
        return count;
    }

    /// <summary>One query per range of status codes that stand apart.</summary>
    private static IEnumerable<EventQuery> Queries(Filter filter, AskRange range)
    {
        var query = new EventQuery
        {
            From = range.From,
            To = range.To,
            Endpoint = filter["endpoint"],
            Method = filter["method"],
            ClientIp = filter["client_ip"],
            User = filter["user"],
            UserAgent = filter["user_agent"],
            MinDurationMs = filter.Number("min_duration_ms"),
        };
        foreach ((int? from, int? to) in Statuses(filter["status"])) yield return query with { MinStatus = from, MaxStatus = to };
    }

    /// <summary>Ranges of the codes and classes of a filter, neighbours joined.</summary>
    internal static IReadOnlyList<(int? From, int? To)> Statuses(string? status)
    {
        if (status is null) return [(null, null)];
        var ranges = new List<(int From, int To)>();
        foreach (string code in status.Split(',').Order(StringComparer.Ordinal))
        {
            int first = code[0] - '0';
            (int from, int to) = code[1] == 'x' ? (first * 100, first * 100 + 99) : (int.Parse(code, CultureInfo.InvariantCulture), int.Parse(code, CultureInfo.InvariantCulture));
            if (ranges.Count > 0 && ranges[^1].To >= from - 1) ranges[^1] = (ranges[^1].From, Math.Max(ranges[^1].To, to));
            else ranges.Add((from, to));
        }
        return [.. ranges.Select(static range => ((int?)range.From, (int?)range.To))];
    }

    private async ValueTask<AnswerTable> GroupedAsync(Filter filter, string by, AskRange range, CancellationToken cancellationToken)
    {
        int limit = QuestionRunner.Limit(filter);
        if (by is "hour" or "day" or "minute") return await new TrafficAnswers(events).RunAsync(filter, range, cancellationToken);
        TotalsBy grouping = by == "caller" ? TotalsBy.Address : TotalsBy.Route;
        IReadOnlyList<TrafficTotal> totals = await events.TotalsAsync(new TotalsQuery(range.From, range.To, grouping, 10_000, by == "caller" ? filter["client_ip"] : filter["endpoint"]), cancellationToken);
        if (by == "status") return ByStatus(totals);
        return new AnswerTable([by == "caller" ? new("caller", "Address", "ip") : new("endpoint", "Endpoint", "endpoint"), new("method", "Method", "text"), new("requests", "Requests", "number")],
            [.. totals.Select(total => (Total: total, Count: Counted(total.Counts, filter["status"]))).Where(static row => row.Count > 0).OrderByDescending(static row => row.Count).Take(limit)
                .Select(static row => (IReadOnlyList<object?>)[row.Total.Key, row.Total.Method, row.Count])]);
    }

    private static AnswerTable ByStatus(IReadOnlyList<TrafficTotal> totals)
    {
        long requests = totals.Sum(static total => total.Counts.Requests), client = totals.Sum(static total => total.Counts.ClientErrors), server = totals.Sum(static total => total.Counts.ServerErrors);
        return new AnswerTable([new("status", "Status", "text"), new("requests", "Requests", "number")], [["below 400", requests - client - server], ["4xx", client], ["5xx", server]]);
    }

    /// <summary>How many of the requests are of these classes; a single code counts as its class, which is what roll-ups know.</summary>
    internal static long Counted(TrafficCounts counts, string? status)
    {
        if (status is null) return counts.Requests;
        long count = 0;
        if (status.Contains('4', StringComparison.Ordinal)) count += status is "401" or "403" or "401,403" or "403,401" ? counts.Refused : counts.ClientErrors;
        if (status.StartsWith('5') || status.Contains(",5", StringComparison.Ordinal)) count += counts.ServerErrors;
        if (status.StartsWith('2') || status.StartsWith('3')) count += counts.Requests - counts.ClientErrors - counts.ServerErrors;
        return count;
    }
}
