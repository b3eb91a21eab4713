using Vedette.Engine.Incidents;

namespace Vedette.Cli.Reports;

/// <summary>What a scan found, ready to be written as text or JSON.</summary>
internal sealed record ScanReport
{
    public required IReadOnlyList<string> Sources { get; init; }

    public required long Lines { get; init; }

    public required long Parsed { get; init; }

    public required long Skipped { get; init; }

    /// <summary>Event time of the earliest and of the latest event; null if there is none.</summary>
    public required DateTimeOffset? First { get; init; }

    public required DateTimeOffset? Last { get; init; }

    /// <summary>Different client addresses (IPv6 by /64).</summary>
    public required long Clients { get; init; }

    public required int Endpoints { get; init; }

    public required long Bytes { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required IReadOnlyDictionary<string, long> Formats { get; init; }

    public required IReadOnlyDictionary<string, long> SkippedReasons { get; init; }

    public required IReadOnlyList<SkippedSample> SkippedSamples { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The riskiest first.</summary>
    public required IReadOnlyList<Incident> Incidents { get; init; }
}

/// <summary>A line that could not be read.</summary>
/// <param name="Line">1-based line in its source.</param>
/// <param name="Reason">Stable name of the reason.</param>
/// <param name="Text">The line's beginning.</param>
internal sealed record SkippedSample(long Line, string Reason, string Text);
