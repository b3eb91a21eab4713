using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;

namespace Vedette.Engine.Forecasting;

/// <summary>Says of every route, and of the service as a whole, how likely it fails within the next minutes; raises an incident where a failure builds up.</summary>
/// <remarks>
/// The order of events is arXiv 2309.17340's: predict, decide, and hold every prediction against what happened. Works at ticks, on the engine's thread. What it knows of a route stays as long as the
/// route does, so memory is bounded by the routes there may be. <see cref="Forecasts"/> may be read from any thread.
/// </remarks>
internal sealed class FailureForecaster(FailureModel model, ForecastOptions options) : IServiceDetector
{
    private readonly ServiceForecaster _service = new(model, options);
    private readonly List<RouteSigns> _minutes = [];
    private readonly List<RouteForecast?> _snapshots = [];
    private readonly BuildUpReporter _reporter = new(model);
    private IReadOnlyList<RouteForecast> _forecasts = [];
    private long _lastTime;

    /// <summary>The latest forecasts, in the order in which routes were learnt, the service first; an immutable list that is replaced at ticks.</summary>
    public IReadOnlyList<RouteForecast> Forecasts => Volatile.Read(ref _forecasts);

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        // The clock was set back: what was learnt under the wrong times cannot be continued.
        if (tick.Time < _lastTime) Forget();
        _lastTime = tick.Time;
        _minutes.Clear();
        foreach ((int route, RouteMinute minute) in tick.Routes)
            if (route != ServiceForecaster.Service && minute.Requests > 0) _minutes.Add(new RouteSigns(route, MinuteSigns.Of(minute)));
        _service.Observe(tick.Time, _minutes, MinuteSigns.Of(tick.Service));
        foreach (int route in _service.Observed)
        {
            while (_snapshots.Count <= route) _snapshots.Add(null);
            _snapshots[route] = route == ServiceForecaster.Service ? Snapshot(_service.Of(route), "*", "*") : Snapshot(_service.Of(route), tick.Baselines.Routes[route].Template, tick.Baselines.Routes[route].MethodName);
        }
        _reporter.Report(tick, _service.News, _service.Of, found);
        Volatile.Write(ref _forecasts, [.. _snapshots.Where(static s => s is not null)!]);
    }

    private void Forget()
    {
        _service.Forget();
        _snapshots.Clear();
        _reporter.Forget();
    }

    internal static RouteForecast Snapshot(RouteForecaster forecaster, string endpoint, string method)
    {
        ForecastRecord record = forecaster.Record;
        return new RouteForecast
        {
            Endpoint = endpoint,
            Method = method,
            At = DateTimeOffset.UnixEpoch.AddTicks(forecaster.LastTime * 10),
            Probabilities = [.. forecaster.Probabilities],
            MinutesToFailure = FailureOutlook.Minutes(forecaster),
            IsFailing = forecaster.IsFailing,
            IsSilent = forecaster.IsSilent,
            SilenceReason = forecaster.IsSilent ? ForecastPhrases.Silence(record) : null,
            Judged = record.Judged,
            Brier = record.Brier,
            NaiveBrier = record.NaiveBrier,
            Calibration = record.Calibration(),
            MedianLeadMinutes = forecaster.MedianLeadMinutes(),
            FulfilledAlarms = forecaster.FulfilledAlarms,
            FalseAlarmsPerDay = forecaster.FalseAlarmsPerDay,
        };
    }
}
