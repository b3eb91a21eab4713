namespace Vedette.Engine.Behavior;

/// <summary>The callers of one shard, found by key in constant time. Fixed capacity: a new caller takes the place of the least useful one nearby.</summary>
/// <remarks>
/// A hash index over a dense array. When full, a hand walks over the array as in the CLOCK algorithm (F. Corbató, 1968) and gives up the oldest of a few
/// callers about whom nothing was raised: a flood of random addresses displaces itself, not the callers under watch.
/// </remarks>
internal sealed class CallerTable
{
    private const int Candidates = 8;

    private readonly CallerState[] _callers;
    private readonly string?[] _names;

    /// <summary>One bit per slot.</summary>
    private readonly ulong[] _failedLogins;
    private readonly int[] _index;
    private readonly int _mask;
    private int _hand;

    public CallerTable(int capacity)
    {
        _callers = LargeTable.Allocate<CallerState>(capacity);
        _names = new string?[capacity];
        _failedLogins = new ulong[(capacity + 63) / 64];
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity * 2);
        _index = LargeTable.Allocate<int>(size);
        _mask = size - 1;
    }

    public int Count { get; private set; }

    /// <summary>Callers forgotten for lack of room.</summary>
    public long Evicted { get; private set; }

    public Span<CallerState> Callers => _callers.AsSpan(0, Count);

    public ref CallerState this[int slot] => ref _callers[slot];

    /// <summary>Text by which the caller is known; null for addresses, whose text is made when it is needed.</summary>
    public string? Name(int slot) => _names[slot];

    public void SetName(int slot, string name) => _names[slot] = name;

    /// <summary>The slot of a caller; one is made if <paramref name="key"/> is new, and <paramref name="isNew"/> says so.</summary>
    public int GetOrAdd(ulong key, out bool isNew)
    {
        int place = (int)(key >> 20) & _mask;
        while (_index[place] != 0)
        {
            int slot = _index[place] - 1;
            if (_callers[slot].Key == key)
            {
                isNew = false;
                return slot;
            }
            place = (place + 1) & _mask;
        }
        isNew = true;
        int free = Count < _callers.Length ? Count++ : Evict();
        // Eviction may have shifted entries, so the place is searched again.
        Insert(key, free);
        _callers[free] = new CallerState { Key = key };
        _names[free] = null;
        _failedLogins[free / 64] &= ~(1UL << free);
        return free;
    }

    /// <summary>Notes that the caller failed at a login, so that <see cref="NextFailedLogin"/> finds it.</summary>
    public void MarkFailedLogin(int slot) => _failedLogins[slot / 64] |= 1UL << slot;

    /// <summary>The first slot from <paramref name="slot"/> on whose caller ever failed at a login; -1 if there is none. They are few: nobody else's memory is touched.</summary>
    public int NextFailedLogin(int slot)
    {
        for (int word = slot / 64; word < _failedLogins.Length; word++)
        {
            ulong left = _failedLogins[word];
            if (word == slot / 64) left &= ulong.MaxValue << slot;
            if (left != 0) return 64 * word + System.Numerics.BitOperations.TrailingZeroCount(left);
        }
        return -1;
    }

    /// <summary>Asks for the memory that tells where the caller is.</summary>
    public void PrefetchIndex(ulong key) => Prefetch.Line(in _index[(int)(key >> 20) & _mask]);

    /// <summary>Asks for the memory of the caller that stands first where <paramref name="key"/> belongs, nearly always the one looked for.</summary>
    public void PrefetchState(ulong key)
    {
        const int linesOfEveryEvent = 6;
        int slot = _index[(int)(key >> 20) & _mask] - 1;
        if (slot < 0) return;
        Prefetch.Lines(in _callers[slot], linesOfEveryEvent);
    }

    public void Clear()
    {
        Array.Clear(_index);
        Array.Clear(_names);
        Array.Clear(_failedLogins);
        Count = 0;
        _hand = 0;
    }

    public int Find(ulong key)
    {
        int place = (int)(key >> 20) & _mask;
        while (_index[place] != 0)
        {
            if (_callers[_index[place] - 1].Key == key) return _index[place] - 1;
            place = (place + 1) & _mask;
        }
        return -1;
    }

    private void Insert(ulong key, int slot)
    {
        int place = (int)(key >> 20) & _mask;
        while (_index[place] != 0) place = (place + 1) & _mask;
        _index[place] = slot + 1;
    }

    private int Evict()
    {
        int victim = _hand;
        long least = long.MaxValue;
        for (int i = 0; i < Candidates; i++)
        {
            int slot = (_hand + i) % _callers.Length;
            ref CallerState candidate = ref _callers[slot];
            // A caller under watch is worth a day of age, a busy one up to an hour.
            long worth = candidate.LastSeen + (candidate.Raised != 0 ? 86_400_000_000L : 0) + Math.Min(candidate.Total, 60) * 60_000_000L;
            if (worth >= least) continue;
            least = worth;
            victim = slot;
        }
        _hand = (_hand + Candidates) % _callers.Length;
        Remove(_callers[victim].Key);
        Evicted++;
        return victim;
    }

    /// <summary>Removes from the index and closes the gap (linear probing, Knuth 6.4, algorithm R).</summary>
    private void Remove(ulong key)
    {
        int place = (int)(key >> 20) & _mask;
        while (_callers[_index[place] - 1].Key != key) place = (place + 1) & _mask;
        int gap = place;
        while (true)
        {
            place = (place + 1) & _mask;
            if (_index[place] == 0) break;
            int home = (int)(_callers[_index[place] - 1].Key >> 20) & _mask;
            if (((place - home) & _mask) < ((place - gap) & _mask)) continue;
            _index[gap] = _index[place];
            gap = place;
        }
        _index[gap] = 0;
    }
}
