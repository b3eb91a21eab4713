using System.Numerics;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Behavior;

/// <summary>How a value fits what its parameter usually receives.</summary>
internal enum ParameterFit : byte
{
    /// <summary>The parameter is not known well enough.</summary>
    Unknown,

    /// <summary>Neither usual nor foreign.</summary>
    Ordinary,

    /// <summary>The parameter takes values like this one from many callers, day in, day out.</summary>
    Habitual,

    /// <summary>The parameter takes numbers or a few fixed words, and this is none.</summary>
    Foreign,
}

/// <summary>What each parameter of each route receives. A fixed number of parameters; what finds no room is counted, and fades in with the next decay.</summary>
internal sealed class ParameterTable
{
    /// <summary>Fields of a query that are looked at.</summary>
    private const int MaxFields = 16;

    private const int MaxProbes = 8;

    /// <summary>Fewer values say nothing about a parameter.</summary>
    private const int MinValues = 60;

    /// <summary>So many ticks with an accepted payload of a new caller, and such a share of the values, make a habit.</summary>
    private const int MinPayloads = 5;
    private const double HabitShare = 0.003;

    /// <summary>So large a share of values with every one of a value's unusual characters makes these usual.</summary>
    private const double UsualShare = 0.1;

    /// <summary>A parameter of numbers or of few words may now and then receive something else: a typo, a crawler's mistake.</summary>
    private const double ForeignShare = 0.01;

    private readonly ParameterCounts[] _slots;
    private readonly List<int> _used = [];

    /// <param name="capacity">Most parameters, a power of two.</param>
    public ParameterTable(int capacity)
    {
        if (!BitOperations.IsPow2(capacity)) throw new ArgumentException($"{capacity} is no power of two.", nameof(capacity));
        _slots = new ParameterCounts[capacity];
    }

    public int Count => _used.Count;

    /// <summary>Values of parameters for which there was no room.</summary>
    public long Dropped { get; private set; }

    public static ulong KeyOf(int route, ReadOnlySpan<byte> name) => KeyOf(route, ParameterShape.NameKey(name));

    public static ulong KeyOf(int route, ulong name) => Fingerprint.Combine(name, (ulong)route) | 1;

    /// <summary>Counts the fields of a query. O(length); nothing is allocated once a parameter is known.</summary>
    public void ObserveQuery(int route, ReadOnlySpan<byte> query)
    {
        for (int field = 0; field < MaxFields && !query.IsEmpty; field++)
        {
            int end = query.IndexOf((byte)'&');
            var text = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            int equals = text.IndexOf((byte)'=');
            if (equals <= 0) continue;
            int slot = SlotOf(KeyOf(route, text[..equals]));
            if (slot < 0) continue;
            var value = text[(equals + 1)..];
            _slots[slot].Observe(ParameterShape.ReadEncoded(value), Fingerprint.Of(value, 41));
        }
    }

    /// <summary>Counts a payload that a caller who sent none before got accepted.</summary>
    public void ObservePayload(ulong key)
    {
        int slot = SlotOf(key);
        if (slot >= 0) _slots[slot].Payloads = 1;
    }

    /// <summary>Adds what another table counted in a tick. However many callers sent payloads to a parameter in it, it is one tick with some.</summary>
    public void Add(ParameterTable other, HashSet<ulong> paid)
    {
        foreach (int from in other._used)
        {
            ref readonly ParameterCounts part = ref other._slots[from];
            int slot = SlotOf(part.Key);
            if (slot < 0) continue;
            _slots[slot].Add(part);
            if (part.Payloads > 0 && paid.Add(part.Key)) _slots[slot].Payloads++;
        }
    }

    /// <summary>Says how a value with a payload fits its parameter.</summary>
    /// <param name="key">From <see cref="KeyOf(int, ulong)"/>.</param>
    /// <param name="shape">Of the decoded value.</param>
    /// <param name="isText">True if the payload is of a kind that people's own text or markup resembles.</param>
    public ParameterFit Judge(ulong key, in ParameterShape shape, bool isText)
    {
        int slot = Find(key);
        if (slot < 0 || _slots[slot].Values < MinValues) return ParameterFit.Unknown;
        ref readonly ParameterCounts known = ref _slots[slot];
        if (known.Payloads >= MinPayloads && known.Payloads >= HabitShare * known.Values) return ParameterFit.Habitual;
        if (isText && IsUsual(known, shape)) return ParameterFit.Habitual;
        int simple = known.Kinds[(int)ParameterKind.Number] + known.Kinds[(int)ParameterKind.Empty];
        bool isNumeric = known.Values - simple <= ForeignShare * known.Values;
        bool isSimple = isNumeric || !known.HasMany && known.Values - simple - known.Kinds[(int)ParameterKind.Word] <= ForeignShare * known.Values;
        return isSimple && shape.Kind > ParameterKind.Word ? ParameterFit.Foreign : ParameterFit.Ordinary;
    }

    /// <summary>Halves all counts and forgets parameters that have none left.</summary>
    public void Decay()
    {
        ParameterCounts[] kept = [.. _used.Select(slot => _slots[slot])];
        long dropped = Dropped;
        Clear();
        foreach (var counts in kept)
        {
            counts.Halve();
            if (counts.Values > 0 && SlotOf(counts.Key) is >= 0 and var slot) _slots[slot] = counts;
        }
        Dropped = dropped;
    }

    public void Clear()
    {
        foreach (int slot in _used) _slots[slot] = default;
        _used.Clear();
        Dropped = 0;
    }

    /// <summary>True if so many values are as long or longer and hold each of the unusual characters of this one.</summary>
    private static bool IsUsual(in ParameterCounts known, in ParameterShape shape)
    {
        const ParameterClasses telling = ParameterClasses.Apostrophe | ParameterClasses.Quote | ParameterClasses.Angle | ParameterClasses.Parenthesis | ParameterClasses.Brace | ParameterClasses.Separator | ParameterClasses.Operator;
        if ((shape.Classes & telling) == 0) return false;
        double least = UsualShare * known.Values;
        for (int c = 0; c < ParameterShape.LengthBuckets; c++)
            if (((int)shape.Classes >> c & 1) != 0 && known.Classes[c] < least) return false;
        int asLong = 0;
        for (int bucket = Math.Max(0, shape.LengthBucket - 1); bucket < ParameterShape.LengthBuckets; bucket++) asLong += known.Lengths[bucket];
        return asLong >= least;
    }

    private int Find(ulong key)
    {
        int mask = _slots.Length - 1;
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            int slot = (int)(key >> 1) + probe & mask;
            if (_slots[slot].Key == key) return slot;
            if (_slots[slot].Key == 0) return -1;
        }
        return -1;
    }

    private int SlotOf(ulong key)
    {
        int mask = _slots.Length - 1;
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            int slot = (int)(key >> 1) + probe & mask;
            if (_slots[slot].Key == key) return slot;
            if (_slots[slot].Key != 0) continue;
            _slots[slot].Key = key;
            _used.Add(slot);
            return slot;
        }
        Dropped++;
        return -1;
    }
}
