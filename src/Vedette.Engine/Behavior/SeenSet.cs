namespace Vedette.Engine.Behavior;

/// <summary>Remembers which of many things came before, in fixed memory: the older half is forgotten when the newer half is full.</summary>
/// <remarks>Open addressing over 64-bit fingerprints; two generations, each at most half full. A false "seen" needs a collision of 64 bits.</remarks>
internal sealed class SeenSet
{
    /// <summary>Two places side by side for each slot, one of either generation: what was asked of one is mostly asked of the other, and so costs one cache line.</summary>
    private readonly ulong[] _places;
    private readonly int _mask;
    private readonly int _limit;

    /// <summary>Which of the two places is of the newer generation.</summary>
    private int _newer;
    private int _count;

    /// <param name="capacity">Things remembered at least; a power of two.</param>
    public SeenSet(int capacity)
    {
        _places = LargeTable.Allocate<ulong>(capacity * 4);
        _mask = capacity * 2 - 1;
        _limit = capacity;
    }

    /// <summary>True the first time <paramref name="fingerprint"/> is given.</summary>
    public bool Add(ulong fingerprint)
    {
        if (fingerprint == 0) fingerprint = 1;
        ref ulong place = ref Find(_newer, fingerprint);
        if (place == fingerprint) return false;
        bool isNew = Find(1 - _newer, fingerprint) != fingerprint;
        place = fingerprint;
        if (++_count >= _limit) ForgetOlder();
        return isNew;
    }

    /// <summary>Asks for the memory that <see cref="Add"/> will look at.</summary>
    public void Prefetch(ulong fingerprint) => Behavior.Prefetch.Line(in _places[2 * SlotOf(fingerprint)]);

    private int SlotOf(ulong fingerprint) => (int)(fingerprint >> 17) & _mask;

    /// <summary>Where a thing is in a generation, or the free place where it belongs.</summary>
    private ref ulong Find(int generation, ulong fingerprint)
    {
        int slot = SlotOf(fingerprint);
        while (_places[2 * slot + generation] is var there && there != 0 && there != fingerprint) slot = (slot + 1) & _mask;
        return ref _places[2 * slot + generation];
    }

    private void ForgetOlder()
    {
        _newer = 1 - _newer;
        _count = 0;
        for (int i = _newer; i < _places.Length; i += 2) _places[i] = 0;
    }
}
