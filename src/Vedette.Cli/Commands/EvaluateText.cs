using System.Globalization;
using Vedette.Cli.Reports;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Lab.Evaluation;

namespace Vedette.Cli.Commands;

/// <summary>An evaluation as tables for people.</summary>
internal sealed class EvaluateText(TextWriter output)
{
    private const int MostShown = 20;

    public void Write(EvaluationResult result, bool hasMisses)
    {
        foreach (EvaluatedTraffic traffic in result.Traffics)
            Line($"{traffic.Name}: {traffic.Events:N0} events in {traffic.Days * 24:0.#} h, {traffic.Windows.Count:N0} windows of one caller and minute, {traffic.Labels.Rows.Count(static row => row >= 0):N0} with an attack");
        WriteWindows(result);
        WriteCampaigns(result);
        WriteTypes(result);
        WriteFailures(result.Failures);
        WriteHonest(result.Honest);
        WriteIncidents("False incidents in the labelled traffic", result.FalseIncidents);
        if (hasMisses) WriteMisses(result);
    }

    private void WriteWindows(EvaluationResult result)
    {
        Head("Windows");
        Line($"{"model",-24}{"precision",10}{"recall",10}{"F1",10}{"AUC",10}{"false positives",18}{"static rules raise",20} {"fewer",12}");
        for (int i = 0; i < result.Models.Count; i++)
        {
            ModelResult model = result.Models[i];
            Line($"{model.Name,-24}{model.Counts.Precision,10:0.000}{model.Counts.Recall,10:0.000}{model.Counts.F1,10:0.000}{model.Auc,10:0.000}{model.Counts.FalsePositives,18:N0}{Against(result.Comparisons[i], model)}");
        }
        WritePoint("static rules, as written", result.Windows.AsWritten);
        WritePoint($"static rules, {Factor(result.Windows.AtEqualRecall)}", result.Windows.AtEqualRecall);
        Line($"At the recall of vedette the static rules raise {result.Windows.AtEqualRecall.FalsePositives:N0} false positives, vedette {result.Windows.FalsePositives:N0}: {Percent(result.Windows.Reduction)} fewer.");
        Line($"At the recall of the static rules as written vedette raises {result.Windows.AtTheirRecall:N0}, they {result.Windows.AsWritten.FalsePositives:N0}.");
        Line($"Static rules one by one: {string.Join("; ", result.Rules.Select(static rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Rule.Name} {rule.Alerts:N0} alerts, {rule.FalsePositives:N0} false")))}.");
    }

    /// <summary>What the static rules raise at the recall of a model, and how much fewer the model does.</summary>
    private static string Against(StaticComparison comparison, ModelResult model)
    {
        if (model.Counts.TruePositives == 0) return $"{"finds nothing",20}";
        return string.Create(CultureInfo.InvariantCulture, $"{comparison.AtEqualRecall.FalsePositives,20:#,0.#} {Percent(comparison.Reduction),12}");
    }

    private void WritePoint(string name, StaticPoint point) =>
        Line($"{name,-24}{point.Precision,10:0.000}{point.Recall,10:0.000}{point.F1,10:0.000}{point.Auc,10:0.000}{point.FalsePositives,18:N0}");

    private void WriteCampaigns(EvaluationResult result)
    {
        Head("Campaigns");
        CampaignCount count = result.Counted;
        double days = result.Traffics.Sum(static traffic => traffic.Days);
        Line($"{count.Total} attacks and faults: {count.Found} found ({Percent(count.Recall)}), {count.Named} of them under their own name.");
        Line($"{result.FalseIncidents.Count} false incidents of MEDIUM or above ({result.FalseIncidents.Count / days:0.0} a day), {result.FalseIncidents.Count(static incident => incident.Type.IsOperational())} of them about the service; {result.FalseMinor} below.");
        StaticComparison comparison = result.Campaigns;
        Line($"Attacks alone: vedette finds {Percent(comparison.Recall)} with {comparison.FalsePositives:0} false incidents.");
        Line($"The static rules, {Factor(comparison.AtEqualRecall)}, find {Percent(comparison.AtEqualRecall.Recall)} with {comparison.AtEqualRecall.FalsePositives:N0} false alerts: vedette raises {Percent(comparison.Reduction)} fewer.");
        Line($"As written they find {Percent(comparison.AsWritten.Recall)} with {comparison.AsWritten.FalsePositives:N0}.");
    }

    private void WriteTypes(EvaluationResult result)
    {
        Head("Types: found of all, named of all");
        string[] intensities = [.. result.Types.SelectMany(static type => type.ByIntensity.Select(static entry => entry.Intensity)).Distinct(StringComparer.Ordinal)];
        Line($"{"type",-24}{string.Concat(intensities.Select(static intensity => string.Create(CultureInfo.InvariantCulture, $"{intensity,10}")))}{"all",10}{"named",10}{"windows",10}");
        foreach (TypeResult type in result.Types)
        {
            string cells = string.Concat(intensities.Select(intensity => Cell(type.ByIntensity.Where(entry => entry.Intensity == intensity).Aggregate(default(CampaignCount), static (sum, entry) => sum + entry.Count))));
            string windows = type.Windows == 0 ? "" : Percent((double)type.WindowsFound / type.Windows);
            Line($"{type.Type,-24}{cells}{Cell(type.All)}{$"{type.All.Named}/{type.All.Total}",10}{windows,10}");
        }
    }

    private static string Cell(CampaignCount count) => count.Total == 0 ? $"{"",10}" : $"{$"{count.Found}/{count.Total}",10}";

    private void WriteFailures(FailureScore failures)
    {
        Head("Failure prediction");
        string lead = failures.MedianLeadMinutes is { } median ? string.Create(CultureInfo.InvariantCulture, $"median lead {median:0.0} min") : "no lead time";
        Line($"{failures.LeadMinutes.Count} of {failures.Failures} failures foretold, {lead}, {failures.FalseAlarmsPerDay:0.00} false alarms a day");
    }

    private void WriteHonest(HonestScore? honest)
    {
        if (honest is null) return;
        Head("Honest traffic");
        Line($"{honest.Events:N0} events in {honest.Days * 24:0.#} h: {honest.Incidents.Count} false incidents of MEDIUM or above, {honest.FalseIncidentsPerDay:0.0} a day");
        foreach ((string scenario, int count) in honest.ByScenario) Line($"  {scenario,-24}{count,4}");
        WriteIncidents("False incidents in honest traffic", honest.Incidents);
    }

    private void WriteIncidents(string title, IReadOnlyList<Incident> incidents)
    {
        if (incidents.Count == 0) return;
        Head(title);
        foreach (Incident incident in incidents.Take(MostShown))
            Line($"  {incident.Type.Name()} {incident.Risk} {TerminalText.Sanitize(incident.Actor.Value, 60)}: {TerminalText.Sanitize(incident.Explanation, 160)}");
        if (incidents.Count > MostShown) Line($"  and {incidents.Count - MostShown} more");
    }

    private void WriteMisses(EvaluationResult result)
    {
        Head("Not found, or under another name");
        foreach ((string traffic, CampaignOutcome outcome) in result.Outcomes.Where(static entry => !entry.Outcome.IsNamed))
        {
            TruthRow row = outcome.Row;
            string alarms = outcome.IsFound ? string.Join(", ", outcome.Alarms.Take(5).Select(static alarm => $"{alarm.Type.Name()} {alarm.Risk}")) : "nothing";
            Line($"  {TerminalText.Sanitize(traffic, 40)} {TerminalText.Sanitize(row.Id, 20)} {row.Type} {TerminalText.Sanitize(row.Intensity, 20)} {TerminalText.Sanitize(row.Scenario, 40)}, {row.Actors.Count} actors: {alarms}");
        }
    }

    private static string Factor(StaticPoint point) => double.IsInfinity(point.Factor) ? "bad strings alone" : string.Create(CultureInfo.InvariantCulture, $"times {point.Factor:0.##}");

    private static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0}%") : "n/a";

    private void Head(string title)
    {
        output.WriteLine();
        output.WriteLine(title);
    }

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
