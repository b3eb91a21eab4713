using System.Collections;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Vedette.Engine;

namespace Vedette.Cli.Settings;

/// <summary>Settings from a file and from the environment: <c>vedette.json</c> or <c>.yaml</c> &lt; <c>VEDETTE__SECTION__KEY</c>.</summary>
internal static class SettingsFile
{
    private const string EnvironmentPrefix = "VEDETTE__";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(), new StringListConverter() },
    };

    public static Option<FileInfo?> CreateOption() => new("--config") { Description = "Settings file, .json or .yaml. Default: vedette.json or vedette.yaml here, if there is one." };

    /// <summary>The engine's options as set by file and environment.</summary>
    /// <exception cref="UsageException">The file is missing or no valid settings, or a setting is wrong; the message names it.</exception>
    public static EngineOptions Load(FileInfo? file)
    {
        FileInfo? chosen = file ?? new[] { "vedette.json", "vedette.yaml", "vedette.yml" }.Select(static name => new FileInfo(name)).FirstOrDefault(static f => f.Exists);
        JsonObject settings = chosen is null ? [] : Read(chosen);
        Overlay(settings, Environment.GetEnvironmentVariables());
        RemoveEmpty(settings);
        try
        {
            EngineOptions options = settings.Deserialize<EngineOptions>(Options) ?? new EngineOptions();
            options.Validate();
            return options;
        }
        catch (JsonException e)
        {
            throw new UsageException($"Setting {e.Path?.TrimStart('$', '.') ?? "?"} in {chosen?.Name ?? "the environment"}: {Reason(e)}");
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static JsonObject Read(FileInfo file)
    {
        if (!file.Exists) throw new UsageException($"The settings file {file.FullName} does not exist.");
        string text = File.ReadAllText(file.FullName);
        try
        {
            JsonNode? root = file.Extension is ".yaml" or ".yml" ? YamlSettings.Parse(text) : JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return root as JsonObject ?? throw new UsageException($"{file.Name} must hold an object with sections.");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{file.Name} is not valid JSON: {e.Message}");
        }
        catch (YamlDotNet.Core.YamlException e)
        {
            throw new UsageException($"{file.Name} is not valid YAML: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException($"{file.Name} cannot be read: {e.Message}");
        }
    }

    /// <summary>Puts <c>VEDETTE__RISK__MEDIUM=50</c> over the file's <c>Risk.Medium</c>.</summary>
    internal static void Overlay(JsonObject settings, IDictionary environment)
    {
        foreach (DictionaryEntry variable in environment)
        {
            string name = (string)variable.Key;
            if (!name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            string[] path = name[EnvironmentPrefix.Length..].Split("__");
            JsonObject section = settings;
            foreach (string part in path[..^1])
            {
                string key = Existing(section, part);
                if (section[key] is not JsonObject) section[key] = new JsonObject();
                section = (JsonObject)section[key]!;
            }
            string text = (string?)variable.Value ?? "";
            section[Existing(section, path[^1])] = bool.TryParse(text, out bool truth) ? JsonValue.Create(truth) : JsonValue.Create(text);
        }
    }

    /// <summary>A section or setting without a value is as good as none.</summary>
    private static void RemoveEmpty(JsonObject section)
    {
        foreach ((string key, JsonNode? value) in section.ToArray())
        {
            if (value is null) section.Remove(key);
            else if (value is JsonObject inner) RemoveEmpty(inner);
        }
    }

    private static string Existing(JsonObject section, string key) =>
        section.Select(static entry => entry.Key).FirstOrDefault(known => known.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;

    private static string Reason(JsonException e) =>
        e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "there is no such setting." : "the value has the wrong type.";
}
