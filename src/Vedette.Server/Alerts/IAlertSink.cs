namespace Vedette.Server.Alerts;

/// <summary>A place alerts are sent to: e-mail, Slack, a webhook.</summary>
/// <remarks>Called by one <see cref="AlertCourier"/>, one alert after the other, on a thread of the pool. May be called once more at the same time for a test message.</remarks>
public interface IAlertSink
{
    /// <summary>Delivers one alert. Throw on failure: the courier retries, counts and logs for every sink alike. The message of what is thrown is logged, so it holds no secret.</summary>
    ValueTask DeliverAsync(Alert alert, CancellationToken cancellationToken);
}
