using System.CommandLine;

namespace Vedette.Cli.Commands;

/// <summary><c>--config</c>, the same for every command that reads settings.</summary>
internal static class ConfigOption
{
    public static Option<FileInfo?> Create() => new("--config") { Description = "Settings file, .json or .yaml. Default: vedette.json or vedette.yaml here, if there is one." };
}
