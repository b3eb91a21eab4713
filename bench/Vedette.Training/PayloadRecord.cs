using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Training;

/// <summary>One labelled request or value of the shared payload files.</summary>
internal sealed record PayloadRecord(string Source, bool IsAttack, string? Category, string? Value, bool IsEncoded, string Path, string? Query, string Headers, string? Body, string? Note)
{
    /// <summary>What the publisher's category is called here; none where it has no class of its own.</summary>
    public PayloadClass Class => Category switch
    {
        "sqli" or "xpath" => PayloadClass.SqlInjection,
        "xss" => PayloadClass.Xss,
        "traversal" => PayloadClass.PathTraversal,
        "rfi" => PayloadClass.FileInclusion,
        "cmdi" or "rce" or "shellshock" or "deserialization" or "prototype_pollution" => PayloadClass.CommandInjection,
        "ssti" or "ssi" => PayloadClass.TemplateInjection,
        "ldapi" => PayloadClass.LdapInjection,
        "nosqli" => PayloadClass.NosqlInjection,
        "xxe" => PayloadClass.Xxe,
        "ssrf" or "open_redirect" => PayloadClass.Ssrf,
        "log4shell" => PayloadClass.Log4Shell,
        "crlf" or "mail_injection" => PayloadClass.CrlfInjection,
        "scanner" => PayloadClass.Scanner,
        _ => PayloadClass.None,
    };

    /// <summary>The strictness at which a rule test's publisher expects the row to be found, 1 the default and 4 the strictest; 0 where the source knows no such thing.</summary>
    public int ParanoiaLevel { get; init; }

    /// <summary>The kind of a generated record; the source of any other.</summary>
    public string Group => Source is GrammarText.HonestSource or GrammarText.AttackSource ? GrammarText.KindOf(this) : Source;

    /// <summary>A stable hash of the content, for splits.</summary>
    public uint Hash => HashOf(Value ?? Path + "?" + Query + Headers + Body);

    public static uint HashOf(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text) hash = (hash ^ c) * 16777619;
        return hash ^ (hash >> 13);
    }

    /// <summary>The text, for display.</summary>
    public string Display => Value ?? $"{Path}{(Query is null ? "" : "?" + Query)} {Headers.Replace("\n", " | ", StringComparison.Ordinal)} {Body}";

    /// <summary>Fills a batch with the request; a value becomes <c>GET /?p=VALUE</c>.</summary>
    public HttpEvent AddTo(EventBatch batch)
    {
        batch.Clear();
        var request = new HttpEvent();
        request.Path = batch.Append(Encoding.UTF8.GetBytes(Value is null ? Path : "/"));
        string? query = Value is null ? Query : "p=" + Encode(Value, IsEncoded);
        if (query is not null) request.Query = batch.Append(Encoding.UTF8.GetBytes(query));
        if (Body is not null) request.Body = batch.Append(Encoding.UTF8.GetBytes(Body));
        var others = new StringBuilder();
        foreach (string line in Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            byte[] value = Encoding.UTF8.GetBytes(line[(colon + 1)..].Trim());
            switch (line[..colon].ToLowerInvariant())
            {
                case "user-agent": request.UserAgent = batch.Append(value); break;
                case "referer": request.Referer = batch.Append(value); break;
                case "cookie": request.Cookies = batch.Append(value); break;
                default: others.Append(line).Append('\n'); break;
            }
        }
        if (others.Length > 0) request.Headers = batch.Append(Encoding.UTF8.GetBytes(others.ToString()));
        return request;
    }

    /// <summary>Reads one file.</summary>
    public static IEnumerable<PayloadRecord> Read(string file)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            if (row.TryGetProperty("label_conflict", out var conflict) && conflict.ValueKind == JsonValueKind.True) continue;
            var headers = new StringBuilder();
            if (row.TryGetProperty("headers", out var named) && named.ValueKind == JsonValueKind.Object)
                foreach (var header in named.EnumerateObject())
                    foreach (string value in header.Value.ToString().Split('\n')) headers.Append(header.Name).Append(": ").Append(value).Append('\n');
            string? form = Text(row, "value_form");
            string? note = row.TryGetProperty("orig", out var orig) ? orig.GetRawText() : null;
            yield return new PayloadRecord(Text(row, "source")!, Text(row, "label") == "attack", Text(row, "category"), Text(row, "value"), form is "urlencoded" or "mixed",
                Text(row, "path") ?? "/", Text(row, "query"), headers.ToString(), Text(row, "body"), note)
            {
                ParanoiaLevel = note is not null && orig.TryGetProperty("paranoia_level", out var level) && level.ValueKind == JsonValueKind.Number ? level.GetInt32() : 0,
            };
        }
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Percent-encodes a value as a form does; of one that is encoded already, only what cannot stand in a query.</summary>
    internal static string Encode(string value, bool isEncoded)
    {
        var encoded = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(value))
        {
            char c = (char)b;
            bool keep = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '*' || isEncoded && c is '%' or '+';
            if (keep && !(c is '%' or '+' && !isEncoded)) encoded.Append(c);
            else encoded.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }
}
