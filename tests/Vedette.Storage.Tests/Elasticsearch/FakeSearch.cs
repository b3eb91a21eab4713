using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Storage.Tests.Elasticsearch;

/// <summary>Searches and aggregations, done naively.</summary>
internal static class FakeSearch
{
    private static readonly string[] Known = ["query", "sort", "size", "search_after", "_source", "track_total_hits", "aggs"];

    public static JsonObject Run(IReadOnlyList<FakeIndex> indices, JsonObject body)
    {
        if (body.FirstOrDefault(static entry => !Known.Contains(entry.Key)).Key is { } unknown) throw new FakeRefusal(400, $"unknown key [{unknown}]");
        int size = body["size"]!.GetValue<int>();
        if (size > 10_000) throw new FakeRefusal(400, "Result window is too large");
        List<(FakeIndex Index, FakeDocument Document)> found = [.. indices.SelectMany(index => Matching(index, body["query"]!).Select(document => (index, document)))];
        (string Field, bool IsDescending)[] order = [.. (body["sort"]?.AsArray() ?? []).Select(static sort => sort!.AsObject().Single()).Select(static sort => (sort.Key, sort.Value!["order"]!.GetValue<string>() == "desc"))];
        var rows = found.Select(hit => (hit.Document, Sort: order.Select(by => hit.Index.Value(hit.Document, by.Field)).ToArray())).ToList();
        rows.Sort((a, b) => Compare(a.Sort, b.Sort, order));
        if (body["search_after"]?.AsArray() is { } after)
        {
            if (after.Count != order.Length) throw new FakeRefusal(400, "search_after has another number of values than sort");
            rows = [.. rows.Where(row => Compare(row.Sort, [.. after], order) > 0)];
        }
        var answer = new JsonObject { ["timed_out"] = false, ["_shards"] = new JsonObject { ["failed"] = 0 } };
        var hits = new JsonObject { ["hits"] = new JsonArray([.. rows.Take(size).Select(row => Hit(row.Document, row.Sort, body["_source"]?.GetValue<bool>() ?? true))]) };
        if (body["track_total_hits"] is { } track && track.GetValueKind() == JsonValueKind.Number) hits["total"] = new JsonObject { ["value"] = Math.Min(found.Count, track.GetValue<int>()), ["relation"] = "eq" };
        answer["hits"] = hits;
        if (body["aggs"]?.AsObject() is { } aggregations && indices.Count > 0) answer["aggregations"] = Aggregate(found, aggregations);
        return answer;
    }

    public static IEnumerable<FakeDocument> Matching(FakeIndex index, JsonNode query) => index.Searched.Where(document => Matches(index, document, query));

    private static JsonNode Hit(FakeDocument document, JsonNode?[] sort, bool withSource)
    {
        var hit = new JsonObject { ["_id"] = document.Id, ["sort"] = new JsonArray([.. sort.Select(static value => value?.DeepClone())]) };
        if (withSource) hit["_source"] = document.Source.DeepClone();
        return hit;
    }

    private static bool Matches(FakeIndex index, FakeDocument document, JsonNode query)
    {
        (string kind, JsonNode? what) = query.AsObject().Single();
        switch (kind)
        {
            case "bool":
                return (what!["filter"]?.AsArray() ?? []).All(part => Matches(index, document, part!)) && !(what["must_not"]?.AsArray() ?? []).Any(part => Matches(index, document, part!))
                    && (what["should"] is null || what["should"]!.AsArray().Any(part => Matches(index, document, part!)));
            case "exists":
                return index.Value(document, what!["field"]!.GetValue<string>()) is not null;
        }
        (string field, JsonNode? argument) = what!.AsObject().Single();
        string type = index.TypeOf(field);
        if (index.Value(document, field) is not { } value) return false;
        return kind switch
        {
            "term" => Compare(type, value, argument!) == 0,
            "terms" => argument!.AsArray().Any(one => Compare(type, value, one!) == 0),
            "range" => argument!.AsObject().All(bound => bound.Key switch
            {
                "gte" => Compare(type, value, bound.Value!) >= 0,
                "lt" => Compare(type, value, bound.Value!) < 0,
                "lte" => Compare(type, value, bound.Value!) <= 0,
                _ => throw new FakeRefusal(400, $"unknown bound {bound.Key}"),
            }),
            "wildcard" => IsLike(value.GetValue<string>(), argument!["value"]!.GetValue<string>(), argument["case_insensitive"]!.GetValue<bool>()),
            _ => throw new FakeRefusal(400, $"unknown query [{kind}]"),
        };
    }

    /// <summary>Only the shape <c>*text*</c>, with escapes.</summary>
    private static bool IsLike(string value, string pattern, bool ignoresCase)
    {
        var text = new StringBuilder();
        for (int i = 1; i < pattern.Length - 1; i++)
        {
            if (pattern[i] == '\\') i++;
            else if (pattern[i] is '*' or '?') throw new FakeRefusal(400, "a wildcard in the middle");
            text.Append(pattern[i]);
        }
        if (pattern[0] != '*' || pattern[^1] != '*') throw new FakeRefusal(400, "no wildcards around");
        return value.Contains(text.ToString(), ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static int Compare(JsonNode?[] a, JsonNode?[] b, (string Field, bool IsDescending)[] order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            int difference = a[i]!.GetValueKind() == JsonValueKind.String ? string.CompareOrdinal(a[i]!.GetValue<string>(), b[i]!.GetValue<string>()) : Number(a[i]!).CompareTo(Number(b[i]!));
            if (difference != 0) return order[i].IsDescending ? -difference : difference;
        }
        return 0;
    }

    private static int Compare(string type, JsonNode a, JsonNode b) => type switch
    {
        "keyword" => string.CompareOrdinal(a.GetValue<string>(), b.GetValue<string>()),
        "ip" => Bytes(a).AsSpan().SequenceCompareTo(Bytes(b)),
        "boolean" => a.GetValue<bool>().CompareTo(b.GetValue<bool>()),
        _ => Number(a).CompareTo(Number(b)),
    };

    private static byte[] Bytes(JsonNode address) => IPAddress.Parse(address.GetValue<string>()).MapToIPv6().GetAddressBytes();

    private static decimal Number(JsonNode node) => node.AsValue().TryGetValue(out long whole) ? whole : decimal.Parse(node.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Aggregate(List<(FakeIndex Index, FakeDocument Document)> rows, JsonObject aggregations)
    {
        var answer = new JsonObject();
        foreach ((string name, JsonNode? aggregation) in aggregations)
        {
            (string kind, JsonNode? what) = aggregation!.AsObject().First(static entry => entry.Key != "aggs");
            JsonObject? inner = aggregation["aggs"]?.AsObject();
            answer[name] = kind switch
            {
                "terms" => Terms(rows, what!.AsObject(), inner),
                "histogram" => Histogram(rows, what!.AsObject(), inner),
                "filter" => new JsonObject { ["doc_count"] = rows.Count(row => Matches(row.Index, row.Document, what!)) },
                "percentiles" => Percentiles(Numbers(rows, what!), what!["percents"]!.AsArray()),
                "min" or "max" or "sum" or "avg" => new JsonObject { ["value"] = Figure(kind, Numbers(rows, what!)) },
                _ => throw new FakeRefusal(400, $"unknown aggregation [{kind}]"),
            };
        }
        return answer;
    }

    private static JsonObject Terms(List<(FakeIndex Index, FakeDocument Document)> rows, JsonObject what, JsonObject? inner)
    {
        string field = what["field"]!.GetValue<string>();
        var groups = rows.Select(row => (Row: row, Key: row.Index.Value(row.Document, field)?.GetValue<string>())).Where(static row => row.Key is not null).GroupBy(static row => row.Key!, static row => row.Row)
            .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal).Take(what["size"]!.GetValue<int>());
        return new JsonObject { ["buckets"] = new JsonArray([.. groups.Select(group => Bucket(group.Key, [.. group], inner))]) };
    }

    private static JsonObject Histogram(List<(FakeIndex Index, FakeDocument Document)> rows, JsonObject what, JsonObject? inner)
    {
        string field = what["field"]!.GetValue<string>();
        long interval = what["interval"]!.GetValue<long>(), offset = what["offset"]!.GetValue<long>();
        if (offset < 0 || offset >= interval || what["min_doc_count"]!.GetValue<int>() != 1) throw new FakeRefusal(400, "histogram");
        var groups = rows.GroupBy(row => (long)Math.Floor((row.Index.Value(row.Document, field)!.GetValue<long>() - offset) / (double)interval) * interval + offset).OrderBy(static group => group.Key);
        return new JsonObject { ["buckets"] = new JsonArray([.. groups.Select(group => Bucket((double)group.Key, [.. group], inner))]) };
    }

    private static JsonNode Bucket(JsonNode key, List<(FakeIndex Index, FakeDocument Document)> rows, JsonObject? inner)
    {
        JsonObject bucket = inner is null ? [] : Aggregate(rows, inner);
        bucket["key"] = key;
        bucket["doc_count"] = rows.Count;
        return bucket;
    }

    private static double[] Numbers(List<(FakeIndex Index, FakeDocument Document)> rows, JsonNode what)
    {
        string field = what["field"]!.GetValue<string>();
        return [.. rows.Select(row => row.Index.Value(row.Document, field)).Where(static value => value is not null).Select(static value => (double)Number(value!)).Order()];
    }

    private static JsonNode? Figure(string kind, double[] numbers) => kind == "sum" ? numbers.Sum() : numbers.Length == 0 ? null : kind switch { "min" => numbers[0], "max" => numbers[^1], _ => numbers.Average() };

    private static JsonObject Percentiles(double[] numbers, JsonArray percents) => new()
    {
        ["values"] = new JsonArray([.. percents.Select(percent => (JsonNode)new JsonObject
        {
            ["key"] = percent!.DeepClone(),
            ["value"] = numbers.Length == 0 ? null : numbers[Math.Clamp((int)Math.Ceiling(numbers.Length * percent.GetValue<double>() / 100) - 1, 0, numbers.Length - 1)],
        })]),
    };
}
