using System.CommandLine;

namespace Vedette.Cli.Commands;

/// <summary>The option <c>--output</c>: <c>text</c>, <c>json</c>, and for a scan <c>html</c>.</summary>
internal static class OutputOption
{
    public static Option<string> Create(string description) => new("--output", "-o") { Description = description, DefaultValueFactory = _ => "text", HelpName = "text|json" };

    /// <summary>The option with <c>html</c> beside the others.</summary>
    public static Option<string> CreateWithHtml(string description) => new("--output", "-o") { Description = description, DefaultValueFactory = _ => "text", HelpName = "text|json|html" };

    /// <exception cref="UsageException">There is no such output.</exception>
    public static OutputKind Resolve(string name, bool hasHtml = false) => name switch
    {
        "text" => OutputKind.Text,
        "json" => OutputKind.Json,
        "html" when hasHtml => OutputKind.Html,
        _ when hasHtml => throw new UsageException($"--output {name}: the outputs are text, json and html."),
        _ => throw new UsageException($"--output {name}: the outputs are text and json."),
    };
}

/// <summary>How a report is written.</summary>
internal enum OutputKind
{
    Text,
    Json,
    Html,
}
