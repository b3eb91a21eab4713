namespace Vedette.Engine.Behavior;

/// <summary>Remembers which of many things came before, in fixed memory: the older half is forgotten when the newer half is full.</summary>
/// <remarks>Open addressing over 64-bit fingerprints; two generations, each at most half full. A false "seen" needs a collision of 64 bits.</remarks>
internal sealed class SeenSet
{
    private ulong[] _current;
    private ulong[] _previous;
    private readonly int _limit;
    private int _count;

    /// <param name="capacity">Things remembered at least; a power of two.</param>
    public SeenSet(int capacity)
    {
        _current = new ulong[capacity * 2];
        _previous = new ulong[capacity * 2];
        _limit = capacity;
    }

    /// <summary>True the first time <paramref name="fingerprint"/> is given.</summary>
    public bool Add(ulong fingerprint)
    {
        if (fingerprint == 0) fingerprint = 1;
        int slot = Find(_current, fingerprint);
        if (_current[slot] == fingerprint) return false;
        bool isNew = _previous[Find(_previous, fingerprint)] != fingerprint;
        _current[slot] = fingerprint;
        if (++_count >= _limit)
        {
            (_current, _previous) = (_previous, _current);
            Array.Clear(_current);
            _count = 0;
        }
        return isNew;
    }

    /// <summary>Asks for the memory that <see cref="Add"/> will look at.</summary>
    public void Prefetch(ulong fingerprint)
    {
        int slot = (int)(fingerprint >> 17) & (_current.Length - 1);
        Behavior.Prefetch.Line(in _current[slot]);
        Behavior.Prefetch.Line(in _previous[slot]);
    }

    private static int Find(ulong[] table, ulong fingerprint)
    {
        int mask = table.Length - 1;
        int slot = (int)(fingerprint >> 17) & mask;
        while (table[slot] != 0 && table[slot] != fingerprint) slot = (slot + 1) & mask;
        return slot;
    }
}
