using System.Globalization;

namespace Vedette.Cli.Commands;

/// <summary>Prints keys: secrets on standard output alone, so that a script can take them.</summary>
internal static class KeyPrinter
{
    public static int Secret(string id, string role, string key)
    {
        Console.Error.WriteLine($"vedette: key {id} ({role}), shown this once:");
        Console.Out.WriteLine(key);
        return ExitCode.Done;
    }

    public static void Header() => Console.Out.WriteLine($"{"id",-12} {"role",-8} {"created",-17} {"expires",-17} {"state",-8} name");

    public static void Row(string id, string role, DateTimeOffset created, DateTimeOffset? expires, DateTimeOffset? revoked, string name)
    {
        string state = revoked is not null ? "revoked" : expires <= DateTimeOffset.UtcNow ? "expired" : "valid";
        Console.Out.WriteLine($"{id,-12} {role,-8} {Format(created),-17} {(expires is { } end ? Format(end) : "never"),-17} {state,-8} {name}");
    }

    /// <summary>When a key ends: a time, or so long from now.</summary>
    /// <exception cref="UsageException">The text is neither.</exception>
    public static DateTimeOffset? Expiry(string? text)
    {
        if (text is null) return null;
        if (Vedette.Server.Settings.DurationConverter.TryParse(text, out TimeSpan duration) && duration > TimeSpan.Zero && duration < TimeSpan.FromDays(36_500)) return DateTimeOffset.UtcNow + duration;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time > DateTimeOffset.UtcNow) return time;
        throw new UsageException($"--expires is '{text}'; write a time to come as 2027-01-01T00:00:00Z, or a length as 30d or 12h.");
    }

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
