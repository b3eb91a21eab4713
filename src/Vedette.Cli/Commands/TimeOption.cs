using System.Globalization;

namespace Vedette.Cli.Commands;

/// <summary>Times given on the command line.</summary>
internal static class TimeOption
{
    /// <summary>Microseconds since 1970; <paramref name="missing"/> if <paramref name="text"/> is null. Without a zone the time is UTC.</summary>
    /// <exception cref="UsageException">The text is no time.</exception>
    public static long Resolve(string option, string? text, long missing)
    {
        if (text is null) return missing;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)) return (time - DateTimeOffset.UnixEpoch).Ticks / 10;
        throw new UsageException($"{option} '{text}' is no time; write it like 2026-05-04T10:30:00Z.");
    }
}
