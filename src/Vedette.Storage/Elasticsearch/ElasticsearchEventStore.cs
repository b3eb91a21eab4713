using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Vedette.Storage.Events;

namespace Vedette.Storage.Elasticsearch;

/// <summary>Events in Elasticsearch or OpenSearch, one index per UTC day.</summary>
/// <remarks>
/// A group of documents is no transaction there. So a group is acknowledged when every document of it is in the translog; what is left of one that failed is deleted before the next is written, and until then may be seen.
/// Traffic is summed up by aggregations when it is asked for.
/// </remarks>
internal sealed partial class ElasticsearchEventStore(ElasticsearchClient client, EventFieldReader fields, TimeProvider time) : IEventStore
{
    private static readonly TimeSpan ReceiptsCleaned = TimeSpan.FromHours(1);

    private readonly ElasticsearchLease _lease = new(client, time);
    private readonly List<(string Index, string Id)> _doubt = [];
    private long _sequence;
    private DateTimeOffset _cleanedUntil = DateTimeOffset.MinValue;
    private bool _isOpen;
    private volatile bool _isFresh;

    public string Kind => "elasticsearch";

    private string Events => client.Index("events-*");

    private string Receipts => client.Index("receipts");

    private StoreUnavailableException Busy => new($"{client.Name}: another Vedette process writes events to it. Stop that one, or give this one a prefix of its own.");

    public async ValueTask<string> VersionAsync(CancellationToken cancellationToken)
    {
        JsonNode? version = (await client.SendAsync(HttpMethod.Get, "", null, cancellationToken))?["version"];
        return $"{(version?["distribution"]?.GetValue<string>() == "opensearch" ? "OpenSearch" : "Elasticsearch")} {version?["number"]}";
    }

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        await ElasticsearchSchema.ApplyAsync(client, cancellationToken);
        await TryWriteAsync(cancellationToken);
        _isOpen = true;
    }

    public async ValueTask<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen) return $"{client.Name} is not open.";
        try
        {
            return await TryWriteAsync(cancellationToken) ? null : Busy.Message;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
    }

    public async ValueTask AppendAsync(IReadOnlyList<EventAppend> appends, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<DayShare> shares = DayShare.Of(appends, DayNumber.ToMicros(time.GetUtcNow()));
        Receipt[] receipts = [.. appends.SelectMany(static append => append.Receipts)];
        if (shares.Count == 0 && receipts.Length == 0) return;
        if (!await TryWriteAsync(cancellationToken)) throw Busy;
        await DeleteDoubtfulAsync(cancellationToken);
        try
        {
            await WriteAsync(shares, cancellationToken);
            // A receipt promises that the events are there, so it comes after them.
            await WriteAsync(receipts, cancellationToken);
        }
        finally
        {
            _isFresh = false;
        }
        _doubt.Clear();
        await DeleteOldAsync(receipts, cancellationToken);
    }

    public async ValueTask<Receipt?> FindReceiptAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        if ((await client.SendAsync(HttpMethod.Get, $"{Receipts}/_doc/{ReceiptId(idempotencyKey)}", null, cancellationToken))?["_source"] is not { } found) return null;
        return new Receipt(idempotencyKey, found["accepted"]!.GetValue<int>(), found["answer"]!.GetValue<string>(), DayNumber.FromMicros(found["time"]!.GetValue<long>()));
    }

    public async ValueTask<long> ApplyRetentionAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await TryWriteAsync(cancellationToken)) throw Busy;
        IReadOnlyList<(string Index, int Day, long Bytes, long Documents)> days = await DaysAsync(cancellationToken);
        var expired = new ExpiredDays(policy, now, days.Sum(static day => day.Bytes));
        long deleted = 0;
        foreach ((string index, int day, long bytes, long documents) in days)
        {
            if (!expired.Contains(day, bytes)) break;
            await client.SendAsync(HttpMethod.Delete, index, null, cancellationToken);
            deleted += documents;
        }
        return deleted;
    }

    public async ValueTask<long> SizeBytesAsync(CancellationToken cancellationToken) => (await DaysAsync(cancellationToken)).Sum(static day => day.Bytes);

    public async ValueTask DisposeAsync()
    {
        await _lease.ReleaseAsync();
        await client.DisposeAsync();
    }

    /// <summary>Takes the right to write; who has it anew goes on after the last number of writing.</summary>
    private async ValueTask<bool> TryWriteAsync(CancellationToken cancellationToken)
    {
        (bool isHeld, bool isNew) = await _lease.TryHoldAsync(cancellationToken);
        if (!isHeld || !isNew) return isHeld;
        await RefreshAsync(cancellationToken);
        JsonObject? last = await new ElasticsearchSearch(client, Events).AggregateAsync(new JsonObject { ["last"] = new JsonObject { ["max"] = new JsonObject { ["field"] = "seq" } } }, cancellationToken);
        _sequence = Math.Max(_sequence, (long)(last?["last"]?["value"]?.GetValue<double>() ?? 0));
        return true;
    }

    private async ValueTask WriteAsync(IReadOnlyList<DayShare> shares, CancellationToken cancellationToken)
    {
        var bulk = new ElasticsearchBulk(client);
        foreach (DayShare share in shares)
        {
            string index = client.Index("events-" + DayNumber.Name(share.Day));
            for (int i = 0; i < share.Count; i++)
            {
                long sequence = ++_sequence;
                // Known before it is sent: an item that is sent again because an answer was lost writes the same document again.
                string id = string.Create(CultureInfo.InvariantCulture, $"{_lease.Owner}-{sequence:x}");
                int at = i;
                _doubt.Add((index, id));
                bulk.Index(index, id, json => ElasticsearchEvent.Write(json, share, at, sequence, fields));
            }
        }
        await bulk.SendAsync(cancellationToken);
    }

    private async ValueTask WriteAsync(IReadOnlyList<Receipt> receipts, CancellationToken cancellationToken)
    {
        var bulk = new ElasticsearchBulk(client);
        foreach (Receipt receipt in receipts)
        {
            _doubt.Add((Receipts, ReceiptId(receipt.Key)));
            bulk.Index(Receipts, ReceiptId(receipt.Key), json =>
            {
                json.WriteStartObject();
                json.WriteNumber("accepted", receipt.Accepted);
                json.WriteString("answer", receipt.Answer);
                json.WriteNumber("time", DayNumber.ToMicros(receipt.Time));
                json.WriteEndObject();
            });
        }
        await bulk.SendAsync(cancellationToken);
    }

    /// <summary>Of a group that failed some documents may have been written.</summary>
    private async ValueTask DeleteDoubtfulAsync(CancellationToken cancellationToken)
    {
        if (_doubt.Count == 0) return;
        var bulk = new ElasticsearchBulk(client);
        foreach ((string index, string id) in _doubt) bulk.Delete(index, id);
        await bulk.SendAsync(cancellationToken);
        _doubt.Clear();
    }

    private async ValueTask DeleteOldAsync(Receipt[] receipts, CancellationToken cancellationToken)
    {
        if (receipts.Length == 0) return;
        DateTimeOffset oldest = receipts.Max(static receipt => receipt.Time) - Receipt.KeptFor;
        if (oldest < _cleanedUntil + ReceiptsCleaned) return;
        _cleanedUntil = oldest;
        await client.SendAsync(HttpMethod.Post, $"{Receipts}/_refresh?ignore_unavailable=true", null, cancellationToken);
        await new ElasticsearchSearch(client, Receipts).Range("time", below: DayNumber.ToMicros(oldest)).DeleteAsync(cancellationToken);
    }

    private async ValueTask<IReadOnlyList<(string Index, int Day, long Bytes, long Documents)>> DaysAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        JsonNode? answer = await client.SendAsync(HttpMethod.Get, $"_cat/indices/{Events}?format=json&bytes=b&h=index,store.size,docs.count", null, cancellationToken);
        var days = new List<(string Index, int Day, long Bytes, long Documents)>();
        string prefix = client.Index("events-");
        foreach (JsonNode? row in answer?.AsArray() ?? [])
        {
            string index = row!["index"]!.GetValue<string>();
            if (!DayNumber.TryParse(index.AsSpan(prefix.Length), out int day)) continue;
            days.Add((index, day, long.Parse(row["store.size"]!.GetValue<string>(), CultureInfo.InvariantCulture), long.Parse(row["docs.count"]!.GetValue<string>(), CultureInfo.InvariantCulture)));
        }
        return [.. days.OrderBy(static day => day.Day)];
    }

    /// <summary>Makes what was written visible to searches. Writing does not wait for it: it is made when somebody looks.</summary>
    private async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        // What another process writes is only seen by asking.
        if (_isFresh && _lease.IsHeld) return;
        _isFresh = true;
        await client.SendAsync(HttpMethod.Post, $"{Events}/_refresh?ignore_unavailable=true&allow_no_indices=true", null, cancellationToken);
    }

    /// <summary>A key may hold anything, an id not.</summary>
    private static string ReceiptId(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
