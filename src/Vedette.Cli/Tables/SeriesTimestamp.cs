using System.Globalization;

namespace Vedette.Cli.Tables;

/// <summary>Reads the time of an observation: RFC 3339, <c>YYYY-MM-DD HH:MM:SS</c> (UTC unless it says otherwise), or Unix time.</summary>
internal static class SeriesTimestamp
{
    private const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    /// <summary>Unix seconds, milli-, micro- or nanoseconds are told apart by size: a second count below 1e11 reaches to the year 5138.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long micros)
    {
        micros = 0;
        if (text.Length > 64) return false;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return TryUnix(number, out micros);
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, Style, out DateTime time)) return false;
        micros = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return true;
    }

    private static bool TryUnix(double number, out long micros)
    {
        double size = Math.Abs(number);
        double scaled = size < 1e11 ? number * 1e6 : size < 1e14 ? number * 1e3 : size < 1e17 ? number : number / 1e3;
        micros = size < 1e20 ? (long)Math.Round(scaled) : 0;
        return size < 1e20;
    }
}
