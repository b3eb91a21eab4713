using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Output;

/// <summary>Writes what really happened, one JSON object a line, in order of start.</summary>
public static class TruthWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the entries that took place; those whose traffic never came to be are left out.</summary>
    /// <param name="output">Receives the lines.</param>
    /// <param name="truth">The entries of the run.</param>
    /// <param name="lastMicros">Time of the last event that was read, where the rest was not wanted.</param>
    public static void Write(Stream output, IEnumerable<TruthEntry> truth, long lastMicros = long.MaxValue)
    {
        foreach (var entry in truth.Where(e => e.EndMicros > 0 && e.StartMicros <= lastMicros).OrderBy(e => e.StartMicros).ThenBy(e => e.Id, StringComparer.Ordinal))
        {
            using (var json = new Utf8JsonWriter(output, Options)) WriteEntry(json, entry, lastMicros);
            output.WriteByte((byte)'\n');
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, TruthEntry entry, long lastMicros)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        json.WriteString("type", entry.Type.Name());
        // A fault has no one to blame, also where its traffic has senders.
        WriteArray(json, "actors", entry.Type.IsFault() ? [] : entry.Actors);
        WriteArray(json, "users", entry.Type.IsFault() ? [] : entry.Users);
        json.WriteString("endpoint", entry.Endpoint);
        json.WriteString("start", Time(entry.StartMicros));
        json.WriteString("end", Time(Math.Min(entry.EndMicros, lastMicros)));
        json.WriteString("intensity", entry.Intensity.ToString().ToLowerInvariant());
        json.WriteString("scenario", entry.Scenario);
        json.WriteNumber("events", entry.Events);
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string Time(long micros) =>
        DateTime.UnixEpoch.AddMicroseconds(micros).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}
