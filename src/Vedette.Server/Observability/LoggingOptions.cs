namespace Vedette.Server.Observability;

/// <summary>What is written to the log, and where.</summary>
public sealed record LoggingOptions
{
    private static readonly string[] Levels = ["trace", "debug", "info", "information", "warn", "warning", "error", "critical", "fatal"];

    /// <summary>Least level that is written: trace, debug, info (default), warn, error, critical.</summary>
    public string Level { get; init; } = "info";

    /// <summary>File for JSON lines; a new one each day, 30 are kept. Empty (default): <c>logs/vedette.log</c> in the data directory; <c>-</c>: console only.</summary>
    public string File { get; init; } = "";

    /// <summary>Old log files kept. Default 30.</summary>
    public int KeepFiles { get; init; } = 30;

    internal IEnumerable<string> Problems()
    {
        if (!Levels.Contains(Level, StringComparer.OrdinalIgnoreCase)) yield return $"Logging:Level is '{Level}'; write trace, debug, info, warn, error or critical.";
        if (KeepFiles is < 1 or > 10_000) yield return $"Logging:KeepFiles is {KeepFiles}; it must be from 1 to 10000.";
    }
}
