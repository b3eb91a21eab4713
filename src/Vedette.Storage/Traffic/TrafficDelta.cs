using System.Runtime.CompilerServices;

namespace Vedette.Storage.Traffic;

/// <summary>Counts of events that are stored and not in the roll-up tables yet.</summary>
internal sealed class TrafficDelta
{
    private const long Hour = (long)TrafficSpan.Hour;
    private const int MaxMethod = 32;

    private readonly Dictionary<long, TrafficMinute> _minutes = [];
    private readonly Dictionary<long, TrafficCounter> _pairsByHour = [];
    private long _cachedMinute = long.MinValue;
    private TrafficMinute? _cached;

    /// <summary>Number of writing of the last event counted; 0 if there is none.</summary>
    public long LastWritten { get; private set; }

    /// <summary>Keys counted, over all minutes.</summary>
    public int CellCount => _minutes.Values.Sum(static minute => minute.CellCount) + _pairsByHour.Values.Sum(static pairs => pairs.Cells.Count);

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
        if (keys.HasClient && !keys.Route.IsEmpty) AddPair(minute, keys, facts);
        LastWritten = Math.Max(LastWritten, written);
    }

    /// <summary>Hands the counts of [<paramref name="fromMinute"/>, <paramref name="toMinute"/>) that the filter lets through to a reader.</summary>
    public void Collect(long fromMinute, long toMinute, TrafficFilter filter, Action<long, string, string, TrafficCell> onCell)
    {
        if (filter.Kind == TrafficKind.RouteOfAddress)
        {
            foreach ((long hour, TrafficCounter pairs) in _pairsByHour)
                if (hour >= fromMinute && hour < toMinute) Collect(hour, pairs, filter, onCell);
            return;
        }
        foreach ((long minute, TrafficMinute counted) in _minutes)
            if (minute >= fromMinute && minute < toMinute) Collect(minute, counted[filter.Kind], filter, onCell);
    }

    /// <summary>The counts as the tables hold them: per minute and per hour, by kind.</summary>
    public IEnumerable<TrafficGroup> ToGroups()
    {
        foreach ((long hour, TrafficCounter pairs) in _pairsByHour) yield return new TrafficGroup(TrafficSpan.Hour, TrafficKind.RouteOfAddress, hour, pairs.Cells);
        foreach (IGrouping<long, KeyValuePair<long, TrafficMinute>> hour in _minutes.GroupBy(static entry => HourOf(entry.Key)))
        {
            foreach (TrafficKind kind in (TrafficKind[])[TrafficKind.Total, TrafficKind.Route, TrafficKind.Address, TrafficKind.Principal])
            {
                TrafficCounter[] parts = [.. hour.Select(entry => entry.Value[kind])];
                foreach ((long minute, TrafficMinute counted) in hour) yield return new TrafficGroup(TrafficSpan.Minute, kind, minute, counted[kind].Cells);
                yield return new TrafficGroup(TrafficSpan.Hour, kind, hour.Key, Sum(parts).Cells);
            }
        }
    }

    private static TrafficCounter Sum(TrafficCounter[] parts)
    {
        // Under load a delta lies within one minute, and its counts are the hour's as well.
        if (parts.Length == 1) return parts[0];
        var sum = new TrafficCounter();
        foreach (TrafficCounter part in parts) sum.Add(part);
        return sum;
    }

    private static void Collect(long start, TrafficCounter counter, TrafficFilter filter, Action<long, string, string, TrafficCell> onCell)
    {
        foreach ((byte[] bytes, TrafficCell cell) in counter.Cells)
        {
            (string key, string detail) = TrafficKey.Read(bytes);
            if (filter.Matches(key, detail)) onCell(start, key, detail, cell);
        }
    }

    [SkipLocalsInit]
    private void AddPair(long minute, in EventKeys keys, in EventFacts facts)
    {
        long hour = HourOf(minute);
        if (!_pairsByHour.TryGetValue(hour, out TrafficCounter? pairs)) _pairsByHour.Add(hour, pairs = new TrafficCounter());
        Span<byte> detail = stackalloc byte[256];
        int length = Math.Min(keys.Method.Length, MaxMethod);
        keys.Method[..length].CopyTo(detail);
        detail[length++] = (byte)' ';
        ReadOnlySpan<byte> route = Events.StoredText.Cut(keys.Route, detail.Length - length);
        route.CopyTo(detail[length..]);
        // There are many pairs, and nobody asks how long a route takes for one caller.
        pairs.Add(keys, detail[..(length + route.Length)], facts.WithoutDuration(), minute);
    }

    private static long HourOf(long minute) => minute / Hour * Hour;
}
