using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.Cli.Reports;

/// <summary>A scan's report as one JSON document.</summary>
internal static class JsonReport
{
    public static void Write(ScanReport report, Stream output)
    {
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(output, options))
        {
            json.WriteStartObject();
            json.WriteStartObject("summary");
            WriteSummary(json, report);
            json.WriteEndObject();
            json.WriteStartArray("incidents");
            foreach (Incident incident in report.Incidents) IncidentJson.Write(json, incident);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
        output.Flush();
    }

    /// <summary>Writes the properties of the summary into an object that was begun.</summary>
    public static void WriteSummary(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteNumber("lines", report.Lines);
        json.WriteNumber("parsed", report.Parsed);
        json.WriteNumber("skipped", report.Skipped);
        if (report.First is { } first) IncidentJson.WriteTime(json, "first", first);
        else json.WriteNull("first");
        if (report.Last is { } last) IncidentJson.WriteTime(json, "last", last);
        else json.WriteNull("last");
        json.WriteNumber("clients", report.Clients);
        json.WriteNumber("endpoints", report.Endpoints);
        json.WriteNumber("incidents", report.Incidents.Count);
        json.WriteNumber("elapsed_ms", (long)report.Elapsed.TotalMilliseconds);
        json.WriteStartObject("by_type");
        foreach (var group in report.Incidents.GroupBy(static incident => incident.Type).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key))
            json.WriteNumber(group.Key.Name(), group.Count());
        json.WriteEndObject();
        WriteCounts(json, "formats", report.Formats);
        WriteCounts(json, "skipped_reasons", report.SkippedReasons);
        json.WriteStartArray("skipped_samples");
        foreach (SkippedSample sample in report.SkippedSamples)
        {
            json.WriteStartObject();
            json.WriteNumber("line", sample.Line);
            json.WriteString("reason", sample.Reason);
            json.WriteString("text", sample.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (string warning in report.Warnings) json.WriteStringValue(warning);
        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, long count) in counts.OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal)) json.WriteNumber(key, count);
        json.WriteEndObject();
    }
}
