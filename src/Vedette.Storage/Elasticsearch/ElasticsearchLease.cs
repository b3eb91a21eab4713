using System.Text.Json.Nodes;

namespace Vedette.Storage.Elasticsearch;

/// <summary>The right to write events, which one process has at a time. It is a document that says until when; a process that ends gives it back, one that is killed lets it run out.</summary>
/// <remarks>The clocks of the machines must agree within a few seconds. For one caller at a time.</remarks>
internal sealed class ElasticsearchLease(ElasticsearchClient client, TimeProvider time)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly string _owner = Guid.NewGuid().ToString("N")[..12];
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private DateTimeOffset _renewAt = DateTimeOffset.MinValue;

    /// <summary>Tells this process's documents from others'.</summary>
    public string Owner => _owner;

    public bool IsHeld => time.GetUtcNow() < _until;

    private string Path => $"{client.Index("control")}/_doc/writer";

    /// <summary>Takes or renews it, unless another process has it.</summary>
    /// <returns>Whether it is held, and whether others may have written since this process last held it.</returns>
    public async ValueTask<(bool IsHeld, bool IsNew)> TryHoldAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now < _renewAt) return (true, false);
        bool wasHeld = now < _until;
        try
        {
            JsonNode? known = await client.SendAsync(HttpMethod.Get, Path, null, cancellationToken);
            bool exists = known?["found"]?.GetValue<bool>() == true;
            if (exists && known!["_source"]!["owner"]!.GetValue<string>() != _owner && known["_source"]!["until"]!.GetValue<long>() > now.ToUnixTimeMilliseconds()) return (false, false);
            string condition = exists ? $"if_seq_no={known!["_seq_no"]}&if_primary_term={known["_primary_term"]}" : "op_type=create";
            await client.SendAsync(HttpMethod.Put, $"{Path}?{condition}", new JsonObject { ["kind"] = "writer", ["owner"] = _owner, ["until"] = (now + Length).ToUnixTimeMilliseconds() }, cancellationToken);
        }
        catch (ElasticsearchConflictException)
        {
            _until = _renewAt = DateTimeOffset.MinValue;
            return (false, false);
        }
        _until = now + Length;
        _renewAt = now + Length / 3;
        return (true, !wasHeld);
    }

    /// <summary>Gives it back if it is ours.</summary>
    public async ValueTask ReleaseAsync()
    {
        if (!IsHeld) return;
        _until = _renewAt = DateTimeOffset.MinValue;
        try
        {
            JsonNode? known = await client.SendAsync(HttpMethod.Get, Path, null, CancellationToken.None);
            if (known?["_source"]?["owner"]?.GetValue<string>() == _owner)
                await client.SendAsync(HttpMethod.Delete, $"{Path}?if_seq_no={known["_seq_no"]}&if_primary_term={known["_primary_term"]}", null, CancellationToken.None);
        }
        catch (Exception e) when (e is StoreUnavailableException or ElasticsearchConflictException)
        {
            // It runs out by itself.
        }
    }
}
