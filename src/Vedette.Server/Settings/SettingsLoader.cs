using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json;
using Vedette.Engine;
using Vedette.Server.Access;
using Vedette.Server.Alerts;
using Vedette.Server.Enforcement;
using Vedette.Server.Inputs;
using Vedette.Server.Models;
using Vedette.Server.Observability;
using Vedette.Storage;

namespace Vedette.Server.Settings;

/// <summary>Brings all sources of settings together and checks them: what is wrong is reported at once, by path.</summary>
public static class SettingsLoader
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter(), new StringListConverter(), new DurationConverter() },
    };

    /// <summary>The engine's options alone, for commands that run no server.</summary>
    /// <param name="file">Settings file; null takes the one in the working directory, if there is one.</param>
    /// <param name="trial">Changes to be tried over all other settings; null for none.</param>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static EngineOptions LoadEngine(FileInfo? file, FileInfo? trial = null) => Load(new SettingsSources { File = file, Trial = trial }).Engine;

    /// <exception cref="SettingsException">The file is missing or no valid settings, or a setting is wrong; the message names it.</exception>
    public static VedetteSettings Load(SettingsSources sources)
    {
        var tree = new SettingsTree();
        if ((sources.File ?? (sources.UsesWorkingDirectory ? SettingsFile.InWorkingDirectory() : null)) is { } file) tree.Add(SettingsFile.Read(file), file.Name);
        if (sources.Stored is not null && JsonNode.Parse(sources.Stored) is JsonObject stored) tree.Add(stored, "stored");
        tree.Add(sources.Environment, sources.HonorsShortNames);
        foreach ((string path, string value) in sources.CommandLine) tree.Set(path, value, "command line");
        if (sources.Trial is { } trial) tree.Add(SettingsFile.Read(trial), trial.Name);
        tree.RemoveEmpty();
        return Read(tree) with { Sources = sources };
    }

    private static VedetteSettings Read(SettingsTree tree)
    {
        var problems = new List<string>();
        var settings = new VedetteSettings
        {
            Server = Take<ServerOptions>(tree, "Server", problems),
            Access = Take<AccessOptions>(tree, "Access", problems),
            Logging = Take<LoggingOptions>(tree, "Logging", problems),
            Inputs = Take<InputOptions>(tree, "Inputs", problems),
            Models = Take<ModelOptions>(tree, "Models", problems),
            Alerts = Take<AlertOptions>(tree, "Alerts", problems),
            Enforcement = Take<EnforcementOptions>(tree, "Enforcement", problems),
            Storage = Take<StorageOptions>(tree, "Storage", problems),
            Engine = Deserialize<EngineOptions>(tree, tree.Root, "", problems),
            Origins = tree.Origins,
        };
        if (problems.Count == 0) problems.AddRange(settings.Problems().Select(problem => WithOrigin(problem, tree.Origins)));
        return problems.Count == 0 ? settings : throw new SettingsException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>A problem begins with the path of its setting; who wrote the value knows it by the name of a variable or option.</summary>
    private static string WithOrigin(string problem, IReadOnlyDictionary<string, string> origins)
    {
        int end = problem.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && origins.TryGetValue(problem[..end], out string? origin) && !problem.Contains(origin, StringComparison.Ordinal) ? $"{problem[..end]} (from {origin}){problem[end..]}" : problem;
    }

    /// <summary>Reads a section of its own and takes it out of the tree; what remains is the engine's.</summary>
    private static T Take<T>(SettingsTree tree, string name, List<string> problems) where T : new()
    {
        string? key = tree.Root.Select(static entry => entry.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (key is null) return new T();
        JsonNode? section = tree.Root[key];
        tree.Root.Remove(key);
        return Deserialize<T>(tree, section, name, problems);
    }

    private static T Deserialize<T>(SettingsTree tree, JsonNode? section, string path, List<string> problems) where T : new()
    {
        try
        {
            return section is null ? new T() : section.Deserialize<T>(Json) ?? new T();
        }
        catch (JsonException e)
        {
            string inner = e.Path?.TrimStart('$', '.').Replace('.', ':') ?? "";
            string full = path.Length == 0 ? inner : inner.Length == 0 ? path : $"{path}:{inner}";
            string origin = tree.Origins.TryGetValue(full, out string? known) ? $" (from {known})" : "";
            problems.Add($"Setting {full}{origin}: {Reason(e)}");
            return new T();
        }
    }

    private static string Reason(JsonException e) =>
        e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "there is no such setting." : "the value has the wrong type.";
}
