using System.Globalization;
using System.Text;

namespace Vedette.Server.Api;

/// <summary>Lengths of time as <c>4h</c>, <c>1h30m</c>, <c>-5s</c>: the notation of Go programs, with days besides.</summary>
internal static class GoDuration
{
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is not { Length: > 1 and <= 40 }) return false;
        ReadOnlySpan<char> rest = text;
        double seconds = 0;
        while (rest.Length > 0)
        {
            int digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)) return false;
            rest = rest[digits..];
            int letters = rest.IndexOfAny("0123456789.");
            ReadOnlySpan<char> unit = letters < 0 ? rest : rest[..letters];
            double factor = unit switch { "d" => 86_400, "h" => 3600, "m" => 60, "s" => 1, "ms" => 0.001, _ => double.NaN };
            seconds += count * factor;
            rest = rest[unit.Length..];
        }
        if (!(seconds < 1e10)) return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        if (duration < TimeSpan.Zero) text.Append('-');
        TimeSpan positive = duration.Duration();
        if (positive.TotalHours >= 1) text.Append(CultureInfo.InvariantCulture, $"{(long)positive.TotalHours}h");
        if (positive.TotalMinutes >= 1) text.Append(CultureInfo.InvariantCulture, $"{positive.Minutes}m");
        return text.Append(CultureInfo.InvariantCulture, $"{positive.Seconds}s").ToString();
    }
}
