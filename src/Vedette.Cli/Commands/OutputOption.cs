using System.CommandLine;

namespace Vedette.Cli.Commands;

/// <summary>The option <c>--output text|json</c>.</summary>
internal static class OutputOption
{
    public static Option<string> Create(string description) => new("--output", "-o") { Description = description, DefaultValueFactory = _ => "text", HelpName = "text|json" };

    /// <exception cref="UsageException">There is no such output.</exception>
    public static OutputKind Resolve(string name) => name switch
    {
        "text" => OutputKind.Text,
        "json" => OutputKind.Json,
        _ => throw new UsageException($"--output {name}: the outputs are text and json."),
    };
}

/// <summary>How a report is written.</summary>
internal enum OutputKind
{
    Text,
    Json,
}
