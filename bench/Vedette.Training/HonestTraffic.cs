using System.Text;
using System.Text.Json;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Training;

/// <summary>Counts false alarms on simulated traffic without attacks, where people write sentences into searches, notes and comments.</summary>
internal static class HonestTraffic
{
    /// <summary>A value with as many separate words is free text.</summary>
    private const int MinWords = 3;

    /// <summary>Prints how many requests with free text are flagged, and each distinct request that is.</summary>
    /// <param name="file">NDJSON as <c>vedette simulate --format json --no-attacks</c> writes it.</param>
    /// <param name="inspector">The inspector to measure.</param>
    public static void Print(string file, RequestInspector inspector)
    {
        var batch = new EventBatch(1 << 16, 1);
        InspectionScratch? scratch = new();
        var flagged = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int requests = 0, withText = 0, count = 0;
        foreach (string line in File.ReadLines(file))
        {
            var request = Parse(line, batch, out bool hasText);
            requests++;
            if (hasText) withText++;
            inspector.Inspect(batch, request, ref scratch, out var result);
            if (!result.IsAttack) continue;
            count++;
            string text = Uri.UnescapeDataString($"{Encoding.UTF8.GetString(batch[request.Path])}?{Encoding.UTF8.GetString(batch[request.Query])} {Encoding.UTF8.GetString(batch[request.Body])}");
            string why = string.Join(' ', inspector.Explain(batch, request, scratch).Select(match => match.Rule).Take(4));
            flagged[$"[{why}] {text}"] = flagged.GetValueOrDefault($"[{why}] {text}") + 1;
        }
        Console.WriteLine($"{Path.GetFileName(file)}: {requests} requests, {withText} with free text, {count} flagged: {1000.0 * count / Math.Max(1, withText):F2} per 1000 with free text.");
        foreach (var (text, times) in flagged.OrderByDescending(pair => pair.Value).Take(10)) Console.WriteLine($"  {times} {text}");
    }

    private static HttpEvent Parse(string line, EventBatch batch, out bool hasText)
    {
        using var document = JsonDocument.Parse(line);
        var row = document.RootElement;
        string target = Text(row, "path");
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        string query = mark >= 0 ? target[(mark + 1)..] : Text(row, "query");
        string body = Text(row, "body");
        hasText = query.Split('&').Any(field => IsFreeText(Uri.UnescapeDataString(field.Replace('+', ' ')))) || body.Split('"').Any(IsFreeText);
        batch.Clear();
        return new HttpEvent
        {
            Path = batch.Append(Encoding.UTF8.GetBytes(mark >= 0 ? target[..mark] : target)),
            Query = batch.Append(Encoding.UTF8.GetBytes(query)),
            Body = batch.Append(Encoding.UTF8.GetBytes(body)),
            UserAgent = batch.Append(Encoding.UTF8.GetBytes(Text(row, "user_agent"))),
            Referer = batch.Append(Encoding.UTF8.GetBytes(Text(row, "referer"))),
        };
    }

    private static bool IsFreeText(string value) => value.Split(' ').Count(word => word.Length > 0 && char.IsLetter(word[0])) >= MinWords;

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
