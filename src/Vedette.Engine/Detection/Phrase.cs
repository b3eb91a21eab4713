using System.Globalization;

namespace Vedette.Engine.Detection;

/// <summary>Numbers as a tired person reads them.</summary>
internal static class Phrase
{
    public static string Percent(double share) => share switch
    {
        <= 0 => "0%",
        < 0.001 => "under 0.1%",
        < 0.1 => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%",
        _ => (share * 100).ToString("0", CultureInfo.InvariantCulture) + "%",
    };

    /// <summary>A duration of event time given in microseconds: <c>40 s</c>, <c>12 min</c>, <c>3.5 h</c>, <c>2 days</c>.</summary>
    public static string Span(long micros)
    {
        double seconds = Math.Max(1, micros / 1e6);
        return seconds switch
        {
            < 90 => Number(seconds, "0") + " s",
            < 5400 => Number(seconds / 60, "0") + " min",
            < 48 * 3600 => Number(seconds / 3600, "0.#") + " h",
            _ => Number(seconds / 86400, "0.#") + " days",
        };
    }

    /// <summary>A duration in milliseconds: <c>85 ms</c>, <c>2.4 s</c>.</summary>
    public static string Millis(double millis) => millis < 1000 ? Number(millis, "0") + " ms" : Number(millis / 1000, "0.0") + " s";

    /// <summary>An amount given in KiB: <c>12 KiB</c>, <c>340 MiB</c>, <c>1.2 GiB</c>.</summary>
    public static string Kibibytes(double kibibytes) => kibibytes switch
    {
        < 1024 => Number(kibibytes, "0") + " KiB",
        < 1024 * 1024 => Number(kibibytes / 1024, "0.#") + " MiB",
        _ => Number(kibibytes / (1024 * 1024), "0.#") + " GiB",
    };

    public static string Count(double value) => value switch
    {
        < 10 => Number(value, "0.#"),
        _ => Number(value, "#,##0"),
    };

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 path</c>, <c>1,204 paths</c>.</summary>
    public static string Of(long count, string noun) => Count(count) + " " + noun + (count == 1 ? "" : "s");
}
