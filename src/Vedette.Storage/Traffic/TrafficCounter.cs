using System.Runtime.CompilerServices;
using Vedette.Storage.Events;

namespace Vedette.Storage.Traffic;

/// <summary>Counts of one kind in one span of time that are not in the database yet, by key. Bounded: beyond, new keys count under the empty one.</summary>
internal sealed class TrafficCounter
{
    private readonly Dictionary<byte[], TrafficCell> _cells = new(Utf8Comparer.Instance);

    public IReadOnlyDictionary<byte[], TrafficCell> Cells => _cells;

    public void Add(ReadOnlySpan<byte> key, in EventFacts facts, long minute) => CellOf(key).Add(facts, minute);

    /// <summary>Counts for a client: its address, or the name in place of one.</summary>
    [SkipLocalsInit]
    public void Add(in EventKeys keys, ReadOnlySpan<byte> detail, in EventFacts facts, long minute)
    {
        Span<byte> buffer = stackalloc byte[TrafficKey.MaxLength];
        Add(keys.ClientName.IsEmpty ? TrafficKey.Write(buffer, keys.Client, detail) : TrafficKey.Write(buffer, keys.ClientName, detail), facts, minute);
    }

    public void Add(TrafficCounter other)
    {
        foreach ((byte[] key, TrafficCell cell) in other._cells) CellOf(key).Add(cell);
    }

    private TrafficCell CellOf(ReadOnlySpan<byte> key)
    {
        var cells = _cells.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (cells.TryGetValue(key, out TrafficCell? cell)) return cell;
        if (_cells.Count >= TrafficBounds.CellsInMemory && !cells.TryGetValue(key = TrafficKey.Empty, out cell)) cells[key] = cell = new TrafficCell();
        if (cell is null) cells[key] = cell = new TrafficCell();
        return cell;
    }
}
