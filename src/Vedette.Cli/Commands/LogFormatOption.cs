using System.CommandLine;
using Vedette.Engine.Parsing;

namespace Vedette.Cli.Commands;

/// <summary>The option <c>--format auto|NAME|'custom'</c>, the same for every command that reads logs.</summary>
internal static class LogFormatOption
{
    public static Option<string> Create() => new("--format", "-f")
    {
        Description = "Log format: auto, a name (see 'vedette parse --list'), or an Apache LogFormat or nginx log_format string.",
        DefaultValueFactory = _ => "auto",
        HelpName = "auto|NAME|'custom'",
    };

    /// <summary>The format meant, or null for <c>auto</c>.</summary>
    /// <exception cref="UsageException">There is no such format.</exception>
    public static ILogFormat? Resolve(string value)
    {
        if (value.Equals("auto", StringComparison.OrdinalIgnoreCase)) return null;
        if (LogFormats.TryResolve(value, out ILogFormat? format, out string? problem)) return format;
        throw new UsageException($"{problem} Known formats: auto, {string.Join(", ", LogFormats.All.Select(known => known.Name))}.");
    }
}
