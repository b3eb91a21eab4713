using System.Globalization;
using Vedette.Server.Api;

namespace Vedette.Server.Ask;

/// <summary>The time a filter is about.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">Instant after the last.</param>
internal readonly record struct AskRange(DateTimeOffset From, DateTimeOffset To)
{
    private static readonly TimeSpan Default = TimeSpan.FromHours(24);

    public TimeSpan Length => To - From;

    /// <summary>The range of a filter; the last 24 hours where it says nothing.</summary>
    public static AskRange Of(Filter filter, DateTimeOffset now)
    {
        if (filter["last"] is { } last && TryDuration(last, out TimeSpan length)) return new AskRange(now - length, now);
        DateTimeOffset to = Time(filter["to"]) ?? now;
        return new AskRange(Time(filter["from"]) ?? to - Default, to);
    }

    /// <summary>The range that a comparison is made with.</summary>
    public AskRange Before(string compare) => TryDuration(compare, out TimeSpan shift) ? new AskRange(From - shift, To - shift) : new AskRange(From - Length, From);

    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || !double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double amount) || amount is not (> 0 and < 100_000)) return false;
        duration = text[^1] switch { 's' => TimeSpan.FromSeconds(amount), 'm' => TimeSpan.FromMinutes(amount), 'h' => TimeSpan.FromHours(amount), 'd' => TimeSpan.FromDays(amount), _ => default };
        return duration > TimeSpan.Zero && duration < TimeSpan.FromDays(3660);
    }

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? TimeBounds.Clamp(time) : null;
}
