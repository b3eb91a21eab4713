using System.Net.Mail;
using Vedette.Engine.Risk;

namespace Vedette.Server.Alerts;

/// <summary>Who is told of incidents, and how often. A sink without an address is off.</summary>
public sealed record AlertOptions
{
    /// <summary>Messages a minute and sink; what comes beyond is told together in a digest. Default 6.</summary>
    public int PerMinute { get; init; } = 6;

    /// <summary>How long a digest gathers. Default 5 minutes.</summary>
    public TimeSpan DigestInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Address of the dashboard as people reach it, for links in messages. Default none.</summary>
    public string DashboardUrl { get; init; } = "";

    public EmailOptions Email { get; init; } = new();

    public SlackOptions Slack { get; init; } = new();

    public WebhookOptions Webhook { get; init; } = new();

    internal IEnumerable<string> Problems()
    {
        if (PerMinute is < 1 or > 600) yield return $"Alerts:PerMinute is {PerMinute}; it must be from 1 to 600.";
        if (DigestInterval < TimeSpan.FromSeconds(10) || DigestInterval > TimeSpan.FromDays(1)) yield return $"Alerts:DigestInterval is {DigestInterval}; it must be from 10s to 1d.";
        if (DashboardUrl.Length > 0 && !IsWebAddress(DashboardUrl)) yield return $"Alerts:DashboardUrl is '{DashboardUrl}'; write an address as https://vedette.example.com.";
        foreach (string problem in Email.Problems().Concat(Slack.Problems()).Concat(Webhook.Problems())) yield return problem;
    }

    /// <summary>The address is not repeated in a problem: that of a webhook is a secret.</summary>
    internal static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;
}

/// <summary>Alerts by e-mail.</summary>
public sealed record EmailOptions
{
    /// <summary>Mail server that takes our messages. Default none: no e-mail.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port. Default 587, for submission.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Encrypt with STARTTLS, and send nothing where the server cannot. Default true.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>Name to sign in with. Default none: without signing in.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Sender, as <c>vedette@example.com</c>.</summary>
    public string From { get; init; } = "";

    /// <summary>Receivers.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Least level that is told. Default HIGH.</summary>
    public RiskLevel MinLevel { get; init; } = RiskLevel.High;

    internal bool IsOn => Host.Length > 0;

    internal IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(MinLevel)) yield return "Alerts:Email:MinLevel must be LOW, MEDIUM, HIGH or CRITICAL.";
        if (!IsOn) yield break;
        if (Port is < 1 or > 65_535) yield return $"Alerts:Email:Port is {Port}; it must be from 1 to 65535.";
        if (!MailAddress.TryCreate(From, out _)) yield return $"Alerts:Email:From is '{From}'; write an address as vedette@example.com.";
        if (To.Count is 0 or > 50) yield return $"Alerts:Email:To has {To.Count} entries; write 1 to 50 addresses.";
        foreach (string receiver in To)
            if (!MailAddress.TryCreate(receiver, out _)) yield return $"Alerts:Email:To has '{receiver}'; write an address as oncall@example.com.";
        if (User.Length > 0 && !StartTls) yield return "Alerts:Email:StartTls is false with a User; a password is not sent unencrypted.";
        if (User.Length == 0 && Password.Length > 0) yield return "Alerts:Email:Password is set without Alerts:Email:User.";
    }
}

/// <summary>Alerts to a Slack channel.</summary>
public sealed record SlackOptions
{
    /// <summary>Address of an incoming webhook; whoever knows it can write to the channel. Default none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Least level that is told. Default HIGH.</summary>
    public RiskLevel MinLevel { get; init; } = RiskLevel.High;

    internal IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(MinLevel)) yield return "Alerts:Slack:MinLevel must be LOW, MEDIUM, HIGH or CRITICAL.";
        if (Url.Length > 0 && !AlertOptions.IsWebAddress(Url)) yield return "Alerts:Slack:Url is no address; write one as https://hooks.slack.com/services/…";
    }
}

/// <summary>Alerts to a program of yours.</summary>
public sealed record WebhookOptions
{
    /// <summary>Where messages are posted to. Default none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Signs messages (HMAC-SHA256), so that the receiver knows whose they are. Default none: unsigned.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Least level that is told. Default MEDIUM.</summary>
    public RiskLevel MinLevel { get; init; } = RiskLevel.Medium;

    internal IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(MinLevel)) yield return "Alerts:Webhook:MinLevel must be LOW, MEDIUM, HIGH or CRITICAL.";
        if (Url.Length > 0 && !AlertOptions.IsWebAddress(Url)) yield return "Alerts:Webhook:Url is no address; write one as https://example.com/hooks/vedette.";
        if (Secret.Length is > 0 and < 16) yield return "Alerts:Webhook:Secret is shorter than 16 characters; use a long random text.";
        if (Url.Length == 0 && Secret.Length > 0) yield return "Alerts:Webhook:Secret is set without Alerts:Webhook:Url.";
    }
}
