using Vedette.Storage.Events;

namespace Vedette.Storage.Traffic;

/// <summary>Counts of one kind in one span of time, to be added to the table.</summary>
/// <param name="Span">Length of the time.</param>
/// <param name="Kind">What is counted.</param>
/// <param name="Start">First minute of the span, counted since 1970.</param>
/// <param name="Cells">The counts; they are not changed.</param>
internal sealed record TrafficGroup(TrafficSpan Span, TrafficKind Kind, long Start, IReadOnlyDictionary<byte[], TrafficCell> Cells)
{
    /// <summary>Adds these counts to the rows stored already, and keeps the busiest keys only.</summary>
    /// <param name="stored">All rows of the same kind and span, with keys as <see cref="TrafficKey"/> makes them.</param>
    public TrafficChange MergeInto(IReadOnlyList<(byte[] Key, TrafficCell Cell)> stored)
    {
        var rows = new List<Row>(stored.Count + Math.Min(Cells.Count, TrafficBounds.RowsOf(Kind, Span)));
        var places = new Dictionary<byte[], int>(stored.Count, Utf8Comparer.Instance);
        foreach ((byte[] key, TrafficCell cell) in stored)
        {
            places[key] = rows.Count;
            rows.Add(new Row(key, cell) { IsStored = true, OwnsCell = true });
        }
        foreach ((byte[] key, TrafficCell cell) in Cells)
        {
            if (places.TryGetValue(key, out int at)) rows[at].Add(cell);
            else rows.Add(new Row(key, cell) { IsChanged = true });
        }
        return Cut(rows);
    }

    private TrafficChange Cut(List<Row> rows)
    {
        int bound = TrafficBounds.RowsOf(Kind, Span);
        Row? rest = rows.Find(static row => row.IsRest);
        if (rows.Count - (rest is null ? 0 : 1) > bound)
        {
            if (rest is null) rows.Add(rest = new Row(TrafficKey.Empty, new TrafficCell()) { OwnsCell = true });
            Row[] byRequests = [.. rows.Where(static row => !row.IsRest).OrderByDescending(static row => row.Cell.Requests)];
            foreach (Row row in byRequests.AsSpan(bound))
            {
                rest.Add(row.Cell);
                row.IsDropped = true;
            }
        }
        return new TrafficChange(
            [.. rows.Where(static row => row.IsChanged && !row.IsDropped).Select(static row => (row.Key, row.Cell))],
            [.. rows.Where(static row => row.IsStored && row.IsDropped).Select(static row => row.Key)]);
    }

    private sealed class Row(byte[] key, TrafficCell cell)
    {
        public byte[] Key => key;

        public TrafficCell Cell { get; private set; } = cell;

        public bool IsRest => key.AsSpan().SequenceEqual(TrafficKey.Empty);

        public bool IsStored { get; init; }

        public bool IsChanged { get; set; }

        public bool IsDropped { get; set; }

        /// <summary>False for a cell in memory: readers see it, so it is copied before it is added to.</summary>
        public bool OwnsCell { get; set; }

        public void Add(TrafficCell counts)
        {
            if (!OwnsCell)
            {
                var copy = new TrafficCell();
                copy.Add(Cell);
                Cell = copy;
                OwnsCell = true;
            }
            Cell.Add(counts);
            IsChanged = true;
        }
    }
}

/// <summary>What a merge changes in the table.</summary>
/// <param name="Written">Rows to write.</param>
/// <param name="Deleted">Keys of rows to delete.</param>
internal sealed record TrafficChange(IReadOnlyList<(byte[] Key, TrafficCell Cell)> Written, IReadOnlyList<byte[]> Deleted);
