using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vedette.Engine.Behavior;

/// <summary>(caller, route) pairs of one shard. Set-associative: the least recently used of eight in a set makes room.</summary>
/// <remarks>The keys and last times of a set stand apart from its entries and side by side: two neighbouring cache lines tell where a pair is, or which one has to go.</remarks>
internal sealed class CallerRouteTable
{
    private const int Ways = 8;

    /// <summary>Of each set eight keys, then as many last times.</summary>
    private readonly ulong[] _tags;
    private readonly CallerRoute[] _entries;
    private readonly int _setMask;

    /// <param name="capacity">Pairs kept; a power of two.</param>
    public CallerRouteTable(int capacity)
    {
        _tags = LargeTable.Allocate<ulong>(2 * capacity);
        _entries = LargeTable.Allocate<CallerRoute>(capacity);
        _setMask = capacity / Ways - 1;
    }

    /// <summary>The pair with <paramref name="key"/>, used at <paramref name="time"/>; fresh if it is new, was displaced, or rested longer than an episode's gap.</summary>
    public ref CallerRoute Get(ulong key, long time)
    {
        int set = SetOf(key);
        Span<ulong> keys = KeysOf(set);
        Span<long> lastTimes = MemoryMarshal.Cast<ulong, long>(_tags.AsSpan(2 * Ways * set + Ways, Ways));
        int way = WayOf(keys, key);
        bool isKnown = way < Ways;
        if (!isKnown) way = LeastRecent(lastTimes);
        ref CallerRoute entry = ref _entries[Ways * set + way];
        if (!isKnown || time - lastTimes[way] > CallerState.EpisodeGapMicros)
        {
            keys[way] = key;
            lastTimes[way] = time;
            entry = new CallerRoute { Key = key, FirstTime = time, LastNumber = -1, LowestNumber = long.MaxValue, HighestNumber = -1, ActiveTick = -1, TimedTick = -1, SlowTick = -1 };
            return ref entry;
        }
        if (time > lastTimes[way]) lastTimes[way] = time;
        return ref entry;
    }

    /// <summary>Asks for the memory that tells where the pair is.</summary>
    public void PrefetchTags(ulong key) => Prefetch.Lines(in _tags[2 * Ways * SetOf(key)], 2);

    /// <summary>Asks for the memory of the pair, if it is there.</summary>
    public void PrefetchEntry(ulong key)
    {
        const int entryLines = 3;
        int set = SetOf(key);
        int way = WayOf(KeysOf(set), key);
        if (way < Ways) Prefetch.Lines(in _entries[Ways * set + way], entryLines);
    }

    public void Clear()
    {
        Array.Clear(_tags);
        Array.Clear(_entries);
    }

    private Span<ulong> KeysOf(int set) => _tags.AsSpan(2 * Ways * set, Ways);

    /// <summary>Which of the eight keys is <paramref name="key"/>; above seven if none is.</summary>
    private static int WayOf(ReadOnlySpan<ulong> keys, ulong key) => BitOperations.TrailingZeroCount((uint)Vector512.Equals(Vector512.Create(keys), Vector512.Create(key)).ExtractMostSignificantBits());

    private int SetOf(ulong key) => (int)(key >> 24) & _setMask;

    private static int LeastRecent(ReadOnlySpan<long> lastTimes)
    {
        int oldest = 0;
        for (int i = 1; i < Ways; i++)
            if (lastTimes[i] < lastTimes[oldest]) oldest = i;
        return oldest;
    }
}
