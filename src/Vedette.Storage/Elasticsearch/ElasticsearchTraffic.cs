using System.Text;
using System.Text.Json.Nodes;
using Vedette.Engine.Events;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Elasticsearch;

/// <summary>Sums traffic up by aggregations.</summary>
internal static class ElasticsearchTraffic
{
    private const long MillisPerMinute = 60_000;

    public static async ValueTask<IReadOnlyList<TrafficBucket>> BucketsAsync(ElasticsearchClient client, string index, TrafficQuery query, CancellationToken cancellationToken)
    {
        if (query.Bucket.Ticks < TimeSpan.TicksPerMinute || query.Bucket.Ticks % TimeSpan.TicksPerMinute != 0) throw new ArgumentException($"A bucket of {query.Bucket} is not a number of whole minutes.", nameof(query));
        if (query.Endpoint is not null && query.Caller is not null) throw new ArgumentException("Traffic is kept per endpoint and per caller, not for both together.", nameof(query));
        (long from, long to) = Minutes(query.From, query.To);
        if (from >= to) return [];
        long length = (long)query.Bucket.TotalMilliseconds;
        var histogram = new JsonObject
        {
            ["buckets"] = new JsonObject
            {
                ["histogram"] = new JsonObject { ["field"] = "time_ms", ["interval"] = length, ["offset"] = from * MillisPerMinute % length, ["min_doc_count"] = 1 },
                ["aggs"] = Figures(),
            },
        };
        foreach (string field in FieldsOf(query.Caller))
        {
            JsonObject? answer = await Within(client, index, from, to).Term("route", query.Endpoint).Term("method", query.Method).Term(field, query.Caller).AggregateAsync(histogram.DeepClone().AsObject(), cancellationToken);
            JsonArray buckets = BucketsIn(answer);
            if (buckets.Count > 0) return [.. buckets.Select(static bucket => new TrafficBucket(DateTimeOffset.FromUnixTimeMilliseconds((long)bucket!["key"]!.GetValue<double>()), Read(bucket.AsObject())))];
        }
        return [];
    }

    public static async ValueTask<IReadOnlyList<TrafficTotal>> TotalsAsync(ElasticsearchClient client, string index, TotalsQuery query, CancellationToken cancellationToken)
    {
        if (query.Limit is < 1 or > 10_000) throw new ArgumentException($"A limit of {query.Limit} is not in 1 to 10,000.", nameof(query));
        (long from, long to) = Minutes(query.From, query.To);
        if (from >= to) return [];
        (string field, string keyField) = query.By switch
        {
            TotalsBy.Route => ("route_method", "route"),
            TotalsBy.Address => ("client_text", "client_text"),
            TotalsBy.Principal => ("principal", "principal"),
            _ when query.Key is not { Length: > 0 } => throw new ArgumentException("Which callers use a route, or which routes a caller uses, needs the route or the caller as key.", nameof(query)),
            _ => query.Key[0] == '/' ? ("client_text", "route") : ("route_method", "client_text"),
        };
        ElasticsearchSearch search = Within(client, index, from, to).Term(keyField, query.Key);
        if (query.By == TotalsBy.RouteOfCaller) search.Exists(field);
        var terms = new JsonObject { ["field"] = field, ["size"] = query.Limit, ["order"] = new JsonArray(new JsonObject { ["_count"] = "desc" }, new JsonObject { ["_key"] = "asc" }) };
        JsonObject? answer = await search.AggregateAsync(new JsonObject { ["buckets"] = new JsonObject { ["terms"] = terms, ["aggs"] = Figures() } }, cancellationToken);
        return [.. BucketsIn(answer).Select(bucket => TotalOf(bucket!.AsObject(), field == "route_method"))];
    }

    private static TrafficTotal TotalOf(JsonObject bucket, bool isRoute)
    {
        string key = bucket["key"]!.GetValue<string>();
        int blank = isRoute ? key.LastIndexOf(' ') : key.Length;
        string? method = isRoute && blank + 1 < key.Length ? key[(blank + 1)..] : null;
        return new TrafficTotal(key[..blank], method, Minute(bucket, "first"), Minute(bucket, "last"), Read(bucket));
    }

    private static ElasticsearchSearch Within(ElasticsearchClient client, string index, long from, long to) =>
        new ElasticsearchSearch(client, index).Range("time_ms", from * MillisPerMinute, to * MillisPerMinute);

    /// <summary>Whole minutes [From, To), within the times that can be stored.</summary>
    private static (long From, long To) Minutes(DateTimeOffset from, DateTimeOffset to) => (Math.Max(0, DayNumber.MinuteOf(from)), DayNumber.MinuteAfter(to));

    /// <summary>Where to look for a caller, in order: one that is no address is a principal, or a name that a log has in place of addresses.</summary>
    private static string[] FieldsOf(string? caller) =>
        caller is null || NetworkAddress.TryParse(Encoding.UTF8.GetBytes(caller), out _) ? ["client_text"] : ["principal", "client_text"];

    private static JsonObject Figures() => new()
    {
        ["first"] = Of("min", "time_ms"),
        ["last"] = Of("max", "time_ms"),
        ["redirects"] = Status(300, 399),
        ["client_errors"] = Status(400, 499),
        ["server_errors"] = Status(500, 599),
        ["unauthorized"] = Status(401, 401),
        ["forbidden"] = Status(403, 403),
        ["anomalies"] = Where(new JsonObject { ["term"] = new JsonObject { ["is_anomaly"] = true } }),
        ["authenticated"] = Where(new JsonObject { ["term"] = new JsonObject { ["is_authenticated"] = true } }),
        ["request_bytes"] = Of("sum", "request_bytes"),
        ["response_bytes"] = Of("sum", "response_bytes"),
        ["mean"] = Of("avg", "duration"),
        ["longest"] = Of("max", "duration"),
        ["quantiles"] = new JsonObject { ["percentiles"] = new JsonObject { ["field"] = "duration", ["percents"] = new JsonArray(50, 95, 99), ["keyed"] = false } },
        ["score"] = Of("max", "score"),
    };

    private static JsonObject Of(string figure, string field) => new() { [figure] = new JsonObject { ["field"] = field } };

    private static JsonObject Status(int from, int upTo) => Where(new JsonObject { ["range"] = new JsonObject { ["status"] = new JsonObject { ["gte"] = from, ["lte"] = upTo } } });

    private static JsonObject Where(JsonObject condition) => new() { ["filter"] = condition };

    private static TrafficCounts Read(JsonObject bucket) => new()
    {
        Requests = bucket["doc_count"]!.GetValue<long>(),
        Redirects = Count(bucket, "redirects"),
        ClientErrors = Count(bucket, "client_errors"),
        ServerErrors = Count(bucket, "server_errors"),
        Refused = Count(bucket, "unauthorized") + Count(bucket, "forbidden"),
        Anomalies = Count(bucket, "anomalies"),
        Authenticated = Count(bucket, "authenticated"),
        RequestBytes = (long)(Value(bucket, "request_bytes") ?? 0),
        ResponseBytes = (long)(Value(bucket, "response_bytes") ?? 0),
        MeanMs = Value(bucket, "mean") / 1000,
        MaxMs = Value(bucket, "longest") / 1000,
        P50Ms = Quantile(bucket, 0),
        P95Ms = Quantile(bucket, 1),
        P99Ms = Quantile(bucket, 2),
        MaxScore = EventScore.FromStored((long)(Value(bucket, "score") ?? 0)),
    };

    private static JsonArray BucketsIn(JsonObject? answer) => answer?["buckets"]?["buckets"]?.AsArray() ?? [];

    private static long Count(JsonObject bucket, string name) => bucket[name]!["doc_count"]!.GetValue<long>();

    private static double? Value(JsonObject bucket, string name) => bucket[name]!["value"]?.GetValue<double>();

    private static double? Quantile(JsonObject bucket, int index) => bucket["quantiles"]!["values"]![index]!["value"]?.GetValue<double>() / 1000;

    private static DateTimeOffset Minute(JsonObject bucket, string name) => DayNumber.FromMinute((long)(Value(bucket, name) ?? 0) / MillisPerMinute);
}
