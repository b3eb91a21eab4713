using Vedette.Engine.Behavior;
using Vedette.Engine.Forecasting;
using Vedette.Lab.Simulation;

namespace Vedette.ForecastBench;

/// <summary>Traffic as the forecast sees it: what each route did in each minute. Made straight from the events, without the rest of the engine.</summary>
internal sealed class MinuteLog
{
    private const int RetrySeconds = 10;
    private const long Minute = 60_000_000;

    private readonly Dictionary<(string Method, string Route), RouteCount> _routes = [];
    private readonly RouteMinute _service = new();

    private MinuteLog()
    {
    }

    /// <summary>The route of each number; that of the service is empty.</summary>
    public List<string> Templates { get; } = [""];

    /// <summary>Each minute by the time it ends.</summary>
    public List<(long Time, RouteSigns[] Routes, MinuteSigns Service)> Minutes { get; } = [];

    public static MinuteLog Of(IEnumerable<TrafficEvent> traffic)
    {
        var log = new MinuteLog();
        long minute = 0;
        foreach (TrafficEvent request in traffic)
        {
            long now = request.TimeMicros / Minute;
            if (minute != 0 && now != minute) log.EndMinute((minute + 1) * Minute);
            minute = now;
            if (request.Route.Length > 0) log.Count(request);
        }
        return log;
    }

    private void Count(in TrafficEvent request)
    {
        if (!_routes.TryGetValue((request.Method, request.Route), out RouteCount? route))
        {
            _routes.Add((request.Method, request.Route), route = new RouteCount(Templates.Count));
            Templates.Add(request.Route);
        }
        route.Count(request);
    }

    private void EndMinute(long time)
    {
        var minutes = new List<RouteSigns>();
        foreach (RouteCount route in _routes.Values)
        {
            if (route.Minute.Requests == 0) continue;
            minutes.Add(new RouteSigns(route.Number, MinuteSigns.Of(route.Minute)));
            _service.Add(route.Minute);
            route.Minute.Clear();
        }
        Minutes.Add((time, [.. minutes], MinuteSigns.Of(_service)));
        _service.Clear();
    }

    private sealed class RouteCount(int number)
    {
        private readonly Dictionary<(string, string), long> _failed = [];

        public int Number => number;

        public RouteMinute Minute { get; } = new();

        public void Count(in TrafficEvent request)
        {
            bool isTimeout = RouteBaseline.IsTimeout(request.Status);
            Minute.Requests++;
            if (request.Status >= 500) Minute.ServerErrors++;
            if (isTimeout) Minute.Timeouts++;
            Minute.AddDuration(request.DurationMicros);
            var key = (request.Client, request.Path);
            if (_failed.Remove(key, out long at) && request.TimeMicros - at <= RetrySeconds * 1_000_000) Minute.Retries++;
            if (request.Status >= 500 || isTimeout) _failed[key] = request.TimeMicros;
        }
    }
}
