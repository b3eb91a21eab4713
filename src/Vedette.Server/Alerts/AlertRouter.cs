using Microsoft.Extensions.Logging;
using Vedette.Engine.Incidents;

namespace Vedette.Server.Alerts;

/// <summary>Gives incidents to every sink's courier and lets them work, each at its own pace: one that hangs holds up no other.</summary>
internal sealed class AlertRouter : IDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FinishTime = TimeSpan.FromSeconds(5);

    private readonly AlertCourier[] _couriers;
    private readonly TimeProvider _time;

    public AlertRouter(IReadOnlyList<AlertRoute> routes, AlertOptions options, TimeProvider time, ILogger<AlertRouter> logger)
    {
        _time = time;
        _couriers = [.. routes.Select(route => new AlertCourier(route, options, Counters, time, logger))];
    }

    public AlertCounters Counters { get; } = new();

    /// <summary>Incidents that wait, by sink.</summary>
    public IEnumerable<(string Sink, int Count)> Waiting => _couriers.Select(static courier => (courier.Route.Name, courier.Waiting));

    /// <summary>Takes new and changed incidents; returns at once.</summary>
    public void Offer(IReadOnlyCollection<Incident> incidents)
    {
        foreach (AlertCourier courier in _couriers)
            foreach (Incident incident in incidents) courier.Offer(incident);
    }

    /// <summary>Incidents of traffic that was seen before a restart: they have been told of.</summary>
    public void Know(IReadOnlyCollection<Incident> incidents)
    {
        foreach (AlertCourier courier in _couriers)
            foreach (Incident incident in incidents) courier.Know(incident);
    }

    /// <summary>Delivers until it is cancelled, then what is left, if that goes quickly.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(_couriers.Select(courier => RunAsync(courier, stopping)));

    /// <summary>Sends a test message to every sink at once; tells by sink what went wrong, null if nothing.</summary>
    public async Task<IReadOnlyList<(string Sink, string? Error)>> TestAsync(CancellationToken cancellationToken)
    {
        var alert = new Alert { Kind = AlertKind.Test, Time = _time.GetUtcNow() };
        return await Task.WhenAll(_couriers.Select(async courier => (courier.Route.Name, await TestAsync(courier.Route.Sink, alert, cancellationToken))));
    }

    private static async Task<string?> TestAsync(IAlertSink sink, Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            await sink.DeliverAsync(alert, patience.Token);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return AlertCourier.Reason(e);
        }
    }

    private async Task RunAsync(AlertCourier courier, CancellationToken stopping)
    {
        try
        {
            using var timer = new PeriodicTimer(Pulse, _time);
            while (await timer.WaitForNextTickAsync(stopping)) await courier.StepAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await FinishAsync(courier);
        }
    }

    private static async Task FinishAsync(AlertCourier courier)
    {
        try
        {
            using var patience = new CancellationTokenSource(FinishTime);
            await courier.FinishAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The process ends; the incidents are in the store.
        }
    }

    public void Dispose()
    {
        foreach (AlertCourier courier in _couriers) (courier.Route.Sink as IDisposable)?.Dispose();
    }
}
