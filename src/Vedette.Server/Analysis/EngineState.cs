namespace Vedette.Server.Analysis;

/// <summary>What the engine looked like a moment ago; the engine itself belongs to the analysis loop alone.</summary>
public sealed record EngineState
{
    /// <summary>Events taken in since the start, replayed ones included.</summary>
    public long Events { get; init; }

    /// <summary>Events that came later than the clock allows.</summary>
    public long LateEvents { get; init; }

    public int Callers { get; init; }

    public long EvictedCallers { get; init; }

    public long DroppedIncidents { get; init; }

    /// <summary>Routes known.</summary>
    public int Routes { get; init; }

    /// <summary>Latest event time seen; null before the first event.</summary>
    public DateTimeOffset? LastEvent { get; init; }

    /// <summary>Share of the replay of stored traffic that is done, 0 to 1; 1 when the engine takes live events.</summary>
    public double Replayed { get; init; }
}
