using NLog;
using NLog.Config;
using NLog.Layouts;
using NLog.Targets;
using NLog.Targets.Wrappers;
using Vedette.Server.Settings;

namespace Vedette.Server.Observability;

/// <summary>Where log lines go: JSON lines in a file, a new one each day; warnings and changes of state on the console too.</summary>
internal static class LogSetup
{
    /// <summary>Sets logging up for this process.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="dataFolder">Where the file goes unless the options say.</param>
    public static void Apply(LoggingOptions options, string dataFolder) => LogManager.Configuration = Describe(options, dataFolder);

    internal static LoggingConfiguration Describe(LoggingOptions options, string dataFolder)
    {
        NLog.LogLevel level = LevelOf(options.Level);
        var configuration = new LoggingConfiguration();
        AddRules(configuration, new ConsoleTarget("console") { StdErr = true, Layout = "${date:universalTime=true:format=yyyy-MM-ddTHH\\:mm\\:ss.fffZ} ${level:uppercase=true} ${message}${onexception: ${exception:format=Type,Message}}" }, level);
        if (options.File != "-")
        {
            string path = options.File.Length > 0 ? options.File : Path.Combine(dataFolder, "logs", "vedette.log");
            if (options.File.Length > 0) RequireWritable(path);
            var file = new FileTarget("file")
            {
                FileName = Path.GetFullPath(path),
                ArchiveEvery = FileArchivePeriod.Day,
                ArchiveSuffixFormat = "_{1:yyyyMMdd}_{0:00}",
                MaxArchiveFiles = options.KeepFiles,
                KeepFileOpen = true,
                Layout = Layout(),
            };
            AddRules(configuration, new AsyncTargetWrapper("file-async", file) { OverflowAction = AsyncTargetWrapperOverflowAction.Discard }, level);
        }
        return configuration;
    }

    /// <summary>A log that cannot be written fails in silence, so it is tried before; only where somebody chose the place, since the data folder tells of itself.</summary>
    private static void RequireWritable(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.Open(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Logging:File (LOG_FILE) is '{path}'; it cannot be written: {e.Message}");
        }
    }

    private static void AddRules(LoggingConfiguration configuration, Target target, NLog.LogLevel level)
    {
        configuration.AddTarget(target);
        configuration.AddRule(level, NLog.LogLevel.Fatal, target);
    }

    /// <summary>JSON escapes what is in a value, so nobody can forge a line.</summary>
    private static JsonLayout Layout() => new()
    {
        Attributes =
        {
            new JsonAttribute("time", "${date:universalTime=true:format=yyyy-MM-ddTHH\\:mm\\:ss.fffZ}"),
            new JsonAttribute("level", "${level:lowercase=true}"),
            new JsonAttribute("logger", "${logger:shortName=true}"),
            new JsonAttribute("message", "${message}"),
            new JsonAttribute("exception", "${exception:format=ToString}"),
        },
    };

    private static NLog.LogLevel LevelOf(string level) => level.ToLowerInvariant() switch
    {
        "trace" => NLog.LogLevel.Trace,
        "debug" => NLog.LogLevel.Debug,
        "warn" or "warning" => NLog.LogLevel.Warn,
        "error" => NLog.LogLevel.Error,
        "critical" or "fatal" => NLog.LogLevel.Fatal,
        _ => NLog.LogLevel.Info,
    };
}
