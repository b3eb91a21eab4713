using System.Runtime.CompilerServices;

namespace Vedette.Storage.Traffic;

/// <summary>What was counted of one minute.</summary>
internal sealed class TrafficMinute(long minute)
{
    private readonly TrafficCounter[] _counters = [new(), new(), new(), new()];

    /// <summary>Keys counted.</summary>
    public int CellCount => _counters.Sum(static counter => counter.Cells.Count);

    /// <summary>One of the kinds that are kept per minute.</summary>
    public TrafficCounter this[TrafficKind kind] => _counters[(int)kind];

    [SkipLocalsInit]
    public void Add(in EventKeys keys, in EventFacts facts)
    {
        Span<byte> buffer = stackalloc byte[TrafficKey.MaxLength];
        this[TrafficKind.Total].Add(TrafficKey.Empty, facts, minute);
        this[TrafficKind.Route].Add(keys.Route.IsEmpty ? TrafficKey.Empty : TrafficKey.Write(buffer, keys.Route, keys.Method), facts, minute);
        this[TrafficKind.Principal].Add(TrafficKey.Write(buffer, keys.Principal, []), facts, minute);
        if (keys.HasClient) this[TrafficKind.Address].Add(keys, [], facts, minute);
        else this[TrafficKind.Address].Add(TrafficKey.Empty, facts, minute);
    }
}
