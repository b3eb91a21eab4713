using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Storage.Elasticsearch;

/// <summary>Records of few rows, each a document with the fields it is searched by and itself as JSON. What was written is seen by the next search.</summary>
internal sealed class ElasticsearchRecords(ElasticsearchClient client, string subject, TimeProvider time)
{
    private long _last;

    private string Index => client.Index(subject);

    /// <summary>A number above all before: microseconds by the clock, or one more than the last.</summary>
    public long NextSequence()
    {
        long now = Events.DayNumber.ToMicros(time.GetUtcNow());
        while (true)
        {
            long last = Interlocked.Read(ref _last), next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }

    /// <summary>Writes a record, in place of one of the same id.</summary>
    public async ValueTask SaveAsync<T>(string id, T record, JsonObject searched, CancellationToken cancellationToken)
    {
        searched["record"] = JsonSerializer.Serialize(record);
        await client.SendAsync(HttpMethod.Put, $"{Index}/_doc/{Uri.EscapeDataString(id)}?refresh=true", searched, cancellationToken);
    }

    public async ValueTask<T?> FindAsync<T>(string id, CancellationToken cancellationToken) where T : class =>
        (await client.SendAsync(HttpMethod.Get, $"{Index}/_doc/{Uri.EscapeDataString(id)}", null, cancellationToken))?["_source"] is JsonObject document ? Read<T>(document) : null;

    public ElasticsearchSearch Search(string? kind = null)
    {
        var search = new ElasticsearchSearch(client, Index);
        return kind is null ? search : search.Term("kind", kind);
    }

    /// <summary>Records in order, up to what one answer holds.</summary>
    public static async ValueTask<IReadOnlyList<T>> ListAsync<T>(ElasticsearchSearch search, string order, int limit, CancellationToken cancellationToken) =>
        [.. (await search.RowsAsync([order], Math.Min(limit, ElasticsearchSearch.MaxSize), null, withDocument: true, cancellationToken)).Select(static row => Read<T>(row.Document))];

    public static T Read<T>(JsonObject document) => JsonSerializer.Deserialize<T>(document["record"]!.GetValue<string>())!;
}
