using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>What happened between two ticks, over all shards.</summary>
internal sealed class ServiceTick
{
    /// <summary>Event time of the tick, microseconds; a whole minute.</summary>
    public required long Time { get; init; }

    /// <summary>Position in the stream of the last event before it.</summary>
    public required long Sequence { get; init; }

    public required Baselines Baselines { get; init; }

    /// <summary>Routes used since the last tick.</summary>
    public required IReadOnlyList<KeyValuePair<int, RouteMinute>> Routes { get; init; }

    /// <summary>All routes together.</summary>
    public required RouteMinute Service { get; init; }

    /// <summary>Callers about whom something was raised since the last tick, and about whom nothing was before. A detector adds those whom it finds to act together.</summary>
    public required List<Conviction> Convictions { get; init; }

    /// <summary>Callers of every shard, for detectors that ask who was behind something.</summary>
    public required IReadOnlyList<CallerTable> Callers { get; init; }
}
