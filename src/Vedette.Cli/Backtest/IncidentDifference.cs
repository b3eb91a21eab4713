using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Cli.Reports;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Cli.Backtest;

/// <summary>What two runs over the same traffic do not have in common.</summary>
/// <param name="Appeared">Found only under the changed settings.</param>
/// <param name="Disappeared">Found only under the present ones.</param>
/// <param name="Changed">Found under both, with another risk or level.</param>
/// <param name="Same">How many are equal.</param>
internal sealed record IncidentDifference(IReadOnlyList<Incident> Appeared, IReadOnlyList<Incident> Disappeared, IReadOnlyList<(Incident Before, Incident After)> Changed, int Same)
{
    private const int MaxText = 100;

    /// <summary>Pairs incidents of the same type, actor and endpoint whose times overlap.</summary>
    public static IncidentDifference Between(IReadOnlyList<Incident> before, IReadOnlyList<Incident> after)
    {
        var open = before.GroupBy(KeyOf).ToDictionary(static group => group.Key, static group => group.ToList());
        var appeared = new List<Incident>();
        var changed = new List<(Incident, Incident)>();
        int same = 0;
        foreach (Incident incident in after)
        {
            Incident? earlier = open.TryGetValue(KeyOf(incident), out List<Incident>? alike) ? alike.Find(other => other.FirstSeen <= incident.LastSeen && incident.FirstSeen <= other.LastSeen) : null;
            if (earlier is null)
            {
                appeared.Add(incident);
                continue;
            }
            alike!.Remove(earlier);
            if (earlier.Risk == incident.Risk && earlier.Level == incident.Level) same++;
            else changed.Add((earlier, incident));
        }
        return new IncidentDifference(appeared, [.. open.Values.SelectMany(static left => left).OrderBy(static incident => incident.DetectedAt)], changed, same);
    }

    public void WriteText(TextWriter writer)
    {
        writer.WriteLine($"{Appeared.Count} appear, {Disappeared.Count} disappear, {Changed.Count} change, {Same} stay as they are.");
        WriteList(writer, "Appear", Appeared);
        WriteList(writer, "Disappear", Disappeared);
        if (Changed.Count > 0) writer.WriteLine("\nChange");
        foreach ((Incident before, Incident after) in Changed) writer.WriteLine($"  {before.Risk,3} → {after.Risk,3}  {(before.Level == after.Level ? "" : before.Level.Name() + " → ")}{Describe(after)}");
    }

    public string ToJson()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true })) WriteJson(json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("same", Same);
        WriteList(json, "appeared", Appeared);
        WriteList(json, "disappeared", Disappeared);
        json.WriteStartArray("changed");
        foreach ((Incident before, Incident after) in Changed)
        {
            json.WriteStartObject();
            json.WritePropertyName("before");
            IncidentJson.Write(json, before);
            json.WritePropertyName("after");
            IncidentJson.Write(json, after);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (IncidentType, string, string, string?) KeyOf(Incident incident) => (incident.Type, incident.Actor.KindName, incident.Actor.Value, incident.Endpoint);

    private static string Describe(Incident incident) => $"{incident.Level.Name(),-8} {incident.Type.Name()} · {TerminalText.Sanitize(incident.Actor.Value, MaxText)}{(incident.Endpoint is null ? "" : " · " + TerminalText.Sanitize(incident.Endpoint, MaxText))} · since {incident.FirstSeen:yyyy-MM-dd HH:mm}";

    private static void WriteList(TextWriter writer, string title, IReadOnlyList<Incident> incidents)
    {
        if (incidents.Count == 0) return;
        writer.WriteLine("\n" + title);
        foreach (Incident incident in incidents) writer.WriteLine($"  {incident.Risk,3}  {Describe(incident)}");
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<Incident> incidents)
    {
        json.WriteStartArray(name);
        foreach (Incident incident in incidents) IncidentJson.Write(json, incident);
        json.WriteEndArray();
    }
}
