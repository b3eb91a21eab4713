using System.Numerics;

namespace Vedette.Engine.Signatures;

/// <summary>The rules found in one leaf, with the place of the first hit of each. Reused from leaf to leaf.</summary>
internal sealed class RuleHits
{
    private readonly ulong[] _bits = new ulong[Rules.Capacity / 64];
    private readonly (int Start, int Length)[] _places = new (int, int)[Rules.Capacity];

    public ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>How many different characters the leaf holds that plain values lack.</summary>
    public int OddCharacters { get; set; }

    public bool IsEmpty => (_bits[0] | _bits[1] | _bits[2] | _bits[3]) == 0;

    public void Mark(Rule rule, int start, int length)
    {
        ulong bit = 1UL << rule.Index;
        ref ulong word = ref _bits[rule.Index >> 6];
        if ((word & bit) != 0) return;
        word |= bit;
        _places[rule.Index] = (start, length);
    }

    public void Unmark(Rule rule) => _bits[rule.Index >> 6] &= ~(1UL << rule.Index);

    public bool Has(Rule rule) => (_bits[rule.Index >> 6] & (1UL << rule.Index)) != 0;

    public (int Start, int Length) Place(Rule rule) => _places[rule.Index];

    public void Clear()
    {
        _bits.AsSpan().Clear();
        OddCharacters = 0;
    }

    /// <summary>The index of the lowest rule at or above <paramref name="from"/>, or -1.</summary>
    public int Next(int from)
    {
        for (int word = from >> 6; word < _bits.Length; word++)
        {
            ulong bits = _bits[word];
            if (word == from >> 6) bits &= ulong.MaxValue << from;
            if (bits != 0) return (word << 6) + BitOperations.TrailingZeroCount(bits);
        }
        return -1;
    }
}
