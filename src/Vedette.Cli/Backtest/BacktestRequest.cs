using Vedette.Cli.Commands;
using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;

namespace Vedette.Cli.Backtest;

/// <summary>Which traffic, and the two configurations.</summary>
internal sealed record BacktestRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public required ILogFormat? Format { get; init; }

    public required string Data { get; init; }

    public required long SinceMicros { get; init; }

    public required long UntilMicros { get; init; }

    public required EngineOptions Before { get; init; }

    public required EngineOptions After { get; init; }

    /// <summary>Models that vote in both runs; null for none.</summary>
    public required ModelSet? Models { get; init; }

    public required OutputKind Output { get; init; }
}
