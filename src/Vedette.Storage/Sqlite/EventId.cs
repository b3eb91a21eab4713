using System.Globalization;
using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Key of an event in its day's file: millisecond of the day, then number of writing.</summary>
internal static class EventId
{
    /// <summary>69 thousand million writings a day.</summary>
    public const int WrittenBits = 36;

    public const long WrittenMask = (1L << WrittenBits) - 1;

    public static long Of(long timeMicros, long written) => Math.DivRem(timeMicros, DayNumber.MicrosPerDay).Remainder / DayNumber.MicrosPerMillisecond << WrittenBits | written;

    /// <summary>Keys of a share: numbers of writing follow <paramref name="written"/>, in the order of the events.</summary>
    public static long[] Of(DayShare share, long written)
    {
        var ids = new long[share.Count];
        for (int i = 0; i < ids.Length; i++) ids[i] = Of(share[i].TimeMicros, written + 1 + i);
        return ids;
    }

    /// <summary>Lowest key an event of this time of the day, or a later one, can have.</summary>
    public static long First(long microsOfDay) => (microsOfDay + DayNumber.MicrosPerMillisecond - 1) / DayNumber.MicrosPerMillisecond << WrittenBits;

    public static long Written(long id) => id & WrittenMask;

    public static long TimeMicros(int day, long id, long micros) => day * DayNumber.MicrosPerDay + (id >> WrittenBits) * DayNumber.MicrosPerMillisecond + micros;

    /// <summary>The id as the outside sees it; text order is time order.</summary>
    public static string Format(int day, long id) => string.Create(CultureInfo.InvariantCulture, $"{day:x6}{id:x16}");

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    public static (int Day, long Id) Parse(string text) =>
        (int.Parse(text.AsSpan(0, 6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), long.Parse(text.AsSpan(6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
