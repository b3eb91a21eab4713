using System.Globalization;
using System.Text;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Server.Alerts;

/// <summary>An alert as text for people, as e-mails hold it.</summary>
internal static class AlertText
{
    private const int MaxEvidence = 3;
    private const int MaxLine = 500;

    /// <summary>Says what happened, to whom, since when, and shows requests that prove it.</summary>
    public static string Of(Alert alert)
    {
        var text = new StringBuilder();
        if (alert.Kind == AlertKind.Test) return text.Append("This is a test: messages from Vedette arrive here.\n").ToString();
        bool isDigest = alert.Kind == AlertKind.Digest;
        foreach (Incident incident in alert.Incidents)
        {
            if (isDigest) text.Append("== ").Append(Heading(incident)).Append('\n');
            Add(text, alert, incident, withEvidence: !isDigest);
            text.Append('\n');
        }
        if (alert.Omitted > 0) text.Append(CultureInfo.InvariantCulture, $"… and {alert.Omitted} more.\n");
        return text.ToString();
    }

    /// <summary><c>CRITICAL 87 sql injection by 203.0.113.9</c>.</summary>
    public static string Heading(Incident incident) => Alert.Plain($"{incident.Level.Name()} {incident.Risk} {Alert.NameOf(incident)}", MaxLine);

    /// <summary>When it was seen and how often.</summary>
    public static string Span(Incident incident) => string.Create(CultureInfo.InvariantCulture, $"{incident.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {incident.LastSeen.UtcDateTime:HH:mm:ss} UTC, {incident.Events} requests");

    private static void Add(StringBuilder text, Alert alert, Incident incident, bool withEvidence)
    {
        text.Append(Alert.Plain(incident.Explanation, 2000)).Append("\n\n");
        text.Append("Seen: ").Append(Span(incident)).Append('\n');
        if (incident.Endpoint is { } endpoint) text.Append("Endpoint: ").Append(Alert.Plain(endpoint, MaxLine)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"Risk {incident.Risk} of 100, confidence {incident.Confidence:0.00}\n");
        if (alert.LinkTo(incident) is { } link) text.Append(link).Append('\n');
        if (!withEvidence || incident.Evidence.Count == 0) return;
        text.Append("\nRequests:\n");
        foreach (Evidence line in incident.Evidence.Take(MaxEvidence)) text.Append("  ").Append(Alert.Plain(line.Text, MaxLine)).Append('\n');
    }
}
