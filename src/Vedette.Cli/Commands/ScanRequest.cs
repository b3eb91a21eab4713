using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;
using Vedette.Engine.Risk;

namespace Vedette.Cli.Commands;

/// <summary>What the user asked <c>scan</c> to do.</summary>
internal sealed record ScanRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Null: detect it.</summary>
    public ILogFormat? Format { get; init; }

    public OutputKind Output { get; init; }

    /// <summary>Null: standard output.</summary>
    public string? OutFile { get; init; }

    /// <summary>Null: no rows.</summary>
    public string? Annotate { get; init; }

    /// <summary>Events before this time (microseconds) are left out.</summary>
    public long SinceMicros { get; init; } = long.MinValue;

    /// <summary>Events from this time on (microseconds) are left out.</summary>
    public long UntilMicros { get; init; } = long.MaxValue;

    public EngineOptions Options { get; init; } = new();

    /// <summary>Trained models that vote; null for none.</summary>
    public ModelSet? Models { get; init; }

    public RiskLevel? FailOn { get; init; }
}
