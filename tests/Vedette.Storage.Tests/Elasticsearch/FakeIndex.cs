using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Storage.Tests.Elasticsearch;

/// <summary>An index with the types of its fields; other fields are kept and cannot be searched.</summary>
internal sealed class FakeIndex(string name, JsonObject properties)
{
    private const int LongestTerm = 32_766;

    private readonly HashSet<string> _visible = [];
    private long _sequence;

    public string Name => name;

    public Dictionary<string, FakeDocument> Documents { get; } = [];

    public IEnumerable<FakeDocument> Searched => Documents.Values.Where(document => _visible.Contains(document.Id));

    public void Refresh() => _visible.UnionWith(Documents.Keys);

    public string TypeOf(string field) => properties[field]?["type"]?.GetValue<string>() ?? throw new FakeRefusal(400, $"{field} is not mapped in {name}: a search for it would find nothing");

    public int Write(string id, JsonObject source)
    {
        if (Encoding.UTF8.GetByteCount(id) is 0 or > 512) throw new FakeRefusal(400, "an id has 1 to 512 bytes");
        foreach ((string field, JsonNode? value) in source)
            if (value is not null && properties[field] is { } mapping) Check(field, mapping, value);
        bool exists = Documents.ContainsKey(id);
        Documents[id] = new FakeDocument(id, source, _sequence++);
        return exists ? 200 : 201;
    }

    /// <summary>A field's value as a search sees it; null for absent, or too long to be searched.</summary>
    public JsonNode? Value(FakeDocument document, string field)
    {
        _ = TypeOf(field);
        JsonNode? value = document.Source[field];
        return value is not null && properties[field]!["ignore_above"] is { } longest && value.GetValue<string>().Length > longest.GetValue<int>() ? null : value;
    }

    private static void Check(string field, JsonNode mapping, JsonNode value)
    {
        bool fits = mapping["type"]!.GetValue<string>() switch
        {
            "keyword" => value.GetValueKind() == JsonValueKind.String && (value.GetValue<string>().Length > mapping["ignore_above"]!.GetValue<int>() || Encoding.UTF8.GetByteCount(value.GetValue<string>()) <= LongestTerm),
            "ip" => IPAddress.TryParse(value.GetValue<string>(), out _),
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "short" => value.GetValue<long>() is >= short.MinValue and <= short.MaxValue,
            "long" or "date" => value.GetValue<long>() >= 0,
            "double" => value.GetValueKind() == JsonValueKind.Number,
            string type => throw new FakeRefusal(400, $"unknown type {type}"),
        };
        if (!fits) throw new FakeRefusal(400, $"failed to parse field [{field}]");
    }
}

internal sealed record FakeDocument(string Id, JsonObject Source, long SequenceNumber);
