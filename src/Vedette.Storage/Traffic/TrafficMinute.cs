using Vedette.Storage.Events;

namespace Vedette.Storage.Traffic;

/// <summary>What was counted of one minute and is not in the database yet.</summary>
internal sealed class TrafficMinute(long minute)
{
    private readonly Dictionary<byte[], TrafficCell> _cells = new(Utf8Comparer.Instance);

    public IReadOnlyDictionary<byte[], TrafficCell> Cells => _cells;

    /// <summary>Counts one event for everything it belongs to.</summary>
    public void Add(in EventKeys keys, in EventFacts facts)
    {
        Span<byte> buffer = stackalloc byte[TrafficKey.MaxLength];
        Count(TrafficKey.Write(buffer, TrafficKind.Total, [], []), facts);
        Count(TrafficKey.Write(buffer, TrafficKind.Route, keys.Route, keys.Route.IsEmpty ? [] : keys.Method), facts);
        Count(TrafficKey.Write(buffer, TrafficKind.Principal, keys.Principal, []), facts);
        if (!keys.ClientName.IsEmpty)
        {
            Count(TrafficKey.Write(buffer, TrafficKind.Address, keys.ClientName, []), facts);
        }
        else if (!keys.Client.IsUnknown)
        {
            Count(TrafficKey.Write(buffer, TrafficKind.Address, keys.Client, []), facts);
        }
        else
        {
            Count(TrafficKey.Write(buffer, TrafficKind.Address, [], []), facts);
            return;
        }
        if (!keys.Route.IsEmpty) CountPair(buffer, keys, facts);
    }

    private void CountPair(Span<byte> buffer, in EventKeys keys, in EventFacts facts)
    {
        Span<byte> detail = stackalloc byte[256];
        int length = Math.Min(keys.Method.Length, 32);
        keys.Method[..length].CopyTo(detail);
        detail[length++] = (byte)' ';
        ReadOnlySpan<byte> route = keys.Route[..Math.Min(keys.Route.Length, detail.Length - length)];
        route.CopyTo(detail[length..]);
        detail = detail[..(length + route.Length)];
        Count(keys.ClientName.IsEmpty ? TrafficKey.Write(buffer, TrafficKind.RouteOfAddress, keys.Client, detail) : TrafficKey.Write(buffer, TrafficKind.RouteOfAddress, keys.ClientName, detail), facts);
    }

    private void Count(ReadOnlySpan<byte> key, in EventFacts facts)
    {
        var cells = _cells.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!cells.TryGetValue(key, out TrafficCell? cell))
        {
            if (_cells.Count >= TrafficBounds.CellsInMemory)
            {
                Span<byte> rest = stackalloc byte[TrafficKey.MaxLength];
                ReadOnlySpan<byte> restKey = TrafficKey.Write(rest, TrafficKey.KindOf(key), [], []);
                if (!cells.TryGetValue(restKey, out cell)) cells[restKey] = cell = new TrafficCell();
            }
            else
            {
                cells[key] = cell = new TrafficCell();
            }
        }
        cell.Add(facts, minute);
    }
}
