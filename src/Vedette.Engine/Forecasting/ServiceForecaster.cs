namespace Vedette.Engine.Forecasting;

/// <summary>The forecasts of all routes of a service and of the service itself, minute by minute: what the engine and the training share. One thread.</summary>
internal sealed class ServiceForecaster(FailureModel model, ForecastOptions options)
{
    /// <summary>The service as a whole takes the place of "no known route".</summary>
    public const int Service = 0;

    private const long IdleMicros = 45 * 60_000_000L;

    private readonly List<RouteForecaster?> _byRoute = [];
    private readonly SharedRise _shared = new();
    private readonly List<int> _observed = [];
    private readonly List<(int Route, ForecastEvent Event)> _news = [];

    /// <summary>How much is asked of the service.</summary>
    public ServiceLoad Load { get; } = new();

    /// <summary>Routes that had requests in the last minute; the service last.</summary>
    public IReadOnlyList<int> Observed => _observed;

    /// <summary>What changed in the last minute.</summary>
    public List<(int Route, ForecastEvent Event)> News => _news;

    /// <summary>Takes in the minute that ends at <paramref name="time"/>.</summary>
    /// <param name="time">Event time, microseconds; later than that before.</param>
    /// <param name="minutes">Routes that had requests, without the service.</param>
    /// <param name="service">All of them together.</param>
    public void Observe(long time, IReadOnlyList<RouteSigns> minutes, in MinuteSigns service)
    {
        _news.Clear();
        _observed.Clear();
        Load.Observe(service.Requests, time);
        double expected = 0, timed = 0, typical = 0;
        foreach ((int route, MinuteSigns minute) in minutes)
        {
            RouteForecaster forecaster = Of(route);
            double normal = forecaster.Trend.NormalMeanMicros;
            timed += minute.Timed;
            expected += minute.Timed > 0 && normal > 0 ? minute.Timed * normal : minute.DurationMicros;
            double normalTypical = forecaster.Trend.NormalLogTypical;
            if (normalTypical > 0) typical += minute.Timed * (minute.LogTypical - normalTypical);
            forecaster.Observe(minute, time);
        }
        _shared.Observe(time, _byRoute);
        foreach ((int route, MinuteSigns minute) in minutes) Take(route, Of(route).Forecast(minute, time, _shared.Contains(route) ? _shared : null));
        if (service.Requests > 0) TakeService(service, time, timed, expected, typical);
        ObserveSilent(time);
    }

    public RouteForecaster Of(int route)
    {
        while (_byRoute.Count <= route) _byRoute.Add(null);
        return _byRoute[route] ??= new RouteForecaster(model, options, Load);
    }

    public void Forget() => _byRoute.Clear();

    /// <summary>The response time of the service is that of its routes in their usual shares: a night full of reports is no slowdown.</summary>
    private void TakeService(MinuteSigns signs, long time, double timed, double expected, double typical)
    {
        RouteForecaster service = Of(Service);
        double normal = service.Trend.NormalMeanMicros > 0 ? service.Trend.NormalMeanMicros : signs.DurationMicros / Math.Max(1, timed);
        double normalTypical = service.Trend.NormalLogTypical > 0 ? service.Trend.NormalLogTypical : signs.LogTypical;
        if (timed > 0 && expected > 0) signs = signs with { LogMean = Math.Log2(Math.Max(1, normal * signs.DurationMicros / expected)), LogTypical = normalTypical + typical / timed };
        service.Observe(signs, time);
        Take(Service, service.Forecast(signs, time, shared: null));
    }

    private void Take(int route, ForecastEvent happened)
    {
        _observed.Add(route);
        if (happened != ForecastEvent.None) _news.Add((route, happened));
    }

    private void ObserveSilent(long time)
    {
        for (int route = 0; route < _byRoute.Count; route++)
        {
            RouteForecaster? forecaster = _byRoute[route];
            if (forecaster is null || forecaster.LastTime == time || time - forecaster.LastTime > IdleMicros) continue;
            ForecastEvent happened = forecaster.Idle(time);
            if (happened != ForecastEvent.None) _news.Add((route, happened));
        }
    }
}

/// <summary>A minute of a route.</summary>
internal readonly record struct RouteSigns(int Route, MinuteSigns Signs);
