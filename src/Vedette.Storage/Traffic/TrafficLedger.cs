namespace Vedette.Storage.Traffic;

/// <summary>Keeps the roll-ups in step with the rows while these are written faster than roll-ups could be.</summary>
/// <remarks>
/// Events are counted in memory once their rows are committed; from time to time the counts are added to the tables, in a transaction that also notes up to which number of writing
/// they count. After a crash the rows beyond that number are counted again. A reader adds what is in memory to what it finds in the tables: it takes the memory first, then the
/// tables in one snapshot together with that number, and leaves out the part of the memory that the tables turn out to hold already.
/// One writer; readers on any thread.
/// </remarks>
internal sealed class TrafficLedger
{
    private readonly Lock _lock = new();
    private TrafficDelta _current = new();
    private TrafficDelta? _flushing;

    /// <summary>Keys in memory.</summary>
    public int CellCount => _current.CellCount;

    public bool IsEmpty => _current.IsEmpty;

    /// <summary>True if this minute is known to have rows that the tables do not count. Writer only.</summary>
    public bool IsOpen(long minute) => _current.Contains(minute);

    public void Apply(Action<TrafficDelta> count)
    {
        lock (_lock) count(_current);
    }

    /// <summary>Begins with what was counted from rows that the tables lack.</summary>
    public void Restore(TrafficDelta uncounted)
    {
        lock (_lock) _current = uncounted;
    }

    /// <summary>Forgets what the tables turn out to count already.</summary>
    public void Forget(long rolledUp)
    {
        lock (_lock)
            if (_current.LastWritten <= rolledUp) _current = new TrafficDelta();
    }

    /// <summary>Hands out what is to be added to the tables; followed by <see cref="EndFlush"/> or <see cref="AbortFlush"/>.</summary>
    public TrafficDelta BeginFlush()
    {
        lock (_lock)
        {
            _flushing = _current;
            _current = new TrafficDelta();
            return _flushing;
        }
    }

    /// <summary>The transaction that held it is committed.</summary>
    public void EndFlush()
    {
        lock (_lock) _flushing = null;
    }

    /// <summary>The transaction that held it is rolled back.</summary>
    public void AbortFlush()
    {
        lock (_lock)
        {
            _current = _flushing!;
            _flushing = null;
        }
    }

    /// <summary>What is in memory, in up to two parts.</summary>
    public IReadOnlyList<TrafficPart> Collect(long fromMinute, long toMinute, TrafficFilter filter)
    {
        var parts = new List<TrafficPart>(2);
        lock (_lock)
        {
            foreach (TrafficDelta? delta in (ReadOnlySpan<TrafficDelta?>)[_flushing, _current])
            {
                if (delta is null || delta.IsEmpty) continue;
                var part = new TrafficPart(delta.LastWritten);
                delta.Collect(fromMinute, toMinute, filter, part.Add);
                parts.Add(part);
            }
        }
        return parts;
    }
}

/// <summary>A copy of counts in memory.</summary>
/// <param name="LastWritten">Number of writing of the last event in it: tables that count up to there or beyond hold it already.</param>
internal sealed record TrafficPart(long LastWritten)
{
    private readonly List<(long Minute, string Key, string Detail, TrafficCell Cell)> _cells = [];

    public IReadOnlyList<(long Minute, string Key, string Detail, TrafficCell Cell)> Cells => _cells;

    public void Add(long minute, string key, string detail, TrafficCell cell)
    {
        var copy = new TrafficCell();
        copy.Add(cell);
        _cells.Add((minute, key, detail, copy));
    }
}
