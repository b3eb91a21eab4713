using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Server.Settings;

/// <summary>What is in force and where it came from; secrets are shown as set or not.</summary>
public static class SettingsReport
{
    private const string Masked = "(set)";

    /// <summary>Settings whose value lets somebody in somewhere; the address of a webhook does.</summary>
    private static readonly string[] Secrets = ["Access:Token", "Alerts:Email:Password", "Alerts:Slack:Url", "Alerts:Webhook:Url", "Alerts:Webhook:Secret", "Storage:ApiKey"];

    private static readonly JsonSerializerOptions Format = new(SettingsLoader.Json) { WriteIndented = true };

    /// <summary>One line a setting: path, value, origin.</summary>
    public static string Write(VedetteSettings settings)
    {
        var lines = new StringBuilder();
        foreach ((string path, string value) in Values(settings))
            lines.Append(path).Append(" = ").Append(value).Append("  (").Append(settings.Origins.GetValueOrDefault(path) ?? "default").AppendLine(")");
        return lines.ToString().TrimEnd();
    }

    /// <summary>Everything as a tree of sections.</summary>
    public static JsonObject Tree(VedetteSettings settings)
    {
        JsonObject tree = JsonSerializer.SerializeToNode(settings.Engine, Format)!.AsObject();
        tree["Server"] = JsonSerializer.SerializeToNode(settings.Server, Format);
        tree["Access"] = JsonSerializer.SerializeToNode(settings.Access, Format);
        tree["Logging"] = JsonSerializer.SerializeToNode(settings.Logging, Format);
        tree["Inputs"] = JsonSerializer.SerializeToNode(settings.Inputs, Format);
        tree["Models"] = JsonSerializer.SerializeToNode(settings.Models, Format);
        tree["Inputs"] = JsonSerializer.SerializeToNode(settings.Inputs, Format);
        tree["Alerts"] = JsonSerializer.SerializeToNode(settings.Alerts, Format);
        tree["Enforcement"] = JsonSerializer.SerializeToNode(settings.Enforcement, Format);
        tree["Storage"] = JsonSerializer.SerializeToNode(settings.Storage, Format);
        Mask(tree);
        return tree;
    }

    private static IEnumerable<(string Path, string Value)> Values(VedetteSettings settings) => Leaves(Tree(settings), "");

    private static IEnumerable<(string Path, string Value)> Leaves(JsonObject section, string prefix)
    {
        foreach ((string name, JsonNode? value) in section)
        {
            string path = prefix.Length == 0 ? name : $"{prefix}:{name}";
            if (value is not JsonObject inner) yield return (path, value?.ToJsonString() ?? "null");
            else
                foreach (var leaf in Leaves(inner, path)) yield return leaf;
        }
    }

    private static void Mask(JsonObject tree)
    {
        foreach (string path in Secrets) Mask(tree, path.Split(':'));
        if (tree["Storage"] is JsonObject storage && storage["Url"]?.GetValue<string>() is { } url) storage["Url"] = MaskPassword(url);
    }

    private static void Mask(JsonObject tree, string[] path)
    {
        JsonNode? section = tree;
        foreach (string name in path[..^1]) section = section?[name];
        if (section?[path[^1]]?.GetValue<string>() is { Length: > 0 }) section[path[^1]] = Masked;
    }

    /// <summary><c>postgresql://user:secret@host/db?password=secret</c> without the secrets.</summary>
    public static string MaskPassword(string url)
    {
        int query = url.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0) return MaskPassword(url[..query]) + "?" + string.Join('&', url[(query + 1)..].Split('&').Select(static pair => pair.StartsWith("password=", StringComparison.OrdinalIgnoreCase) ? "password=***" : pair));
        int scheme = url.IndexOf("://", StringComparison.Ordinal), at = url.LastIndexOf('@');
        if (scheme < 0 || at < scheme) return url;
        int colon = url.IndexOf(':', scheme + 3);
        return colon < 0 || colon > at ? url : $"{url[..(colon + 1)]}***{url[at..]}";
    }
}
