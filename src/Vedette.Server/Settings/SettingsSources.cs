using System.Collections;

namespace Vedette.Server.Settings;

/// <summary>Where settings come from; later ones win: file, what administrators stored, environment, command line, a file of changes to be tried.</summary>
public sealed record SettingsSources
{
    /// <summary>Settings file; null takes <c>vedette.json</c>, <c>vedette.yaml</c> or <c>vedette.yml</c> in the working directory, if there is one.</summary>
    public FileInfo? File { get; init; }

    /// <summary>Whether the working directory is looked through where <see cref="File"/> is null. Default true.</summary>
    public bool UsesWorkingDirectory { get; init; } = true;

    /// <summary>Settings changed while the server ran, as JSON; null for none.</summary>
    public string? Stored { get; init; }

    /// <summary>Environment variables.</summary>
    public IDictionary Environment { get; init; } = System.Environment.GetEnvironmentVariables();

    /// <summary>Whether the short names (PORT, HOST, AUTH_TOKEN…) count as well. They are for the server; other commands leave them alone.</summary>
    public bool HonorsShortNames { get; init; }

    /// <summary>Values from the command line by path, as <c>Server:Port</c>.</summary>
    public IReadOnlyDictionary<string, string> CommandLine { get; init; } = new Dictionary<string, string>();

    /// <summary>Settings to be tried over all others; null for none.</summary>
    public FileInfo? Trial { get; init; }
}
