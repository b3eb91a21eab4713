using System.Net;
using System.Net.Mail;
using System.Text;

namespace Vedette.Server.Alerts;

/// <summary>Sends alerts by e-mail as plain text. Updates of an incident answer its first message, so mail programs show them together.</summary>
internal sealed class EmailSink(EmailOptions options) : IAlertSink
{
    public async ValueTask DeliverAsync(Alert alert, CancellationToken cancellationToken)
    {
        using MailMessage message = Compose(alert);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls };
        if (options.User.Length > 0) client.Credentials = new NetworkCredential(options.User, options.Password);
        await client.SendMailAsync(message, cancellationToken);
    }

    private MailMessage Compose(Alert alert)
    {
        var message = new MailMessage
        {
            From = new MailAddress(options.From),
            Subject = "[Vedette] " + alert.Title,
            SubjectEncoding = Encoding.UTF8,
            Body = AlertText.Of(alert),
            BodyEncoding = Encoding.UTF8,
        };
        foreach (string receiver in options.To) message.To.Add(new MailAddress(receiver));
        // Says to programs that answer by themselves, such as absence notes, that nobody reads an answer.
        message.Headers["Auto-Submitted"] = "auto-generated";
        if (alert.Kind is AlertKind.Raised or AlertKind.Worsened)
        {
            string thread = $"<{alert.Incidents[0].Id}@vedette.invalid>";
            if (alert.Kind == AlertKind.Raised) message.Headers["Message-ID"] = thread;
            else message.Headers["References"] = thread;
        }
        return message;
    }
}
