using System.Globalization;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Apis;

/// <summary>The words that may stand in a <see cref="TextTemplate"/> besides object kinds.</summary>
internal static class TokenWriter
{
    /// <exception cref="ArgumentException">There is no such word.</exception>
    public static Action<TextBuffer, World, Visit> Create(string token)
    {
        string[] parts = token.Split(':');
        string[] arguments = parts[1..];
        return parts[0] switch
        {
            "number" => Number(int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture)),
            "pick" => (text, world, _) => text.Append(world.Random.Pick(arguments)),
            "page" => (text, world, _) => text.Append(1 + (int)world.Random.Exponential(1.3)),
            "phrase" => (text, world, _) => text.Append(Vocabulary.Phrase(world)),
            "prefix" => AppendPrefix,
            "comment" => (text, world, _) => text.Append(Vocabulary.Comment(world)),
            "amount" => AppendAmount,
            "uuid" => (text, world, _) => ObjectKind.AppendUuid(text, world.Random.NextUInt64()),
            "hex" => (text, world, _) => text.AppendHex(world.Random.NextUInt64(), 16),
            "base64" => AppendCursor,
            "jwt" => (text, world, visit) => Vocabulary.AppendBase64Url(text, visit.Client.Seed ^ world.Random.NextUInt64(), 43),
            "millis" => (text, world, _) => text.Append(world.NowMicros / 1000),
            "seconds" => (text, world, _) => text.Append(world.NowMicros / 1_000_000),
            "date" => (text, world, _) => AppendDate(text, world.NowMicros / 86_400_000_000L - world.Random.Skewed(90, 3)),
            "email" => (text, _, visit) => text.Append(visit.Client.Email),
            "user" => (text, _, visit) => text.Append(visit.Client.UserName),
            "userid" => (text, _, visit) => text.Append(10_000 + visit.Client.Id),
            "name" => (text, _, visit) => text.Append(Vocabulary.Encode(visit.Client.FullName)),
            "plainname" => (text, _, visit) => text.Append(visit.Client.FullName),
            "link" => (text, world, _) => text.Append(Uri.EscapeDataString($"https://{world.Api.Host}/{world.Random.Pick(Vocabulary.LinkPaths)}?ref={world.Random.Next(900)}&lang=en")),
            "filter" => (text, world, _) => text.Append(world.Random.Pick(Vocabulary.JsonFilters)),
            "utm" => (text, world, _) => text.Append(world.Random.Pick(Vocabulary.Campaigns)),
            "point" => AppendPoint,
            _ => throw new ArgumentException($"A template names '{token}', which is neither an object kind nor a known word.", nameof(token)),
        };
    }

    private static Action<TextBuffer, World, Visit> Number(int low, int high) =>
        (text, world, _) => text.Append(world.Random.Between(low, high));

    private static void AppendPrefix(TextBuffer text, World world, Visit visit)
    {
        string phrase = Vocabulary.Phrase(world);
        int end = 2 + world.Random.Next(6);
        // A cut inside %C3%BC would be no valid encoding, so such phrases are cut before it.
        int percent = phrase.IndexOf('%', StringComparison.Ordinal);
        if (percent >= 0) end = Math.Min(end, percent);
        text.Append(phrase.AsSpan(0, Math.Min(end, phrase.Length)));
    }

    private static void AppendAmount(TextBuffer text, World world, Visit visit)
    {
        long cents = (long)world.Random.LogNormal(4200, 1.1);
        text.Append(cents / 100);
        text.Append('.');
        text.Append(cents % 100, "00");
    }

    private static void AppendCursor(TextBuffer text, World world, Visit visit)
    {
        string cursor = string.Create(CultureInfo.InvariantCulture, $"{{\"after\":{world.Random.Next(9_000_000)},\"dir\":\"next\"}}");
        text.Append(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(cursor)).Replace("=", "%3D", StringComparison.Ordinal));
    }

    private static void AppendPoint(TextBuffer text, World world, Visit visit)
    {
        text.Append(world.Random.Uniform(40, 58).ToString("F5", CultureInfo.InvariantCulture));
        text.Append(',');
        text.Append(world.Random.Uniform(-4, 22).ToString("F5", CultureInfo.InvariantCulture));
    }

    private static void AppendDate(TextBuffer text, long day)
    {
        var date = DateTime.UnixEpoch.AddDays(day);
        text.Append(date.Year);
        text.Append('-');
        text.Append(date.Month, "00");
        text.Append('-');
        text.Append(date.Day, "00");
    }
}
