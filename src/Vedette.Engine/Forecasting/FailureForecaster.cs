using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Forecasting;

/// <summary>Says of every route, and of the service as a whole, how likely it fails within the next minutes; raises an incident where a failure builds up.</summary>
/// <remarks>
/// The order of events is arXiv 2309.17340's: predict, decide, and hold every prediction against what happened. Works at ticks, on the engine's thread. What it knows of a route stays as long as the
/// route does, so memory is bounded by the routes there may be. <see cref="Forecasts"/> may be read from any thread.
/// </remarks>
internal sealed class FailureForecaster(FailureModel model, ForecastOptions options) : IServiceDetector
{
    /// <summary>The service as a whole takes the place of "no known route".</summary>
    public const int Service = 0;

    private const long IdleMicros = 45 * 60_000_000L;

    private readonly List<RouteForecaster?> _byRoute = [];
    private readonly List<RouteForecast?> _snapshots = [];
    private readonly List<(int Route, ForecastEvent Event)> _news = [];
    private readonly ServiceLoad _load = new();
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
        _news.Clear();
        _load.Observe(tick.Service.Requests, tick.Time);
        double expected = 0, timed = 0;
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            if (route == Service || minute.Requests == 0) continue;
            RouteForecaster forecaster = Of(route);
            double normal = forecaster.Trend.NormalMeanMicros;
            double count = minute.Durations.Total;
            timed += count;
            expected += count > 0 && normal > 0 ? count * normal : minute.DurationMicros;
            Take(route, forecaster, MinuteSigns.Of(minute), tick);
        }
        if (tick.Service.Requests > 0) TakeService(tick, timed, expected);
        ObserveSilent(tick);
        _reporter.Report(tick, _news, Of, found);
        Volatile.Write(ref _forecasts, [.. _snapshots.Where(static s => s is not null)!]);
    }

    /// <summary>The response time of the service is that of its routes in their usual shares: a night full of reports is no slowdown.</summary>
    private void TakeService(ServiceTick tick, double timed, double expected)
    {
        RouteForecaster service = Of(Service);
        RouteMinute minute = tick.Service;
        MinuteSigns signs = MinuteSigns.Of(minute);
        double normal = service.Trend.NormalMeanMicros > 0 ? service.Trend.NormalMeanMicros : minute.DurationMicros / Math.Max(1, timed);
        if (timed > 0 && expected > 0) signs = signs with { LogMean = Math.Log2(Math.Max(1, normal * minute.DurationMicros / expected)) };
        Take(Service, service, signs, tick);
    }

    private void Take(int route, RouteForecaster forecaster, in MinuteSigns signs, ServiceTick tick)
    {
        ForecastEvent happened = forecaster.Observe(signs, tick.Time);
        if (happened != ForecastEvent.None) _news.Add((route, happened));
        _snapshots[route] = Snapshot(route, forecaster, tick.Baselines.Routes);
    }

    private void ObserveSilent(ServiceTick tick)
    {
        for (int route = 0; route < _byRoute.Count; route++)
        {
            RouteForecaster? forecaster = _byRoute[route];
            if (forecaster is null || forecaster.LastTime == tick.Time || tick.Time - forecaster.LastTime > IdleMicros) continue;
            ForecastEvent happened = forecaster.Idle(tick.Time);
            if (happened != ForecastEvent.None) _news.Add((route, happened));
        }
    }

    private RouteForecaster Of(int route)
    {
        while (_byRoute.Count <= route)
        {
            _byRoute.Add(null);
            _snapshots.Add(null);
        }
        return _byRoute[route] ??= new RouteForecaster(model, options, _load);
    }

    private void Forget()
    {
        _byRoute.Clear();
        _snapshots.Clear();
        _reporter.Forget();
    }

    private static RouteForecast Snapshot(int id, RouteForecaster forecaster, RouteTable routes)
    {
        Route? route = id == Service ? null : routes[id];
        ForecastRecord record = forecaster.Record;
        return new RouteForecast
        {
            Endpoint = route?.Template ?? "*",
            Method = route?.MethodName ?? "*",
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
