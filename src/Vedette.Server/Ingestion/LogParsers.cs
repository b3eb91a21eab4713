using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Vedette.Engine.Parsing;

namespace Vedette.Server.Ingestion;

/// <summary>Parsers by what the sender says it sends. Thread-safe, bounded.</summary>
internal sealed class LogParsers
{
    private const int MaxCustom = 100;

    private readonly ConcurrentDictionary<string, LogParser> _byFormat = new(StringComparer.Ordinal);

    /// <summary>For what was sent as JSON.</summary>
    public LogParser Json { get; } = new([new JsonOrLogLine()]);

    /// <summary>For plain text: the common formats, then any other.</summary>
    public LogParser Text { get; } = new([.. LogFormats.Fallbacks, .. LogFormats.All.Except(LogFormats.Fallbacks)]);

    /// <summary>The parser of a format's name, or of a format string as Apache and nginx have it.</summary>
    public bool TryFind(string format, [NotNullWhen(true)] out LogParser? parser, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (_byFormat.TryGetValue(format, out parser)) return true;
        if (!LogFormats.TryResolve(format, out ILogFormat? found, out problem)) return false;
        parser = new LogParser([found]);
        if (_byFormat.Count < MaxCustom) _byFormat.TryAdd(format, parser);
        return true;
    }
}
