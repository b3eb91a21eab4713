using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vedette.Server.Settings;

/// <summary>Reads <c>vedette.json</c> or <c>vedette.yaml</c> into a tree of sections.</summary>
internal static class SettingsFile
{
    private static readonly string[] Names = ["vedette.json", "vedette.yaml", "vedette.yml"];
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The first of the known names that exists here; null if there is none.</summary>
    public static FileInfo? InWorkingDirectory() => Names.Select(static name => new FileInfo(name)).FirstOrDefault(static file => file.Exists);

    /// <exception cref="SettingsException">The file is missing or no settings.</exception>
    public static JsonObject Read(FileInfo file)
    {
        if (!file.Exists) throw new SettingsException($"The settings file {file.FullName} does not exist.");
        string text = File.ReadAllText(file.FullName);
        try
        {
            JsonNode? root = file.Extension is ".yaml" or ".yml" ? YamlSettings.Parse(text) : JsonNode.Parse(text, documentOptions: Lenient);
            return root as JsonObject ?? throw new SettingsException($"{file.Name} must hold an object with sections.");
        }
        catch (JsonException e)
        {
            throw new SettingsException($"{file.Name} is not valid JSON: {e.Message}");
        }
        catch (YamlDotNet.Core.YamlException e)
        {
            throw new SettingsException($"{file.Name} is not valid YAML: {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new SettingsException($"{file.Name} cannot be read: {e.Message}");
        }
    }
}
