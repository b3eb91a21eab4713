using Vedette.Engine.Events;

namespace Vedette.Engine.Normalization;

/// <summary>What a query asks for, and what it is made of. Linear in the query, no state.</summary>
internal static class QueryIdentity
{
    private const long DayMicros = 86_400_000_000;

    /// <summary>A fingerprint of the query without values that only tell the time of the request: whoever polls <c>?since=1718000000</c> asks for the same thing again.</summary>
    /// <param name="query">The query as sent.</param>
    /// <param name="time">Time of the request, microseconds since 1970.</param>
    public static ulong KeyOf(ReadOnlySpan<byte> query, long time)
    {
        const ulong seed = 3;
        if (!MayHoldClock(query)) return Fingerprint.Of(query, seed);
        ulong key = seed;
        while (NextPair(ref query, out ReadOnlySpan<byte> pair))
        {
            int equals = pair.IndexOf((byte)'=');
            key = Fingerprint.Combine(key, Fingerprint.Of(equals >= 0 && IsClock(pair[(equals + 1)..], time) ? pair[..equals] : pair, seed));
        }
        return key;
    }

    /// <summary>A fingerprint of the names of the parameters and of the kind of value each has: a program that repeats itself has few, one that tries what it can send has many.</summary>
    public static ulong ShapeOf(ReadOnlySpan<byte> query)
    {
        ulong shape = 1;
        while (NextPair(ref query, out ReadOnlySpan<byte> pair))
        {
            int equals = pair.IndexOf((byte)'=');
            ReadOnlySpan<byte> value = equals < 0 ? default : pair[(equals + 1)..];
            shape = Fingerprint.Combine(shape, Fingerprint.Of(equals < 0 ? pair : pair[..equals], (ulong)KindOf(value)));
        }
        return shape;
    }

    private static bool NextPair(ref ReadOnlySpan<byte> query, out ReadOnlySpan<byte> pair)
    {
        int end = query.IndexOf((byte)'&');
        pair = end < 0 ? query : query[..end];
        bool isLeft = !query.IsEmpty;
        query = end < 0 ? default : query[(end + 1)..];
        return isLeft;
    }

    /// <summary>Ten digits in a row hold a digit at every tenth place: most queries are dismissed after a few bytes.</summary>
    private static bool MayHoldClock(ReadOnlySpan<byte> query)
    {
        for (int i = 9; i < query.Length; i += 10)
            if ((uint)(query[i] - '0') <= 9) return true;
        return false;
    }

    /// <summary>True for seconds, milliseconds or microseconds since 1970 within a day of <paramref name="time"/>.</summary>
    private static bool IsClock(ReadOnlySpan<byte> value, long time)
    {
        long unit = value.Length switch { 10 => 1_000_000, 13 => 1000, 16 => 1, _ => 0 };
        if (unit == 0 || value.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        long number = 0;
        foreach (byte digit in value) number = number * 10 + (digit - '0');
        return Math.Abs(number * unit - time) < DayMicros;
    }

    /// <summary>Nothing, a number, a word, or something with other characters, the last by the first of them.</summary>
    private static int KindOf(ReadOnlySpan<byte> value)
    {
        const int number = 1, word = 2;
        if (value.IsEmpty) return 0;
        int kind = number;
        foreach (byte b in value)
        {
            if ((uint)(b - '0') <= 9) continue;
            if ((uint)((b | 0x20) - 'a') > 25 && b is not ((byte)'-' or (byte)'_')) return b;
            kind = word;
        }
        return kind;
    }
}
