using System.Text.Json;
using System.Text.Json.Nodes;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Server.Alerts;

/// <summary>Posts alerts to a Slack channel as blocks. Whatever comes from traffic is plain text, so nobody can mention or link anything.</summary>
internal sealed class SlackSink(SlackOptions options) : IAlertSink, IDisposable
{
    private const int MaxSection = 2900;

    private readonly AlertHttp _http = new(options.Url);

    public ValueTask DeliverAsync(Alert alert, CancellationToken cancellationToken) => _http.PostAsync(JsonSerializer.SerializeToUtf8Bytes(Message(alert)), null, cancellationToken);

    internal static JsonObject Message(Alert alert)
    {
        var blocks = new JsonArray { new JsonObject { ["type"] = "header", ["text"] = Plain(alert.Title) } };
        foreach (Incident incident in alert.Incidents) AddIncident(blocks, alert, incident);
        if (alert.Omitted > 0) blocks.Add(Context($"… and {alert.Omitted} more"));
        if (alert.Kind == AlertKind.Test) blocks.Add(Section("Messages from Vedette arrive here."));
        // The text stands in notifications, where blocks are not shown; its three special characters are Slack's.
        return new JsonObject { ["text"] = alert.Title.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal), ["blocks"] = blocks };
    }

    private static void AddIncident(JsonArray blocks, Alert alert, Incident incident)
    {
        bool isDigest = alert.Kind == AlertKind.Digest;
        JsonObject section = Section(isDigest ? $"{AlertText.Heading(incident)}\n{incident.Explanation}" : incident.Explanation);
        if (alert.LinkTo(incident) is { } link)
            section["accessory"] = new JsonObject { ["type"] = "button", ["text"] = Plain("Look at it"), ["url"] = link };
        blocks.Add(section);
        if (isDigest) return;
        string endpoint = incident.Endpoint is { } route ? $" on {route}" : "";
        blocks.Add(Context($"{incident.Level.Name()}, confidence {incident.Confidence:0.00}{endpoint}. {AlertText.Span(incident)}"));
        if (incident.Evidence.Count > 0) blocks.Add(Section(incident.Evidence[0].Text));
    }

    private static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = Plain(text) };

    private static JsonObject Context(string text) => new() { ["type"] = "context", ["elements"] = new JsonArray(Plain(text)) };

    /// <summary>Slack shows such text as it stands.</summary>
    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = Cut(text), ["emoji"] = false };

    private static string Cut(string text) => string.Join('\n', text.Split('\n').Select(static line => Alert.Plain(line, MaxSection))) is { Length: > 0 } plain ? plain[..Math.Min(plain.Length, MaxSection)] : "–";

    public void Dispose() => _http.Dispose();
}
