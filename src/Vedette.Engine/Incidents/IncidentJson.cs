using System.Text.Json;
using Vedette.Engine.Detection;
using Vedette.Engine.Risk;

namespace Vedette.Engine.Incidents;

/// <summary>An incident in its JSON shape, the same in reports, answers and messages.</summary>
public static class IncidentJson
{
    /// <summary>RFC 3339 in UTC with milliseconds.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Write(Utf8JsonWriter json, Incident incident)
    {
        json.WriteStartObject();
        json.WriteString("id", incident.Id);
        json.WriteString("type", incident.Type.Name());
        json.WriteNumber("risk", incident.Risk);
        json.WriteString("level", incident.Level.Name());
        json.WriteNumber("confidence", incident.Confidence);
        json.WriteStartObject("actor");
        json.WriteString("kind", incident.Actor.KindName);
        json.WriteString("value", incident.Actor.Value);
        WriteStrings(json, "members", incident.Actor.Members);
        json.WriteEndObject();
        json.WriteString("endpoint", incident.Endpoint);
        WriteTime(json, "first_seen", incident.FirstSeen);
        WriteTime(json, "last_seen", incident.LastSeen);
        WriteTime(json, "detected_at", incident.DetectedAt);
        json.WriteNumber("events", incident.Events);
        json.WriteString("explanation", incident.Explanation);
        json.WriteStartArray("drivers");
        foreach (Driver driver in incident.Drivers)
        {
            json.WriteStartObject();
            json.WriteString("feature", driver.Feature);
            json.WriteNumber("value", driver.Value);
            json.WriteNumber("baseline", driver.Baseline);
            json.WriteNumber("contribution", driver.Contribution);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("models");
        foreach ((string model, double vote) in incident.Models) json.WriteNumber(model, vote);
        json.WriteEndObject();
        WriteStrings(json, "also_seen", incident.AlsoSeen.Select(static type => type.Name()));
        json.WriteStartArray("evidence");
        foreach (Evidence line in incident.Evidence)
        {
            json.WriteStartObject();
            json.WriteNumber("line", line.Line);
            json.WriteString("text", line.Text);
            if (line.Source > 0) json.WriteNumber("source", line.Source);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteStrings(json, "owasp_api", incident.OwaspApi);
        WriteStrings(json, "mitre_attack", incident.MitreAttack);
        if (incident.PartOf is { } campaign) json.WriteString("part_of", campaign);
        json.WriteEndObject();
    }

    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString(TimeFormat, System.Globalization.CultureInfo.InvariantCulture));

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
