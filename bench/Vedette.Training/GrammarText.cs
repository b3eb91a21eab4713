using Vedette.ML;

namespace Vedette.Training;

/// <summary>Makes requests from a <see cref="TextGrammar"/>: honest texts of many kinds, and attacks of many families.</summary>
internal static class GrammarText
{
    public const string HonestSource = "own_honest";
    public const string AttackSource = "own_attacks";

    private static readonly string[] FieldNames = "q p name title comment body text description note content message subject data value".Split(' ');

    /// <summary>Fills every template as often as asked, each time at the next of its kind's places. The record's note is kind and template.</summary>
    public static IEnumerable<PayloadRecord> Generate(string file, int perTemplate, ulong seed)
    {
        var grammar = TextGrammar.Load(file);
        var random = new SeededRandom(seed);
        var records = new List<PayloadRecord>();
        foreach (var kind in grammar.Kinds)
        {
            int place = 0;
            foreach (string template in kind.Templates)
            {
                for (int i = 0; i < perTemplate; i++)
                {
                    string text = grammar.Expand(template, ref random);
                    string at = kind.Places[place++ % kind.Places.Length];
                    // The escapes of a body, a header list or a path are its own.
                    if (at is not "body") text = TextGrammar.Unescape(text);
                    string field = FieldNames[random.Next(FieldNames.Length)];
                    records.Add(Place(at, field, text) with { Source = kind.Category is null ? HonestSource : AttackSource, IsAttack = kind.Category is not null, Category = kind.Category, Note = $"{kind.Name}\n{template}" });
                }
            }
        }
        return records;
    }

    /// <summary>The kind or family a generated record belongs to.</summary>
    public static string KindOf(PayloadRecord record) => record.Note!.Split('\n')[0];

    private static PayloadRecord Place(string place, string field, string text)
    {
        if (place is "agent" or "referer" or "cookie" or "header") text = text.Replace('\n', ' ');
        var empty = new PayloadRecord("", false, null, null, false, "/api/items", null, "", null, null);
        return place switch
        {
            "value" => empty with { Query = $"{field}={PayloadRecord.Encode(text, isEncoded: false)}" },
            "encoded" => empty with { Query = $"{field}={text}" },
            "query" => empty with { Query = text },
            "form" => empty with { Headers = "Content-Type: application/x-www-form-urlencoded\n", Body = $"{field}={PayloadRecord.Encode(text, isEncoded: false)}&id=7" },
            "json" => empty with { Headers = "Content-Type: application/json\n", Body = $"{{\"id\":7,\"{field}\":\"{TextGrammar.JsonEscape(text)}\"}}" },
            "text" => empty with { Headers = "Content-Type: text/plain\n", Body = text },
            "body" => empty with { Body = text },
            "agent" => empty with { Headers = $"User-Agent: {text}\n" },
            "referer" => empty with { Headers = $"Referer: {text}\n" },
            "cookie" => empty with { Headers = $"Cookie: {text}\n" },
            "header" => empty with { Headers = $"X-Api-Version: {text}\n" },
            "headers" => empty with { Headers = text + "\n" },
            "path" => empty with { Path = text.Split('?')[0], Query = text.Contains('?', StringComparison.Ordinal) ? text[(text.IndexOf('?', StringComparison.Ordinal) + 1)..] : null },
            _ => throw new InvalidDataException($"Unknown place '{place}'."),
        };
    }
}
