using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Vedette.Storage.Tests.Elasticsearch;

/// <summary>
/// The part of Elasticsearch's REST API that the store uses, over real HTTP and in memory. It is strict where a real one is: content types, lines of a bulk, templates before indices, fields that have
/// to be mapped to be searched, terms that are too long, documents that a search sees only after a refresh, sequence numbers of documents. Whatever it does not know it answers with 400.
/// </summary>
internal sealed class ElasticsearchDouble : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _templates = [];
    private readonly Dictionary<string, FakeIndex> _indices = [];
    private readonly Task _work;

    public ElasticsearchDouble()
    {
        for (int attempt = 0; ; attempt++)
        {
            Address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}";
            // One that could not start cannot be used again.
            _listener = new HttpListener();
            _listener.Prefixes.Add(Address + "/");
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // In use.
            }
        }
        _work = RunAsync();
    }

    public string Address { get; }

    /// <summary>Asked before each request is answered; a status other than 0 is the answer.</summary>
    public Func<string, int> Fail { get; set; } = static _ => 0;

    /// <summary>Asked for each item of a bulk, by its id; a status other than 0 is the item's.</summary>
    public Func<string, int> FailItem { get; set; } = static _ => 0;

    /// <summary>What was asked: method, path with query, content type, body.</summary>
    public List<(string Method, string Path, string? Type, string Body, string? Authorization)> Requests { get; } = [];

    /// <summary>Documents in all indices whose name begins like this.</summary>
    public int DocumentsIn(string prefix)
    {
        lock (_lock) return _indices.Where(index => index.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(static index => index.Value.Documents.Count);
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        string body = await reader.ReadToEndAsync(), path = context.Request.RawUrl!.TrimStart('/');
        (int status, JsonNode answer) = (Fail(path), Error("unavailable", "by the test's wish"));
        lock (_lock)
        {
            Requests.Add((context.Request.HttpMethod, path, context.Request.ContentType, body, context.Request.Headers["Authorization"]));
            if (status == 0) (status, answer) = Handle(context.Request.HttpMethod, path, context.Request.ContentType, body);
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers["X-Elastic-Product"] = "Elasticsearch";
        byte[] bytes = Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }

    private (int, JsonNode) Handle(string method, string target, string? type, string body)
    {
        string[] halves = target.Split('?', 2);
        string[] path = [.. halves[0].Split('/').Select(Uri.UnescapeDataString)];
        Dictionary<string, string> query = (halves.Length < 2 ? "" : halves[1]).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split('=', 2)).ToDictionary(static part => part[0], static part => part[1]);
        if (body.Length > 0 && type != (path[^1] == "_bulk" ? "application/x-ndjson" : "application/json")) return (406, Error("media_type_header_exception", $"Content-Type {type} is not supported"));
        try
        {
            return (method, path) switch
            {
                ("GET", [""]) => (200, new JsonObject { ["version"] = new JsonObject { ["number"] = "8.15.0" } }),
                ("GET", ["_index_template", var name]) => _templates.TryGetValue(name, out JsonObject? template) ? (200, template.DeepClone()) : (404, Error("resource_not_found_exception", name)),
                ("PUT", ["_index_template", var name]) => PutTemplate(name, JsonNode.Parse(body)!.AsObject()),
                ("POST", ["_bulk"]) => Bulk(body),
                ("POST", [var index, "_search"]) => (200, FakeSearch.Run(Matching(index), JsonNode.Parse(body)!.AsObject())),
                ("POST", [var index, "_refresh"]) => Refresh(index, query),
                ("POST", [var index, "_delete_by_query"]) => DeleteByQuery(index, JsonNode.Parse(body)!.AsObject()),
                ("GET", [var index, "_doc", var id]) => Get(index, id),
                ("PUT", [var index, "_doc", var id]) => Put(index, id, query, JsonNode.Parse(body)!.AsObject()),
                ("DELETE", [var index, "_doc", var id]) => Delete(index, id, query),
                ("DELETE", [var index]) when !index.Contains('*', StringComparison.Ordinal) => _indices.Remove(index) ? (200, new JsonObject { ["acknowledged"] = true }) : (404, Error("index_not_found_exception", index)),
                ("GET", ["_cat", "indices", var index]) => (200, Cat(index)),
                _ => (400, Error("illegal_argument_exception", $"no handler for {method} {target}")),
            };
        }
        catch (FakeRefusal refusal)
        {
            return (refusal.Status, Error("parsing_exception", refusal.Message));
        }
    }

    private (int, JsonNode) PutTemplate(string name, JsonObject template)
    {
        if (template["index_patterns"] is not JsonArray || template["template"]?["mappings"]?["properties"] is null) throw new FakeRefusal(400, "a template needs patterns and mappings");
        _templates[name] = template;
        return (200, new JsonObject { ["acknowledged"] = true });
    }

    private (int, JsonNode) Bulk(string body)
    {
        if (!body.EndsWith('\n')) throw new FakeRefusal(400, "The bulk request must be terminated by a newline [\\n]");
        var items = new JsonArray();
        string[] lines = body[..^1].Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            (string action, JsonNode? meta) = JsonNode.Parse(lines[i])!.AsObject().Single();
            string index = meta!["_index"]!.GetValue<string>(), id = meta["_id"]!.GetValue<string>();
            JsonObject? document = action == "delete" ? null : JsonNode.Parse(lines[++i])!.AsObject();
            int status = FailItem(id);
            JsonNode? error = status == 0 ? null : new JsonObject { ["type"] = "es_rejected_execution_exception", ["reason"] = "by the test's wish" };
            if (status == 0 && document is not null) status = Of(index).Write(id, document);
            else if (status == 0) status = _indices.TryGetValue(index, out FakeIndex? known) && known.Documents.Remove(id) ? 200 : 404;
            var result = new JsonObject { ["_index"] = index, ["_id"] = id, ["status"] = status };
            if (error is not null) result["error"] = error;
            items.Add(new JsonObject { [action] = result });
        }
        return (200, new JsonObject { ["took"] = 1, ["errors"] = items.Any(static item => item!.AsObject().First().Value!["status"]!.GetValue<int>() >= 300), ["items"] = items });
    }

    private (int, JsonNode) Refresh(string pattern, Dictionary<string, string> query)
    {
        List<FakeIndex> found = Matching(pattern);
        if (found.Count == 0 && query.GetValueOrDefault("ignore_unavailable") != "true") return (404, Error("index_not_found_exception", pattern));
        foreach (FakeIndex index in found) index.Refresh();
        return (200, new JsonObject());
    }

    private (int, JsonNode) DeleteByQuery(string pattern, JsonObject body)
    {
        int deleted = 0;
        foreach (FakeIndex index in Matching(pattern))
            foreach (string id in FakeSearch.Matching(index, body["query"]!).Select(static document => document.Id).ToArray())
                if (index.Documents.Remove(id)) deleted++;
        return (200, new JsonObject { ["deleted"] = deleted });
    }

    private (int, JsonNode) Get(string index, string id)
    {
        if (!_indices.TryGetValue(index, out FakeIndex? known)) return (404, Error("index_not_found_exception", index));
        if (!known.Documents.TryGetValue(id, out FakeDocument? document)) return (404, new JsonObject { ["found"] = false });
        return (200, new JsonObject { ["found"] = true, ["_seq_no"] = document.SequenceNumber, ["_primary_term"] = 1, ["_source"] = document.Source.DeepClone() });
    }

    private (int, JsonNode) Put(string index, string id, Dictionary<string, string> query, JsonObject document)
    {
        FakeIndex target = Of(index);
        if (IsConflict(target, id, query)) return (409, Error("version_conflict_engine_exception", id));
        int status = target.Write(id, document);
        if (query.GetValueOrDefault("refresh") == "true") target.Refresh();
        return (status, new JsonObject { ["result"] = status == 201 ? "created" : "updated" });
    }

    private (int, JsonNode) Delete(string index, string id, Dictionary<string, string> query)
    {
        FakeIndex target = Of(index);
        if (IsConflict(target, id, query)) return (409, Error("version_conflict_engine_exception", id));
        return target.Documents.Remove(id) ? (200, new JsonObject { ["result"] = "deleted" }) : (404, new JsonObject { ["result"] = "not_found" });
    }

    private static bool IsConflict(FakeIndex index, string id, Dictionary<string, string> query)
    {
        bool exists = index.Documents.TryGetValue(id, out FakeDocument? document);
        if (query.GetValueOrDefault("op_type") == "create") return exists;
        return query.TryGetValue("if_seq_no", out string? number) && (!exists || document!.SequenceNumber != long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) || query["if_primary_term"] != "1");
    }

    private JsonArray Cat(string pattern) =>
        new([.. Matching(pattern).Select(static index => (JsonNode)new JsonObject { ["index"] = index.Name, ["store.size"] = $"{index.Documents.Values.Sum(static d => d.Source.ToJsonString().Length) + 250}", ["docs.count"] = $"{index.Documents.Count}" })]);

    private List<FakeIndex> Matching(string pattern) =>
        [.. _indices.Values.Where(index => pattern.EndsWith('*') ? index.Name.StartsWith(pattern[..^1], StringComparison.Ordinal) : index.Name == pattern).OrderBy(static index => index.Name, StringComparer.Ordinal)];

    /// <summary>The index, made by its template if it is not there.</summary>
    private FakeIndex Of(string name)
    {
        if (_indices.TryGetValue(name, out FakeIndex? known)) return known;
        JsonObject template = _templates.Values.SingleOrDefault(candidate => candidate["index_patterns"]!.AsArray().Select(static pattern => pattern!.GetValue<string>())
            .Any(pattern => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern)) ?? throw new FakeRefusal(400, $"no template for {name}");
        return _indices[name] = new FakeIndex(name, template["template"]!["mappings"]!["properties"]!.AsObject());
    }

    private static JsonObject Error(string type, string reason) => new() { ["error"] = new JsonObject { ["type"] = type, ["reason"] = reason }, ["status"] = 0 };

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _work;
    }
}

/// <summary>A request that a real one would refuse.</summary>
internal sealed class FakeRefusal(int status, string message) : Exception(message)
{
    public int Status => status;
}
