using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Vedette.Server.Tests.Deploy;

/// <summary>Files of the repository, and the programs that check them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Deploy { get; } = Path.Combine(Root, "deploy");

    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal);

    /// <summary>The documents of a YAML file; whatever is no YAML throws.</summary>
    public static IReadOnlyList<JsonNode> Yaml(string file)
    {
        var found = new List<JsonNode>();
        IDeserializer deserializer = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        foreach (string document in File.ReadAllText(file).Split("\n---\n"))
            if (deserializer.Deserialize<object?>(document) is { } content) found.Add(JsonSerializer.SerializeToNode(content)!);
        return found;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Exit, string Output)> RunAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Vedette.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The repository's root is not above the test.");
    }
}
