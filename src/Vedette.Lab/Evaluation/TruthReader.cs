using System.Globalization;
using System.Text.Json;
using Vedette.Engine.Detection;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Evaluation;

/// <summary>Reads a truth file: one JSON object a line, in the shape <see cref="Output.TruthWriter"/> writes.</summary>
public static class TruthReader
{
    /// <summary>Most rows a file may have: a million campaigns are no truth anybody wrote.</summary>
    public const int MaxRows = 1_000_000;

    /// <summary>Reads to the end. Blank lines are skipped.</summary>
    /// <exception cref="InvalidDataException">A line is no truth row; the message names the line and what is wrong with it.</exception>
    public static IReadOnlyList<TruthRow> Read(TextReader input)
    {
        var rows = new List<TruthRow>();
        for (int number = 1; input.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (rows.Count == MaxRows) throw new InvalidDataException($"The truth has more than {MaxRows} rows.");
            rows.Add(Parse(line, number));
        }
        return rows;
    }

    private static TruthRow Parse(string line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object) throw Problem(number, "it is no JSON object");
            long start = Time(row, "start", number);
            long end = Time(row, "end", number);
            if (end < start) throw Problem(number, "it ends before it starts");
            return new TruthRow
            {
                Id = Text(row, "id"),
                Type = Type(row, number),
                Actors = Texts(row, "actors", number),
                Users = Texts(row, "users", number),
                StartMicros = start,
                EndMicros = end,
                Intensity = Text(row, "intensity"),
                Scenario = Text(row, "scenario"),
            };
        }
        catch (JsonException e)
        {
            throw Problem(number, $"it is no JSON ({e.Message})");
        }
    }

    private static string Type(JsonElement row, int number)
    {
        string type = Text(row, "type");
        if (type == TruthType.Honest.Name() || IncidentTypes.TryParse(type, out _)) return type;
        throw Problem(number, type.Length == 0 ? "it has no \"type\"" : $"'{type}' is neither an incident type nor honest");
    }

    private static long Time(JsonElement row, string name, int number)
    {
        if (DateTimeOffset.TryParse(Text(row, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            return (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        throw Problem(number, $"\"{name}\" is no RFC 3339 time");
    }

    private static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string[] Texts(JsonElement row, string name, int number)
    {
        if (!row.TryGetProperty(name, out JsonElement values)) return [];
        if (values.ValueKind != JsonValueKind.Array || values.EnumerateArray().Any(static value => value.ValueKind != JsonValueKind.String))
            throw Problem(number, $"\"{name}\" is no list of texts");
        return [.. values.EnumerateArray().Select(static value => value.GetString()!)];
    }

    private static InvalidDataException Problem(int number, string what) =>
        new($"Line {number} of the truth is no row of 'vedette simulate --truth': {what}.");
}
