using System.Collections;
using System.Text.Json.Nodes;

namespace Vedette.Server.Settings;

/// <summary>Settings as a tree of sections, put together layer by layer; remembers where each value came from.</summary>
internal sealed class SettingsTree
{
    private const string EnvironmentPrefix = "VEDETTE__";

    private readonly Dictionary<string, string> _origins = new(StringComparer.OrdinalIgnoreCase);

    public JsonObject Root { get; } = [];

    public IReadOnlyDictionary<string, string> Origins => _origins;

    /// <summary>Puts a whole tree over this one.</summary>
    public void Add(JsonObject layer, string origin) => Merge(Root, layer, "", origin);

    /// <summary>Puts <c>VEDETTE__RISK__MEDIUM=50</c> over <c>Risk:Medium</c>, and before it the short names, if they are honored.</summary>
    public void Add(IDictionary environment, bool honorsShortNames)
    {
        if (honorsShortNames)
        {
            foreach ((string name, string path) in ShortNames.Paths)
                if (environment[name] is string { Length: > 0 } value) Set(path.Split(':'), value, name);
        }
        foreach (DictionaryEntry variable in environment)
        {
            string name = (string)variable.Key;
            if (name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)) Set(name[EnvironmentPrefix.Length..].Split("__"), (string?)variable.Value ?? "", name);
        }
    }

    public void Set(string path, string text, string origin) => Set(path.Split(':'), text, origin);

    /// <summary>A section, setting or entry of a list without a value is as good as none.</summary>
    public void RemoveEmpty() => RemoveEmpty(Root);

    private void Set(string[] path, string text, string origin)
    {
        JsonObject section = Root;
        var names = new List<string>();
        foreach (string part in path[..^1])
        {
            string key = Existing(section, part);
            if (section[key] is not JsonObject) section[key] = new JsonObject();
            section = (JsonObject)section[key]!;
            names.Add(key);
        }
        string last = Existing(section, path[^1]);
        section[last] = bool.TryParse(text, out bool truth) ? JsonValue.Create(truth) : JsonValue.Create(text);
        names.Add(last);
        _origins[string.Join(':', names)] = origin;
    }

    private void Merge(JsonObject target, JsonObject layer, string path, string origin)
    {
        foreach ((string name, JsonNode? value) in layer)
        {
            string key = Existing(target, name);
            string at = path.Length == 0 ? key : $"{path}:{key}";
            if (value is JsonObject inner)
            {
                if (target[key] is not JsonObject) target[key] = new JsonObject();
                Merge((JsonObject)target[key]!, inner, at, origin);
            }
            else
            {
                target[key] = value?.DeepClone();
                if (value is not null) _origins[at] = origin;
            }
        }
    }

    private static void RemoveEmpty(JsonObject section)
    {
        foreach ((string key, JsonNode? value) in section.ToArray())
        {
            if (value is null) section.Remove(key);
            else if (value is JsonObject inner) RemoveEmpty(inner);
            else if (value is JsonArray list) list.RemoveAll(static entry => entry is null);
        }
    }

    private static string Existing(JsonObject section, string key) =>
        section.Select(static entry => entry.Key).FirstOrDefault(known => known.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;
}
