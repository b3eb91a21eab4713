using System.Globalization;

namespace Vedette.Storage.Events;

/// <summary>Arithmetic of UTC days and minutes, both counted since 1970.</summary>
internal static class DayNumber
{
    public const long MicrosPerMillisecond = 1000;
    public const long MicrosPerMinute = 60_000_000;
    public const long MicrosPerDay = 86_400_000_000;
    public const long MinutesPerDay = 1440;

    /// <summary>Latest time that can be stored: the end of the year 9999.</summary>
    public static readonly long MaxMicros = ToMicros(DateTimeOffset.MaxValue);

    public static int OfMicros(long micros) => (int)Math.DivRem(micros, MicrosPerDay).Quotient;

    public static long ToMicros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicros(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset FromMinute(long minute) => DateTimeOffset.UnixEpoch.AddMinutes(minute);

    /// <summary>The minute a time is in.</summary>
    public static long MinuteOf(DateTimeOffset time) => (long)Math.Floor((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMinute);

    /// <summary>The first minute that begins at or after a time.</summary>
    public static long MinuteAfter(DateTimeOffset time) => (long)Math.Ceiling((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMinute);

    /// <summary>For example <c>2026-11-21</c>.</summary>
    public static string Name(int day) => DateTimeOffset.UnixEpoch.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> name, out int day)
    {
        bool isDay = DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
        day = isDay ? date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber : 0;
        return isDay;
    }
}
