using Vedette.Engine.Behavior;

namespace Vedette.Engine.Forecasting;

/// <summary>A response time of one route as a logarithm (base 2) of microseconds: what is normal, where it stands, and where it is heading.</summary>
internal struct LatencyTrend()
{
    private const double HalfLifeMinutes = 240;
    private const double MinSpread = 0.2;
    public const double LevelNoise = 0.015;
    public const double SlopeNoise = 0.0006;
    public const double MaxVariance = 0.5;

    /// <summary>Minutes differ by a twentieth of a doubling even with endless requests.</summary>
    public const double MinuteVariance = 0.0025;

    private TrendFilter _filter;
    private RobustLevel _normal;
    private double _pendingTimed;
    private double _pendingDuration;

    public readonly bool IsKnown => _normal.Count > 0;

    public readonly double Normal => _normal.Level;

    public readonly double Level => _filter.Level;

    /// <summary>Variance of one request's share in it.</summary>
    public double RequestVariance { get; private set; } = 1;

    /// <summary>Doublings above normal, less a standard deviation.</summary>
    public readonly double Rise => IsKnown ? _filter.Level - _filter.LevelDeviation - _normal.Level : 0;

    /// <summary>Doublings a minute, less a standard deviation.</summary>
    public readonly double Pace => _filter.Slope - _filter.SlopeDeviation;

    /// <summary>Takes in the value of a minute.</summary>
    public void Observe(double value, double requests, int minutes)
    {
        if (!IsKnown && _filter.Level == 0) _filter = new TrendFilter(value, 1);
        _filter.Advance(minutes, LevelNoise, SlopeNoise, MaxVariance);
        double known = _filter.LevelDeviation;
        double surprise = _filter.Observe(value, RequestVariance / requests + MinuteVariance);
        double single = Math.Min(surprise * surprise - known * known, 9 * RequestVariance / requests) * requests;
        RequestVariance = Math.Clamp(RequestVariance + 0.02 * (single - RequestVariance), 0.1, 4);
    }

    /// <summary>Lets a minute count as normal.</summary>
    public void Learn(double micros, double requests)
    {
        // The mean of a few draws from a skewed distribution lies below that of many: minutes of five requests at least.
        _pendingTimed += requests;
        _pendingDuration += requests * micros;
        if (_pendingTimed < 5) return;
        _normal.Add(Math.Log2(Math.Max(1, _pendingDuration / _pendingTimed)), HalfLifeMinutes, MinSpread);
        _pendingTimed = _pendingDuration = 0;
    }

    public void Restart() => _filter = new TrendFilter(_normal.Level, 0.3);

    /// <summary>Standard deviations from the value expected some minutes ahead up to <paramref name="limit"/>.</summary>
    public readonly double Distance(double limit, double minutes)
    {
        (double mean, double deviation) = _filter.Predict(minutes, LevelNoise);
        return (limit - mean) / deviation;
    }

    public readonly double MinutesTo(double limit) => _filter.MinutesTo(limit, 0);

    /// <summary>Minutes to <paramref name="limit"/> if a queue fills: its time grows as 1/(capacity - load), so that its inverse falls evenly; at the pace less so many standard deviations.</summary>
    public readonly double MinutesToSaturation(double limit, double caution)
    {
        if (_filter.Level >= limit) return 0;
        double pace = Math.Log(2) * (_filter.Slope - caution * _filter.SlopeDeviation);
        return pace <= 0 ? double.PositiveInfinity : (1 - Math.Pow(2, _filter.Level - limit)) / pace;
    }
}

/// <summary>The two response times that are followed.</summary>
internal enum LatencySeries
{
    /// <summary>The mean, by which a route fails.</summary>
    Mean,

    /// <summary>The mean of the logarithms, which few pauses and timeouts do not move.</summary>
    Typical,
}
