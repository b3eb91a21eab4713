namespace Vedette.Storage.Traffic;

/// <summary>Roll-up rows of one kind in one span of time.</summary>
internal sealed class TrafficGroup(TrafficSpan span, TrafficKind kind, long start)
{
    private readonly Dictionary<(string Key, string Detail), TrafficCell> _cells = [];

    public TrafficSpan Span => span;

    public TrafficKind Kind => kind;

    /// <summary>First minute of the span, counted since 1970.</summary>
    public long Start => start;

    public IReadOnlyDictionary<(string Key, string Detail), TrafficCell> Cells => _cells;

    public void Add(string key, string detail, TrafficCell counts)
    {
        if (!_cells.TryGetValue((key, detail), out TrafficCell? cell)) _cells.Add((key, detail), cell = new TrafficCell());
        cell.Add(counts);
    }

    /// <summary>Adds these counts to those stored already, and keeps the busiest keys only.</summary>
    /// <param name="stored">All rows of the same kind and span; is changed.</param>
    /// <returns>Rows to write, and keys of rows to delete.</returns>
    public TrafficChange MergeInto(TrafficGroup stored)
    {
        var changed = new HashSet<(string Key, string Detail)>();
        foreach (((string Key, string Detail) key, TrafficCell cell) in _cells)
        {
            stored.Add(key.Key, key.Detail, cell);
            changed.Add(key);
        }
        var deleted = new List<(string Key, string Detail)>();
        int bound = TrafficBounds.RowsOf(kind, span);
        int named = stored._cells.Count - (stored._cells.ContainsKey(("", "")) ? 1 : 0);
        if (named > bound)
        {
            IEnumerable<(string Key, string Detail)> leastBusy = stored._cells.Where(static row => row.Key.Key.Length > 0)
                .OrderByDescending(static row => row.Value.Requests).ThenBy(static row => row.Key.Key, StringComparer.Ordinal).ThenBy(static row => row.Key.Detail, StringComparer.Ordinal)
                .Skip(bound).Select(static row => row.Key).ToArray();
            foreach ((string Key, string Detail) key in leastBusy)
            {
                stored.Add("", "", stored._cells[key]);
                stored._cells.Remove(key);
                deleted.Add(key);
                changed.Remove(key);
            }
            changed.Add(("", ""));
        }
        return new TrafficChange([.. changed.Select(key => (key, stored._cells[key]))], deleted);
    }
}

/// <summary>What a merge changes in the table.</summary>
internal sealed record TrafficChange(IReadOnlyList<((string Key, string Detail) Key, TrafficCell Cell)> Written, IReadOnlyList<(string Key, string Detail)> Deleted);
