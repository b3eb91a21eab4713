using System.Text.Json;
using Vedette.Cli.Traffic;
using Vedette.Engine.Incidents;
using Vedette.Engine.Normalization;
using Vedette.Engine.Risk;

namespace Vedette.Cli.Reports;

/// <summary>What the HTML report shows, as JSON: bounded, so that a report of a million lines still opens at once.</summary>
internal static class HtmlReportData
{
    private const int MostRows = 50;

    /// <summary>Incidents are written until this many bytes; those of lower risk are only counted.</summary>
    private const long MostIncidentBytes = 1_200_000;

    public static void Write(Utf8JsonWriter json, ScanReport report, TrafficTally traffic)
    {
        json.WriteStartObject();
        json.WriteStartArray("sources");
        foreach (string source in report.Sources) json.WriteStringValue(source);
        json.WriteEndArray();
        json.WriteStartObject("summary");
        JsonReport.WriteSummary(json, report);
        json.WriteNumber("bytes", report.Bytes);
        json.WriteStartObject("by_level");
        foreach (var level in report.Incidents.GroupBy(static incident => incident.Level)) json.WriteNumber(level.Key.Name(), level.Count());
        json.WriteEndObject();
        json.WriteEndObject();
        WriteTraffic(json, traffic);
        WriteIncidents(json, report.Incidents);
        json.WriteEndObject();
    }

    private static void WriteTraffic(Utf8JsonWriter json, TrafficTally traffic)
    {
        json.WriteStartObject("traffic");
        WriteTimes(json, traffic.Times);
        WriteCounts(json, "statuses", traffic.Statuses.Select(static entry => (entry.Status == 0 ? "unknown" : entry.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), entry.Requests)));
        WriteCounts(json, "methods", traffic.Methods.Select(static entry => (TrafficTally.NameOf(entry.Method), entry.Requests)));
        json.WriteNumber("bytes", traffic.Bytes);
        WriteRows(json, "routes", traffic.Routes, isRoute: true);
        WriteRows(json, "callers", traffic.Callers);
        WriteRows(json, "agents", traffic.Agents);
        WriteCounts(json, "agent_kinds", traffic.AgentKinds.Select(static entry => (NameOf(entry.Kind), entry.Requests)));
        WriteRows(json, "referers", traffic.Referers);
        WriteRows(json, "missing", traffic.Missing);
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, TimeTable times)
    {
        json.WriteNumber("step_seconds", times.StepSeconds);
        json.WriteStartArray("times");
        foreach ((long start, TimeStep step) in times.Steps)
        {
            json.WriteStartArray();
            foreach (long number in (ReadOnlySpan<long>)[start, step.Requests, step.ClientErrors, step.ServerErrors, step.Bytes]) json.WriteNumberValue(number);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("hours");
        foreach (long requests in times.Hours) json.WriteNumberValue(requests);
        json.WriteEndArray();
    }

    private static void WriteRows(Utf8JsonWriter json, string name, TopTable table, bool isRoute = false)
    {
        json.WriteStartArray(name);
        foreach (Counted row in table.Top(MostRows))
        {
            json.WriteStartObject();
            int space = isRoute ? row.Text.IndexOf(' ', StringComparison.Ordinal) : -1;
            if (isRoute) json.WriteString("method", row.Text[..space]);
            json.WriteString("text", row.Text[(space + 1)..]);
            json.WriteNumber("requests", row.Requests);
            json.WriteNumber("errors", row.Errors);
            json.WriteNumber("bytes", row.Bytes);
            if (row.MeanMs is { } mean) json.WriteNumber("mean_ms", Math.Round(mean, 3));
            else json.WriteNull("mean_ms");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<(string Name, long Requests)> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, long requests) in counts) json.WriteNumber(key, requests);
        json.WriteEndObject();
    }

    private static void WriteIncidents(Utf8JsonWriter json, IReadOnlyList<Incident> incidents)
    {
        long start = json.BytesCommitted + json.BytesPending;
        json.WriteStartArray("incidents");
        foreach (Incident incident in incidents)
        {
            if (json.BytesCommitted + json.BytesPending - start > MostIncidentBytes) break;
            IncidentJson.Write(json, incident);
        }
        json.WriteEndArray();
    }

    private static string NameOf(UserAgentKind kind) => kind switch
    {
        UserAgentKind.Empty => "none given",
        UserAgentKind.Browser => "browsers",
        UserAgentKind.DeclaredCrawler => "crawlers",
        UserAgentKind.Automation => "automation",
        UserAgentKind.Monitor => "monitors",
        UserAgentKind.HttpLibrary => "HTTP libraries",
        UserAgentKind.AttackTool => "attack tools",
        UserAgentKind.FeedReader => "feed readers",
        _ => "others",
    };
}
