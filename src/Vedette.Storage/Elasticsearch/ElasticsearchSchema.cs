using System.Text.Json.Nodes;

namespace Vedette.Storage.Elasticsearch;

/// <summary>Index templates: what each field is. A field that is not named here is kept and not searched.</summary>
internal static class ElasticsearchSchema
{
    /// <summary>Longest text that is searched. A path has at most so many bytes.</summary>
    private const int Searched = 8192;

    private static readonly string[] Subjects = ["events", "receipts", "incidents", "anomalies", "profiles", "control"];

    /// <summary>Puts all templates in place; they take effect when an index is made, so before the first document.</summary>
    public static async ValueTask ApplyAsync(ElasticsearchClient client, CancellationToken cancellationToken)
    {
        foreach (string subject in Subjects)
        {
            var template = new JsonObject
            {
                ["index_patterns"] = new JsonArray(subject == "events" ? client.Index("events-*") : client.Index(subject)),
                ["priority"] = 200,
                ["template"] = new JsonObject
                {
                    ["settings"] = new JsonObject { ["index"] = new JsonObject { ["number_of_shards"] = 1, ["translog"] = new JsonObject { ["durability"] = "request" } } },
                    ["mappings"] = new JsonObject { ["dynamic"] = false, ["properties"] = FieldsOf(subject) },
                },
            };
            await client.SendAsync(HttpMethod.Put, $"_index_template/{client.Index(subject)}", template, cancellationToken);
        }
    }

    /// <summary>True if a start has put the templates in place.</summary>
    public static async ValueTask<bool> IsAppliedAsync(ElasticsearchClient client, CancellationToken cancellationToken) =>
        await client.SendAsync(HttpMethod.Get, $"_index_template/{client.Index(Subjects[^1])}", null, cancellationToken) is not null;

    private static JsonObject FieldsOf(string subject) => subject switch
    {
        "events" => Fields(
            ("@timestamp", "date"), ("time_ms", "long"), ("seq", "long"), ("method", "keyword"), ("path", "keyword"), ("query", "keyword"), ("route", "keyword"), ("route_method", "keyword"), ("status", "short"),
            ("duration", "long"), ("client", "ip"), ("client_text", "keyword"), ("user", "keyword"), ("principal", "keyword"), ("is_authenticated", "boolean"), ("request_bytes", "long"), ("response_bytes", "long"),
            ("agent", "keyword"), ("score", "short"), ("types", "keyword"), ("is_anomaly", "boolean")),
        "receipts" => Fields(("time", "long")),
        "incidents" => Fields(
            ("id", "keyword"), ("type", "keyword"), ("level", "keyword"), ("risk", "short"), ("actor_kind", "keyword"), ("actor_value", "keyword"), ("endpoint", "keyword"), ("first_seen", "long"), ("last_seen", "long"),
            ("detected_at", "long"), ("part_of", "keyword"), ("searched", "keyword")),
        "anomalies" => Fields(("time", "long"), ("seq", "long"), ("actor_value", "keyword"), ("endpoint", "keyword"), ("priority", "keyword"), ("usage_class", "keyword"), ("risk_score", "double")),
        "profiles" => Fields(("last_seen", "long")),
        _ => Fields(("kind", "keyword"), ("about", "keyword"), ("sequence", "long"), ("changed", "long"), ("until", "long")),
    };

    private static JsonObject Fields(params ReadOnlySpan<(string Name, string Type)> fields)
    {
        var properties = new JsonObject();
        foreach ((string name, string type) in fields)
            properties[name] = type == "keyword" ? new JsonObject { ["type"] = type, ["ignore_above"] = Searched } : new JsonObject { ["type"] = type };
        return properties;
    }
}
