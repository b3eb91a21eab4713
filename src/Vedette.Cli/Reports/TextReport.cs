using System.Globalization;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Cli.Reports;

/// <summary>A scan's report for people at a terminal: the summary, then the incidents that matter most, then how to see the rest.</summary>
internal sealed class TextReport(TextWriter output, bool isColored, int width)
{
    private const int MostIncidents = 10;
    private const int MostEvidence = 3;
    private const int ShortestPath = 16;
    private const string Indent = "    ";

    public void Write(ScanReport report)
    {
        WriteSummary(report);
        if (report.Incidents.Count == 0)
        {
            output.WriteLine();
            output.WriteLine(report.Parsed > 0 ? Paint("Nothing to report.", Color.Green) + " No attack, abuse or failure was found." : Paint("Nothing was judged.", Color.Yellow) + " The input holds no request that could be read.");
        }
        foreach (Incident incident in report.Incidents.Take(MostIncidents)) WriteIncident(incident);
        if (report.Incidents.Count > MostIncidents)
        {
            output.WriteLine();
            output.WriteLine($"{report.Incidents.Count - MostIncidents} more incidents; see them all with --output json.");
        }
        WriteSkipped(report);
        foreach (string warning in report.Warnings) WriteWarning(warning);
    }

    private void WriteSummary(ScanReport report)
    {
        string span = report.First is { } first && report.Last is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd HH:mm} to {last:yyyy-MM-dd HH:mm} UTC")
            : "no readable time";
        double seconds = Math.Max(0.001, report.Elapsed.TotalSeconds);
        string lines = $"{Number(report.Lines)} {(report.Lines == 1 ? "line" : "lines")} from ";
        string rate = $" in {seconds.ToString("0.00", CultureInfo.InvariantCulture)} s ({Number((long)(report.Lines / seconds))} lines/s)";
        Row("Read", lines + Sources(report.Sources, width - 10 - lines.Length - rate.Length) + rate);
        Row("Format", report.Formats.Count == 0 ? "none recognised" : string.Join(", ", report.Formats.OrderByDescending(static f => f.Value).Select(f => $"{f.Key} ({Number(f.Value)})")));
        Row("Traffic", $"{span}, {Number(report.Clients)} clients, {Number(report.Endpoints)} endpoints");
        string levels = string.Join(", ", report.Incidents.GroupBy(static i => i.Level).OrderByDescending(static g => g.Key)
            .Select(g => Paint($"{g.Count()} {g.Key.Name().ToLowerInvariant()}", ColorOf(g.Key))));
        Row("Incidents", report.Incidents.Count == 0 ? "none" : $"{Number(report.Incidents.Count)}: {levels}");
    }

    public void WriteIncident(Incident incident)
    {
        output.WriteLine();
        string actor = TerminalText.Sanitize(incident.Actor.Value, 60);
        string endpoint = incident.Endpoint is null ? "" : $" at {TerminalText.Sanitize(incident.Endpoint, 60)}";
        output.WriteLine($"{Paint($"{incident.Level.Name(),-8} {incident.Risk,3}", ColorOf(incident.Level))}  {Paint(incident.Type.Name().Replace('_', ' '), Color.Bold)}  {actor}{endpoint}");
        output.WriteLine($"{Indent}{Paint($"{Span(incident)}, {Number(incident.Events)} {(incident.Events == 1 ? "request" : "requests")}, {incident.Id}", Color.Dim)}");
        Paragraph(TerminalText.Sanitize(incident.Explanation));
        if (incident.Level == RiskLevel.Low) return;
        if (incident.AlsoSeen.Count > 0) Paragraph($"Also: {string.Join(", ", incident.AlsoSeen.Select(static type => type.Name().Replace('_', ' ')))}.");
        if (incident.Actor.Members.Count > 0)
        {
            string more = incident.Actor.Members.Count > 5 ? $" and {(incident.Actor.MayHaveMore ? "at least " : "")}{Number(incident.Actor.Members.Count - 5)} more" : "";
            Paragraph($"Members: {string.Join(", ", incident.Actor.Members.Take(5).Select(static m => TerminalText.Sanitize(m, 60)))}{more}");
        }
        foreach (Evidence line in incident.Evidence.Take(MostEvidence))
            output.WriteLine(Paint(TerminalText.Sanitize($"{Indent}line {line.Line}: {RequestOf(line.Text)}", Math.Max(60, width) - 1), Color.Dim));
    }

    private static string Span(Incident incident)
    {
        string end = incident.LastSeen.Date == incident.FirstSeen.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        return $"{incident.FirstSeen.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} to {incident.LastSeen.ToString(end, CultureInfo.InvariantCulture)} UTC";
    }

    /// <summary>From the request on: in access-log lines address and time come first, and are told above.</summary>
    private static string RequestOf(string line)
    {
        int quote = line.IndexOf(" \"", StringComparison.Ordinal);
        return quote > 0 && line[0] != '{' ? line[(quote + 1)..] : line;
    }

    private void WriteSkipped(ScanReport report)
    {
        if (report.Skipped == 0) return;
        output.WriteLine();
        string reasons = string.Join(", ", report.SkippedReasons.OrderByDescending(static r => r.Value).Select(r => $"{r.Key} {Number(r.Value)}"));
        output.WriteLine($"{Number(report.Skipped)} of {Number(report.Lines)} lines could not be read: {reasons}.");
        foreach (SkippedSample sample in report.SkippedSamples)
            output.WriteLine(Paint(TerminalText.Sanitize($"{Indent}line {sample.Line} ({sample.Reason}): {sample.Text}", Math.Max(60, width) - 1), Color.Dim));
    }

    private void WriteWarning(string warning)
    {
        const string label = "Warning:";
        string before = Paint(label, Color.Yellow);
        foreach (string line in TerminalText.Wrap(TerminalText.Sanitize(warning), Math.Max(40, width - label.Length - 1)))
        {
            output.WriteLine($"{before} {line}");
            before = new string(' ', label.Length);
        }
    }

    private void Paragraph(string text)
    {
        foreach (string line in TerminalText.Wrap(text, Math.Max(40, width - Indent.Length))) output.WriteLine(Indent + line);
    }

    private void Row(string label, string text) => output.WriteLine($"{Paint(label.PadRight(10), Color.Dim)}{text}");

    private static string Sources(IReadOnlyList<string> sources, int most)
    {
        if (sources.Count != 1) return $"{sources.Count} files";
        string path = TerminalText.Sanitize(sources[0]);
        // The end of a path says more than its beginning.
        most = Math.Max(most, ShortestPath);
        return path.Length <= most ? path : "…" + path[^(most - 1)..];
    }

    private static string Number(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    private static Color ColorOf(RiskLevel level) => level switch
    {
        RiskLevel.Critical => Color.Red,
        RiskLevel.High => Color.Orange,
        RiskLevel.Medium => Color.Yellow,
        _ => Color.Dim,
    };

    private string Paint(string text, Color color) => isColored ? $"\u001b[{(int)color switch { 208 => "38;5;208", var code => code.ToString(CultureInfo.InvariantCulture) }}m{text}\u001b[0m" : text;

    /// <summary>SGR codes; 208 stands for the orange of the 256-color palette.</summary>
    private enum Color
    {
        Bold = 1,
        Dim = 2,
        Red = 91,
        Green = 32,
        Yellow = 33,
        Orange = 208,
    }
}
