using Vedette.Engine.Risk;

namespace Vedette.Server.Alerts;

/// <summary>A sink, and what is sent to it.</summary>
/// <param name="Name">Its name in metrics and answers.</param>
/// <param name="Sink">The sink.</param>
/// <param name="MinLevel">Least level that is told.</param>
internal sealed record AlertRoute(string Name, IAlertSink Sink, RiskLevel MinLevel)
{
    /// <summary>The sinks that settings turn on. Another kind of sink is one more line here.</summary>
    public static IReadOnlyList<AlertRoute> Of(AlertOptions options, TimeProvider time)
    {
        var routes = new List<AlertRoute>();
        if (options.Email.IsOn) routes.Add(new AlertRoute("email", new EmailSink(options.Email), options.Email.MinLevel));
        if (options.Slack.Url.Length > 0) routes.Add(new AlertRoute("slack", new SlackSink(options.Slack), options.Slack.MinLevel));
        if (options.Webhook.Url.Length > 0) routes.Add(new AlertRoute("webhook", new WebhookSink(options.Webhook, time), options.Webhook.MinLevel));
        return routes;
    }
}
