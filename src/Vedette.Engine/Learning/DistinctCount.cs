using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vedette.Engine.Learning;

/// <summary>Counts different fingerprints: exactly up to sixteen, about ±7 % beyond, in 96 bytes. Parts add up.</summary>
/// <remarks>K.-Y. Whang et al., "A Linear-Time Probabilistic Counting Algorithm for Database Applications", ACM TODS 15(2), 1990, on 256 bits; it says at most 1420.</remarks>
internal struct DistinctCount
{
    private const int ExactCapacity = 16;
    private const int BitCount = 256;

    private Exact _exact;
    private Bits _bits;
    private int _exactCount;

    /// <summary>How many different ones there were.</summary>
    public readonly float Estimate
    {
        get
        {
            if (_exactCount <= ExactCapacity) return _exactCount;
            int set = 0;
            foreach (ulong word in (ReadOnlySpan<ulong>)_bits) set += BitOperations.PopCount(word);
            double free = Math.Max(1, BitCount - set);
            return Math.Max(_exactCount, (float)(-BitCount * Math.Log(free / BitCount)));
        }
    }

    public void Add(ulong fingerprint)
    {
        ulong mixed = Scatter(fingerprint);
        _bits[(int)(mixed >> 62)] |= 1UL << (int)(mixed >> 56 & 63);
        AddExact((uint)mixed);
    }

    /// <summary>Takes in what <paramref name="other"/> has counted.</summary>
    public void Merge(in DistinctCount other)
    {
        for (int i = 0; i < Bits.Length; i++) _bits[i] |= other._bits[i];
        ReadOnlySpan<uint> theirs = other._exact;
        foreach (uint fingerprint in theirs[..Math.Min(other._exactCount, ExactCapacity)]) AddExact(fingerprint);
        if (other._exactCount > ExactCapacity) _exactCount = ExactCapacity + 1;
    }

    /// <summary>Spreads fingerprints that differ in a few bits only: the finaliser of MurmurHash3 (A. Appleby, public domain).</summary>
    private static ulong Scatter(ulong x)
    {
        x = (x ^ x >> 33) * 0xff51afd7ed558ccdUL;
        x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53UL;
        return x ^ x >> 33;
    }

    private void AddExact(uint fingerprint)
    {
        if (_exactCount > ExactCapacity) return;
        Span<uint> known = _exact;
        if (known[.._exactCount].Contains(fingerprint)) return;
        if (_exactCount < ExactCapacity) known[_exactCount] = fingerprint;
        _exactCount++;
    }

    [InlineArray(ExactCapacity)]
    private struct Exact
    {
        private uint _first;
    }

    [InlineArray(Length)]
    private struct Bits
    {
        public const int Length = BitCount / 64;

        private ulong _first;
    }
}
