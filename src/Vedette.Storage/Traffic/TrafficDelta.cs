namespace Vedette.Storage.Traffic;

/// <summary>Counts of events that are stored and not in the roll-up tables yet.</summary>
internal sealed class TrafficDelta
{
    private readonly Dictionary<long, TrafficMinute> _minutes = [];
    private long _cachedMinute = long.MinValue;
    private TrafficMinute? _cached;

    /// <summary>Number of writing of the last event counted; 0 if there is none.</summary>
    public long LastWritten { get; private set; }

    /// <summary>Keys counted, over all minutes.</summary>
    public int CellCount => _minutes.Values.Sum(static minute => minute.Cells.Count);

    public bool IsEmpty => _minutes.Count == 0;

    public IEnumerable<long> Minutes => _minutes.Keys;

    public bool Contains(long minute) => _minutes.ContainsKey(minute);

    public void Add(long minute, long written, in EventKeys keys, in EventFacts facts)
    {
        if (minute != _cachedMinute || _cached is null)
        {
            if (!_minutes.TryGetValue(minute, out _cached)) _minutes.Add(minute, _cached = new TrafficMinute(minute));
            _cachedMinute = minute;
        }
        _cached.Add(keys, facts);
        LastWritten = Math.Max(LastWritten, written);
    }

    /// <summary>Adds the cells of [<paramref name="fromMinute"/>, <paramref name="toMinute"/>) that the filter lets through to what a reader collects.</summary>
    public void Collect(long fromMinute, long toMinute, TrafficFilter filter, Action<long, string, string, TrafficCell> onCell)
    {
        foreach ((long minute, TrafficMinute counted) in _minutes)
        {
            if (minute < fromMinute || minute >= toMinute) continue;
            foreach ((byte[] bytes, TrafficCell cell) in counted.Cells)
            {
                if (!filter.Wants(TrafficKey.KindOf(bytes))) continue;
                (string key, string detail) = TrafficKey.Read(bytes);
                if (filter.Matches(key, detail)) onCell(minute, key, detail, cell);
            }
        }
    }

    /// <summary>The counts as the tables hold them: per minute and per hour, by kind.</summary>
    public IReadOnlyList<TrafficGroup> ToGroups()
    {
        var groups = new Dictionary<(TrafficSpan, TrafficKind, long), TrafficGroup>();
        foreach ((long minute, TrafficMinute counted) in _minutes)
        {
            long hour = minute / (int)TrafficSpan.Hour * (int)TrafficSpan.Hour;
            foreach ((byte[] bytes, TrafficCell cell) in counted.Cells)
            {
                TrafficKind kind = TrafficKey.KindOf(bytes);
                (string key, string detail) = TrafficKey.Read(bytes);
                if (kind != TrafficKind.RouteOfAddress) GroupOf(TrafficSpan.Minute, kind, minute).Add(key, detail, cell);
                GroupOf(TrafficSpan.Hour, kind, hour).Add(key, detail, cell);
            }
        }
        return [.. groups.Values];

        TrafficGroup GroupOf(TrafficSpan span, TrafficKind kind, long start)
        {
            if (!groups.TryGetValue((span, kind, start), out TrafficGroup? group)) groups.Add((span, kind, start), group = new TrafficGroup(span, kind, start));
            return group;
        }
    }
}
