namespace Vedette.Engine.Behavior;

/// <summary>(caller, route) pairs of one shard. Set-associative: the least recently used of eight in a set makes room.</summary>
/// <remarks>The keys stand apart from the entries: the eight of a set fill one cache line, so a look-up touches two.</remarks>
internal sealed class CallerRouteTable
{
    private const int Ways = 8;

    private readonly ulong[] _keys;
    private readonly CallerRoute[] _entries;
    private readonly int _setMask;

    /// <param name="capacity">Pairs kept; a power of two.</param>
    public CallerRouteTable(int capacity)
    {
        _keys = new ulong[capacity];
        _entries = new CallerRoute[capacity];
        _setMask = capacity / Ways - 1;
    }

    /// <summary>The pair with <paramref name="key"/>; fresh if it is new, was displaced, or rested longer than an episode's gap.</summary>
    public ref CallerRoute Get(ulong key, long time)
    {
        int first = ((int)(key >> 24) & _setMask) * Ways;
        int way = _keys.AsSpan(first, Ways).IndexOf(key);
        if (way < 0)
        {
            way = LeastRecent(first);
            _keys[first + way] = key;
            return ref Start(ref _entries[first + way], key, time);
        }
        ref CallerRoute found = ref _entries[first + way];
        if (time - found.LastTime > CallerState.EpisodeGapMicros) Start(ref found, key, time);
        return ref found;
    }

    private int LeastRecent(int first)
    {
        int oldest = 0;
        for (int i = 1; i < Ways; i++)
            if (_entries[first + i].LastTime < _entries[first + oldest].LastTime) oldest = i;
        return oldest;
    }

    private static ref CallerRoute Start(ref CallerRoute entry, ulong key, long time)
    {
        entry = new CallerRoute { Key = key, FirstTime = time, LastTime = time, LastNumber = -1, LowestNumber = long.MaxValue, HighestNumber = -1, ActiveTick = -1 };
        return ref entry;
    }
}
