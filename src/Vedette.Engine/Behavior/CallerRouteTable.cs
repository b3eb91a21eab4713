namespace Vedette.Engine.Behavior;

/// <summary>(caller, route) pairs of one shard. Set-associative: the least recently used of eight in a set makes room.</summary>
internal sealed class CallerRouteTable
{
    private const int Ways = 8;

    private readonly CallerRoute[] _entries;
    private readonly int _setMask;

    /// <param name="capacity">Pairs kept; a power of two.</param>
    public CallerRouteTable(int capacity)
    {
        _entries = new CallerRoute[capacity];
        _setMask = capacity / Ways - 1;
    }

    /// <summary>The pair with <paramref name="key"/>; fresh if it is new, was displaced, or rested longer than an episode's gap.</summary>
    public ref CallerRoute Get(ulong key, long time)
    {
        int first = ((int)(key >> 24) & _setMask) * Ways;
        Span<CallerRoute> set = _entries.AsSpan(first, Ways);
        int oldest = 0;
        for (int i = 0; i < set.Length; i++)
        {
            if (set[i].Key == key)
            {
                ref CallerRoute found = ref set[i];
                if (time - found.LastTime > CallerState.EpisodeGapMicros) Start(ref found, key, time);
                return ref found;
            }
            if (set[i].LastTime < set[oldest].LastTime) oldest = i;
        }
        Start(ref set[oldest], key, time);
        return ref set[oldest];
    }

    private static void Start(ref CallerRoute entry, ulong key, long time) =>
        entry = new CallerRoute { Key = key, FirstTime = time, LastTime = time, LastNumber = -1, LowestNumber = long.MaxValue, HighestNumber = -1, ActiveTick = -1 };
}
