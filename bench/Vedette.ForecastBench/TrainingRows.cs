using Vedette.Engine.Behavior;
using Vedette.Engine.Forecasting;
using Vedette.Lab.Simulation;

namespace Vedette.ForecastBench;

/// <summary>Replays traffic through the forecast of each route and keeps the features of each minute with what came after.</summary>
internal sealed class TrainingRows
{
    private const long Minute = 60_000_000;

    /// <summary>One in this many minutes without a sign and without a failure is kept, with as much weight.</summary>
    private const int CalmKept = 10;

    /// <summary>Trends look back this long: until then a disturbance that is over still shows.</summary>
    private const long AfterwardsMicros = 15 * Minute;

    private readonly Dictionary<string, RouteReplay> _routes = new(StringComparer.Ordinal);
    private readonly Random _random;
    private readonly ServiceLoad _load = new();
    private long _minute;
    private int _requests;

    private TrainingRows(ulong seed) => _random = new Random((int)seed + 1);

    public List<TrainingRow> Rows { get; } = [];

    public static List<TrainingRow> Of(DisturbedTraffic traffic, ulong seed)
    {
        var rows = new TrainingRows(seed);
        foreach (TrafficEvent request in traffic.Read()) rows.Add(request);
        foreach ((string route, RouteReplay replay) in rows._routes) rows.Label(route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..], replay, traffic.Disturbances);
        return rows.Rows;
    }

    private void Add(in TrafficEvent request)
    {
        long minute = request.TimeMicros / Minute;
        if (_minute == 0) _minute = minute;
        if (minute != _minute) EndMinute(minute);
        _requests++;
        if (request.Route.Length == 0) return;
        string key = $"{request.Method} {request.Route}";
        if (!_routes.TryGetValue(key, out RouteReplay? route)) _routes.Add(key, route = new RouteReplay(_load));
        route.Count(request);
    }

    private void EndMinute(long next)
    {
        long time = (_minute + 1) * Minute;
        _minute = next;
        _load.Observe(_requests, time);
        _requests = 0;
        foreach (RouteReplay route in _routes.Values) route.EndMinute(time);
    }

    /// <summary>A disturbance is one lesson, however many routes show it: what hits all of a hundred routes would otherwise count as much as a hundred that hit one.</summary>
    private double ShareOf(string route, long time, IReadOnlyList<Disturbance> disturbances)
    {
        foreach (Disturbance disturbance in disturbances)
        {
            if (time < disturbance.Start || time >= disturbance.End + AfterwardsMicros || disturbance.Routes?.Contains(route) == false) continue;
            return 1.0 / (disturbance.Routes?.Count ?? _routes.Count);
        }
        return 1;
    }

    private void Label(string name, RouteReplay route, IReadOnlyList<Disturbance> disturbances)
    {
        foreach ((long time, double[] features) in route.Minutes)
        {
            int labels = 0;
            for (int h = 0; h < FailureModel.Horizons.Length; h++)
                if (route.Failures.Exists(f => f >= time - Minute && f < time + FailureModel.Horizons[h] * Minute)) labels |= 1 << h;
            bool isCalm = labels == 0 && !HasSign(features);
            if (isCalm && _random.Next(CalmKept) != 0) continue;
            Rows.Add(new TrainingRow(features, labels, (isCalm ? CalmKept : 1) * ShareOf(name, time, disturbances)));
        }
    }

    private static bool HasSign(double[] features)
    {
        for (int f = 0; f < features.Length; f++)
            if (features[f] > 0) return true;
        return false;
    }
}

/// <summary>One minute of one route.</summary>
/// <param name="Features">Those of each horizon, then the other features.</param>
/// <param name="Labels">A bit a horizon: whether a failure began within it.</param>
/// <param name="Weight">Minutes it stands for.</param>
internal sealed record TrainingRow(double[] Features, int Labels, double Weight)
{
    /// <summary>The features as the model reads them for a horizon.</summary>
    public void CopyTo(int horizon, Span<double> features)
    {
        const int own = ForecastFeatures.OfHorizon;
        Features.AsSpan(own * horizon, own).CopyTo(features);
        Features.AsSpan(own * FailureModel.Horizons.Length).CopyTo(features[own..]);
    }

    /// <summary>Whether that part of the model learns from it: the first from what no other does.</summary>
    public bool IsOf(int part)
    {
        Span<double> features = stackalloc double[ForecastFeatures.Count];
        CopyTo(0, features);
        if (part > 0) return FailureModel.Applies(part, features);
        for (int other = 1; other < FailureModel.Parts.Count; other++)
            if (FailureModel.Applies(other, features)) return false;
        return true;
    }

    public bool IsPositive(int horizon) => (Labels >> horizon & 1) != 0;
}

/// <summary>One route under replay.</summary>
internal sealed class RouteReplay(ServiceLoad load)
{
    private const int RetrySeconds = 10;
    private readonly RouteMinute _current = new();
    private readonly Dictionary<(string, string), long> _failed = [];
    private readonly RouteForecaster _forecaster = new(FailureModel.LoadEmbedded(), new ForecastOptions(), load);

    public List<(long Time, double[] Features)> Minutes { get; } = [];

    public List<long> Failures { get; } = [];

    public void Count(in TrafficEvent request)
    {
        _current.Requests++;
        bool isTimeout = request.Status is 499 or 504;
        if (request.Status >= 500) _current.ServerErrors++;
        if (isTimeout) _current.Timeouts++;
        _current.Durations.Add(request.DurationMicros);
        _current.DurationMicros += request.DurationMicros;
        var key = (request.Client, request.Path);
        if (_failed.Remove(key, out long at) && request.TimeMicros - at <= RetrySeconds * 1_000_000) _current.Retries++;
        if (request.Status >= 500 || isTimeout) _failed[key] = request.TimeMicros;
    }

    public void EndMinute(long time)
    {
        if (_current.Requests == 0) return;
        bool wasFailing = _forecaster.IsFailing;
        _forecaster.Observe(MinuteSigns.Of(_current), time);
        _current.Clear();
        if (_forecaster.IsFailing && !wasFailing) Failures.Add(_forecaster.FailingSince);
        // What is beyond a limit already is no forecast, whether or not there were requests enough to judge it.
        if (_forecaster.IsFailing || !_forecaster.IsReady || _forecaster.Trend.IsBeyond(_forecaster.Rule)) return;
        const int own = ForecastFeatures.OfHorizon;
        var features = new double[ForecastFeatures.Count + own * (FailureModel.Horizons.Length - 1)];
        Span<double> row = stackalloc double[ForecastFeatures.Count];
        _forecaster.Features.CopyTo(row);
        for (int h = 0; h < FailureModel.Horizons.Length; h++)
        {
            _forecaster.Trend.SetMargins(row, FailureModel.Horizons[h], _forecaster.Rule);
            row[..own].CopyTo(features.AsSpan(own * h));
        }
        row[own..].CopyTo(features.AsSpan(own * FailureModel.Horizons.Length));
        Minutes.Add((time, features));
    }
}
