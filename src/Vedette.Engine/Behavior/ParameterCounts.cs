using System.Runtime.CompilerServices;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Behavior;

/// <summary>What values one parameter of one route receives: kinds, lengths, unusual characters, and whether they are few. Adds up.</summary>
internal struct ParameterCounts
{
    /// <summary>As many different values are told apart; a parameter with more is no enumeration.</summary>
    public const int MaxDistinct = 8;

    /// <summary>Fingerprint of route and name; 0 marks a free slot.</summary>
    public ulong Key;

    public int Values;

    /// <summary>Ticks in which some caller's first payload came here, and was accepted.</summary>
    public int Payloads;

    /// <summary>True once there were more than <see cref="MaxDistinct"/> different values.</summary>
    public bool HasMany;

    public int DistinctCount;
    public KindCounts Kinds;
    public BucketCounts Lengths;
    public BucketCounts Classes;
    public DistinctValues Distinct;

    public void Observe(in ParameterShape shape, ulong value)
    {
        Values++;
        Kinds[(int)shape.Kind]++;
        Lengths[shape.LengthBucket]++;
        for (int c = 0; c < ParameterShape.LengthBuckets; c++) Classes[c] += (int)shape.Classes >> c & 1;
        AddDistinct(value);
    }

    public void Add(in ParameterCounts other)
    {
        Values += other.Values;
        for (int i = 0; i < (int)ParameterKind.Count; i++) Kinds[i] += other.Kinds[i];
        for (int i = 0; i < ParameterShape.LengthBuckets; i++)
        {
            Lengths[i] += other.Lengths[i];
            Classes[i] += other.Classes[i];
        }
        HasMany |= other.HasMany;
        for (int i = 0; i < other.DistinctCount; i++) AddDistinct(other.Distinct[i]);
    }

    /// <summary>Halves every count, so that what a parameter took long ago fades.</summary>
    public void Halve()
    {
        Values /= 2;
        Payloads /= 2;
        for (int i = 0; i < (int)ParameterKind.Count; i++) Kinds[i] /= 2;
        for (int i = 0; i < ParameterShape.LengthBuckets; i++)
        {
            Lengths[i] /= 2;
            Classes[i] /= 2;
        }
    }

    private void AddDistinct(ulong value)
    {
        if (HasMany) return;
        for (int i = 0; i < DistinctCount; i++)
            if (Distinct[i] == value) return;
        if (DistinctCount == MaxDistinct) HasMany = true;
        else Distinct[DistinctCount++] = value;
    }

    [InlineArray((int)ParameterKind.Count)]
    internal struct KindCounts
    {
        private int _first;
    }

    [InlineArray(ParameterShape.LengthBuckets)]
    internal struct BucketCounts
    {
        private int _first;
    }

    [InlineArray(MaxDistinct)]
    internal struct DistinctValues
    {
        private ulong _first;
    }
}
