using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Storage.Elasticsearch;

/// <summary>Documents to be written or deleted, sent in pieces by <c>_bulk</c>. An item that was refused for load is sent again; every other refusal is a failure of the whole.</summary>
internal sealed class ElasticsearchBulk(ElasticsearchClient client)
{
    private const int PieceBytes = 5 << 20;
    private const int Attempts = 4;

    private readonly List<byte[]> _items = [];

    /// <summary>Writes a document, in place of one of the same id.</summary>
    public void Index(string index, string id, Action<Utf8JsonWriter> writeDocument) => Add("index", index, id, writeDocument);

    /// <summary>Deletes a document; that there is none is no failure.</summary>
    public void Delete(string index, string id) => Add("delete", index, id, null);

    /// <summary>Returns when every item is written durably.</summary>
    /// <exception cref="StoreUnavailableException">An item was not; others may have been.</exception>
    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        int next = 0;
        while (next < _items.Count)
        {
            var piece = new List<byte[]>();
            for (long bytes = 0; next < _items.Count && (piece.Count == 0 || bytes + _items[next].Length <= PieceBytes); next++)
            {
                bytes += _items[next].Length;
                piece.Add(_items[next]);
            }
            await SendAsync(piece, cancellationToken);
        }
    }

    private async ValueTask SendAsync(List<byte[]> items, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            JsonNode answer = await client.SendLinesAsync("_bulk", Join(items), cancellationToken);
            List<byte[]> refused = Refused(items, answer);
            if (refused.Count == 0) return;
            if (attempt + 1 >= Attempts) throw new StoreUnavailableException($"{client.Name} refuses {refused.Count} of {items.Count} documents for load.");
            items = refused;
            await ElasticsearchClient.PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Items that may be sent again.</summary>
    private List<byte[]> Refused(List<byte[]> items, JsonNode answer)
    {
        var refused = new List<byte[]>();
        JsonArray results = answer["items"]?.AsArray() ?? throw new StoreUnavailableException($"{client.Name} has not said what became of the documents.");
        if (results.Count != items.Count) throw new StoreUnavailableException($"{client.Name} has told of {results.Count} of {items.Count} documents.");
        for (int i = 0; i < results.Count; i++)
        {
            (string action, JsonNode? result) = results[i]!.AsObject().First();
            int status = result!["status"]!.GetValue<int>();
            if (status is 429 or 503) refused.Add(items[i]);
            else if (status >= 300 && !(action == "delete" && status == 404)) throw new StoreUnavailableException($"{client.Name} refuses a document with {status}: {ElasticsearchClient.ReasonIn(result.ToJsonString())}");
        }
        return refused;
    }

    private void Add(string action, string index, string id, Action<Utf8JsonWriter>? writeDocument)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(action);
            json.WriteString("_index", index);
            json.WriteString("_id", id);
            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            if (writeDocument is not null)
            {
                json.Reset();
                writeDocument(json);
                json.Flush();
                buffer.Write("\n"u8);
            }
        }
        _items.Add(buffer.WrittenSpan.ToArray());
    }

    private static byte[] Join(List<byte[]> items)
    {
        byte[] all = new byte[items.Sum(static item => item.Length)];
        int at = 0;
        foreach (byte[] item in items)
        {
            item.CopyTo(all, at);
            at += item.Length;
        }
        return all;
    }
}
