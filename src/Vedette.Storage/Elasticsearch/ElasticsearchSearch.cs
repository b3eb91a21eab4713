using System.Text.Json.Nodes;

namespace Vedette.Storage.Elasticsearch;

/// <summary>A search: conditions that all must hold, an order, and where to go on.</summary>
internal sealed class ElasticsearchSearch(ElasticsearchClient client, string index)
{
    /// <summary>Rows Elasticsearch gives in one answer at most.</summary>
    public const int MaxSize = 10_000;

    private readonly JsonArray _filters = [];
    private readonly JsonArray _exclusions = [];

    public ElasticsearchSearch Term(string field, JsonNode? value)
    {
        if (value is not null) _filters.Add(TermOf(field, value));
        return this;
    }

    public ElasticsearchSearch Terms(string field, IEnumerable<string> values)
    {
        _filters.Add(TermsOf(field, values));
        return this;
    }

    public ElasticsearchSearch NotTerms(string field, IEnumerable<string> values)
    {
        _exclusions.Add(TermsOf(field, values));
        return this;
    }

    /// <summary>A field within bounds; null for none.</summary>
    public ElasticsearchSearch Range(string field, JsonNode? from = null, JsonNode? below = null, JsonNode? upTo = null)
    {
        var bounds = new JsonObject();
        if (from is not null) bounds["gte"] = from;
        if (below is not null) bounds["lt"] = below;
        if (upTo is not null) bounds["lte"] = upTo;
        if (bounds.Count > 0) _filters.Add(new JsonObject { ["range"] = new JsonObject { [field] = bounds } });
        return this;
    }

    /// <summary>A text anywhere in one of the fields, case ignored.</summary>
    public ElasticsearchSearch Containing(string? text, params IEnumerable<string> fields)
    {
        if (string.IsNullOrEmpty(text)) return this;
        string pattern = "*" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal) + "*";
        var any = new JsonArray();
        foreach (string field in fields) any.Add(new JsonObject { ["wildcard"] = new JsonObject { [field] = new JsonObject { ["value"] = pattern, ["case_insensitive"] = true } } });
        _filters.Add(new JsonObject { ["bool"] = new JsonObject { ["should"] = any, ["minimum_should_match"] = 1 } });
        return this;
    }

    public ElasticsearchSearch Exists(string field)
    {
        _filters.Add(new JsonObject { ["exists"] = new JsonObject { ["field"] = field } });
        return this;
    }

    public ElasticsearchSearch Without(string field)
    {
        _exclusions.Add(new JsonObject { ["exists"] = new JsonObject { ["field"] = field } });
        return this;
    }

    /// <summary>Rows in order.</summary>
    /// <param name="order">Fields; a minus in front turns the order round. The last one is unique.</param>
    /// <param name="size">Rows at most, up to <see cref="MaxSize"/>.</param>
    /// <param name="after">Values of the fields in <paramref name="order"/> of the row before; null to begin.</param>
    /// <param name="withDocument">False for the order's values alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyList<ElasticsearchRow>> RowsAsync(IReadOnlyList<string> order, int size, JsonArray? after, bool withDocument, CancellationToken cancellationToken)
    {
        var sort = new JsonArray();
        foreach (string field in order) sort.Add(new JsonObject { [field.TrimStart('-')] = new JsonObject { ["order"] = field[0] == '-' ? "desc" : "asc", ["unmapped_type"] = "long" } });
        var body = new JsonObject { ["query"] = Query(), ["sort"] = sort, ["size"] = size, ["track_total_hits"] = false };
        if (after is not null) body["search_after"] = after.DeepClone();
        if (!withDocument) body["_source"] = false;
        JsonNode answer = await AskAsync(body, cancellationToken);
        return [.. answer["hits"]!["hits"]!.AsArray().Select(static hit => new ElasticsearchRow(hit!["_id"]!.GetValue<string>(), hit["_source"] as JsonObject ?? [], hit["sort"]!.AsArray()))];
    }

    /// <summary>A page: rows after a cursor, or after so many rows.</summary>
    public async ValueTask<(IReadOnlyList<ElasticsearchRow> Rows, bool IsMore)> PageAsync(IReadOnlyList<string> order, PageRequest page, JsonArray? after, CancellationToken cancellationToken)
    {
        if (page.Limit is < 1 or > 1000) throw new ArgumentException($"A page of {page.Limit} rows is not in 1 to 1000.", nameof(page));
        ArgumentOutOfRangeException.ThrowIfNegative(page.Skip, nameof(page));
        for (int skip = after is null ? page.Skip : 0; skip > 0;)
        {
            IReadOnlyList<ElasticsearchRow> skipped = await RowsAsync(order, Math.Min(skip, MaxSize), after, withDocument: false, cancellationToken);
            if (skipped.Count < Math.Min(skip, MaxSize)) return ([], false);
            skip -= skipped.Count;
            after = skipped[^1].Order;
        }
        IReadOnlyList<ElasticsearchRow> rows = await RowsAsync(order, page.Limit + 1, after, withDocument: true, cancellationToken);
        return rows.Count > page.Limit ? ([.. rows.Take(page.Limit)], true) : (rows, false);
    }

    /// <summary>How many there are, counted up to a limit.</summary>
    public async ValueTask<long> CountAsync(long limit, CancellationToken cancellationToken)
    {
        JsonNode answer = await AskAsync(new JsonObject { ["query"] = Query(), ["size"] = 0, ["track_total_hits"] = Math.Clamp(limit, 1, int.MaxValue) }, cancellationToken);
        return Math.Min(limit, answer["hits"]!["total"]!["value"]!.GetValue<long>());
    }

    /// <summary>Figures over all rows.</summary>
    public async ValueTask<JsonObject?> AggregateAsync(JsonObject aggregations, CancellationToken cancellationToken) =>
        (await AskAsync(new JsonObject { ["query"] = Query(), ["size"] = 0, ["track_total_hits"] = false, ["aggs"] = aggregations }, cancellationToken))["aggregations"] as JsonObject;

    /// <summary>Deletes them; returns how many.</summary>
    public async ValueTask<long> DeleteAsync(CancellationToken cancellationToken)
    {
        JsonNode? answer = await client.SendAsync(HttpMethod.Post, $"{index}/_delete_by_query?refresh=true&conflicts=proceed&ignore_unavailable=true", new JsonObject { ["query"] = Query() }, cancellationToken);
        return answer?["deleted"]?.GetValue<long>() ?? 0;
    }

    private async ValueTask<JsonNode> AskAsync(JsonObject body, CancellationToken cancellationToken)
    {
        JsonNode? answer = await client.SendAsync(HttpMethod.Post, $"{index}/_search?ignore_unavailable=true&allow_no_indices=true", body, cancellationToken);
        if (answer is null) return new JsonObject { ["hits"] = new JsonObject { ["total"] = new JsonObject { ["value"] = 0 }, ["hits"] = new JsonArray() } };
        // Half an answer would look like a whole one.
        if (answer["timed_out"]?.GetValue<bool>() == true || answer["_shards"]?["failed"]?.GetValue<int>() > 0) throw new StoreUnavailableException($"{client.Name} could search a part of {index} only.");
        return answer;
    }

    private JsonObject Query()
    {
        var conditions = new JsonObject { ["filter"] = _filters.DeepClone() };
        if (_exclusions.Count > 0) conditions["must_not"] = _exclusions.DeepClone();
        return new JsonObject { ["bool"] = conditions };
    }

    private static JsonObject TermOf(string field, JsonNode value) => new() { ["term"] = new JsonObject { [field] = value } };

    private static JsonObject TermsOf(string field, IEnumerable<string> values) => new() { ["terms"] = new JsonObject { [field] = new JsonArray([.. values.Select(static value => (JsonNode)value)]) } };
}

/// <summary>A document that was found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Document">What was written; empty if only its place was asked for.</param>
/// <param name="Order">Its values of the fields it was ordered by.</param>
internal readonly record struct ElasticsearchRow(string Id, JsonObject Document, JsonArray Order);
