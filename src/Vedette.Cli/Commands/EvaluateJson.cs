using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Lab.Evaluation;

namespace Vedette.Cli.Commands;

/// <summary>An evaluation as one JSON document.</summary>
internal static class EvaluateJson
{
    public static void Write(EvaluationResult result, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteNumber(json, "false_positive_reduction", result.Windows.Reduction);
            WriteNumber(json, "recall", result.Windows.Recall);
            json.WriteString("unit", "windows of one caller and one minute");
            WriteStaticRules(json, result);
            json.WriteStartArray("models");
            for (int i = 0; i < result.Models.Count; i++) WriteModel(json, result.Models[i], result.Comparisons[i]);
            json.WriteEndArray();
            WriteCampaigns(json, result);
            WriteFailures(json, result.Failures);
            json.WriteStartObject("types");
            foreach (TypeResult type in result.Types) WriteType(json, type);
            json.WriteEndObject();
            WriteHonest(json, result.Honest);
            WriteTraffics(json, result);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
        output.Flush();
    }

    private static void WriteStaticRules(Utf8JsonWriter json, EvaluationResult result)
    {
        json.WriteStartObject("static_rules");
        json.WriteStartObject("at_equal_recall");
        WritePoint(json, result.Windows.AtEqualRecall);
        json.WriteEndObject();
        json.WriteStartObject("as_written");
        WritePoint(json, result.Windows.AsWritten);
        WriteNumber(json, "vedette_false_positives_at_this_recall", result.Windows.AtTheirRecall);
        json.WriteEndObject();
        json.WriteStartArray("rules");
        foreach (RuleResult rule in result.Rules)
        {
            json.WriteStartObject();
            json.WriteString("name", rule.Rule.Name);
            json.WriteNumber("threshold", rule.Rule.Threshold);
            json.WriteString("unit", rule.Rule.Unit);
            json.WriteNumber("alerts", rule.Alerts);
            json.WriteNumber("false_positives", rule.FalsePositives);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, StaticPoint point)
    {
        WriteNumber(json, "threshold_factor", point.Factor);
        WriteNumber(json, "precision", point.Precision);
        WriteNumber(json, "recall", point.Recall);
        WriteNumber(json, "f1", point.F1);
        if (point.Auc is { } auc) WriteNumber(json, "auc", auc);
        WriteNumber(json, "false_positives", point.FalsePositives);
    }

    private static void WriteModel(Utf8JsonWriter json, ModelResult model, StaticComparison comparison)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        WriteNumber(json, "precision", model.Counts.Precision);
        WriteNumber(json, "recall", model.Counts.Recall);
        WriteNumber(json, "f1", model.Counts.F1);
        WriteNumber(json, "auc", model.Auc);
        json.WriteNumber("false_positives", model.Counts.FalsePositives);
        json.WriteNumber("true_positives", model.Counts.TruePositives);
        WriteNumber(json, "threshold", model.Threshold);
        WriteNumber(json, "static_rules_false_positives", comparison.AtEqualRecall.FalsePositives);
        WriteNumber(json, "false_positive_reduction", comparison.Reduction);
        WriteNumber(json, "false_positives_at_rules_recall", comparison.AtTheirRecall);
        json.WriteEndObject();
    }

    private static void WriteCampaigns(Utf8JsonWriter json, EvaluationResult result)
    {
        json.WriteStartObject("campaigns");
        WriteCount(json, result.Counted);
        json.WriteNumber("false_incidents", result.FalseIncidents.Count);
        json.WriteNumber("false_incidents_about_the_service", result.FalseIncidents.Count(static incident => incident.Type.IsOperational()));
        json.WriteNumber("false_incidents_below_medium", result.FalseMinor);
        WriteNumber(json, "false_incidents_per_day", result.FalseIncidents.Count / result.Traffics.Sum(static traffic => traffic.Days));
        json.WriteStartObject("attacks_against_static_rules");
        WriteNumber(json, "false_positive_reduction", result.Campaigns.Reduction);
        WriteNumber(json, "recall", result.Campaigns.Recall);
        WriteNumber(json, "false_positives", result.Campaigns.FalsePositives);
        json.WriteStartObject("at_equal_recall");
        WritePoint(json, result.Campaigns.AtEqualRecall);
        json.WriteEndObject();
        json.WriteStartObject("as_written");
        WritePoint(json, result.Campaigns.AsWritten);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("false_incident_samples");
        foreach (Incident incident in result.FalseIncidents.Take(100)) WriteIncident(json, incident);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, CampaignCount count)
    {
        json.WriteNumber("total", count.Total);
        json.WriteNumber("found", count.Found);
        json.WriteNumber("named", count.Named);
        WriteNumber(json, "recall", count.Recall);
    }

    private static void WriteFailures(Utf8JsonWriter json, FailureScore failures)
    {
        json.WriteStartObject("failures");
        WriteNumber(json, "lead_time_minutes_median", failures.MedianLeadMinutes);
        WriteNumber(json, "false_alarms_per_day", failures.FalseAlarmsPerDay);
        json.WriteNumber("total", failures.Failures);
        json.WriteNumber("foretold", failures.LeadMinutes.Count);
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, TypeResult type)
    {
        json.WriteStartObject(type.Type);
        WriteCount(json, type.All);
        WriteNumber(json, "window_recall", type.Windows == 0 ? null : (double)type.WindowsFound / type.Windows);
        json.WriteStartObject("by_intensity");
        foreach ((string intensity, CampaignCount count) in type.ByIntensity)
        {
            json.WriteStartObject(intensity);
            WriteCount(json, count);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteHonest(Utf8JsonWriter json, HonestScore? honest)
    {
        if (honest is null)
        {
            json.WriteNull("honest");
            return;
        }
        json.WriteStartObject("honest");
        WriteNumber(json, "hours", honest.Days * 24);
        json.WriteNumber("events", honest.Events);
        json.WriteNumber("false_incidents", honest.Incidents.Count);
        WriteNumber(json, "false_incidents_per_day", honest.FalseIncidentsPerDay);
        json.WriteStartObject("by_scenario");
        foreach ((string scenario, int count) in honest.ByScenario) json.WriteNumber(scenario, count);
        json.WriteEndObject();
        json.WriteStartArray("incidents");
        foreach (Incident incident in honest.Incidents.Take(100)) WriteIncident(json, incident);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIncident(Utf8JsonWriter json, Incident incident)
    {
        json.WriteStartObject();
        json.WriteString("id", incident.Id);
        json.WriteString("type", incident.Type.Name());
        json.WriteNumber("risk", incident.Risk);
        json.WriteString("actor", incident.Actor.Value);
        json.WriteString("explanation", incident.Explanation);
        json.WriteEndObject();
    }

    private static void WriteTraffics(Utf8JsonWriter json, EvaluationResult result)
    {
        json.WriteStartArray("traffic");
        foreach (EvaluatedTraffic traffic in result.Traffics)
        {
            json.WriteStartObject();
            json.WriteString("name", traffic.Name);
            json.WriteNumber("events", traffic.Events);
            WriteNumber(json, "hours", traffic.Days * 24);
            json.WriteNumber("windows", traffic.Windows.Count);
            json.WriteNumber("attack_windows", traffic.Labels.Rows.Count(static row => row >= 0));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Four digits are more than the data can tell; what is undefined or unbounded is null.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, Math.Round(number, 4));
        else json.WriteNull(name);
    }
}
