using Vedette.Engine.Behavior;

namespace Vedette.Engine.Forecasting;

/// <summary>What is normal on one route, where it stands, and where it is heading: the features of the forecast.</summary>
internal sealed class RouteTrend
{
    private const double HalfLifeMinutes = 240;
    private const double LoadHalfLifeMinutes = 60;
    private const double MinSpread = 0.2;
    /// <summary>Standard deviations taken off a pace before it is followed to a limit.</summary>
    private const double Caution = 0.7;
    private const double RisingDoublings = 0.3;
    private const double RisingLogits = 0.5;
    private const double ErrorFloor = 0.002;

    /// <summary>Before any data: one error in four hundred.</summary>
    private const double PriorErrors = 0.5;
    private const double PriorRequests = 200;

    private const double LatencyNoise = 0.015;
    private const double LatencySlopeNoise = 0.0006;
    private const double ErrorNoise = 0.03;
    private const double ErrorSlopeNoise = 0.003;
    private const double MaxLatencyVariance = 0.5;
    private const double MaxErrorVariance = 1;

    /// <summary>Minutes differ by a twentieth of a doubling even with endless requests.</summary>
    private const double MinuteVariance = 0.0025;

    private const long MinuteMicros = 60_000_000;

    private readonly RecentMinutes _recent = new();
    private TrendFilter _latency;
    private TrendFilter _errors = new(TrendFilter.Logit(ErrorFloor), 0.3);
    private RobustLevel _logMean;
    private RobustLevel _tail;
    private RobustLevel _load;
    private double _recentTail;
    private double _normalErrors;
    private double _normalRequests;
    private double _normalRetries;
    private double _pendingTimed;
    private double _pendingDuration;

    /// <summary>Variance of the logarithm (base 2) of one request's duration.</summary>
    private double _requestVariance = 1;
    private long _lastTime;

    /// <summary>Minutes that count for the baseline.</summary>
    public long LearntMinutes => _load.Count;

    public double NormalErrorShare => (_normalErrors + PriorErrors) / (_normalRequests + PriorRequests);

    public double NormalMeanMicros => _logMean.Count == 0 ? 0 : Math.Pow(2, _logMean.Level);

    public double NormalRetryShare => (_normalRetries + PriorErrors) / (_normalRequests + PriorRequests);

    /// <summary>Doublings between the median and the 95% quantile, lately and normally.</summary>
    public double TailDoublings => _recentTail;

    public double NormalTailDoublings => _tail.Level;

    /// <summary>Requests a minute.</summary>
    public double NormalRequests => Math.Pow(2, _load.Level) - 1;

    /// <summary>Share of errors where the filter stands.</summary>
    public double ErrorShare => TrendFilter.Logistic(_errors.Level);

    /// <summary>Mean response time where the filter stands, microseconds; 0 if unknown.</summary>
    public double MeanMicros => _logMean.Count == 0 ? 0 : Math.Pow(2, _latency.Level);

    /// <summary>Adds up the last five minutes.</summary>
    public MinuteSigns Latest => _recent.Sum(0, RecentMinutes.Block);

    /// <summary>Takes the minute that ends at <paramref name="time"/> in.</summary>
    /// <param name="minute">The minute; at least one request.</param>
    /// <param name="time">Event time, microseconds.</param>
    /// <param name="isCalm">Whether what leaves the recent minutes may count as normal.</param>
    public void Observe(in MinuteSigns minute, long time, bool isCalm)
    {
        int passed = _lastTime == 0 ? 1 : (int)Math.Clamp((time - _lastTime) / MinuteMicros, 1, 10_000);
        _lastTime = time;
        if (_recent.Replace(time / MinuteMicros, minute, out MinuteSigns old) && (isCalm || LearntMinutes < RecentMinutes.Count)) Learn(old);
        _errors.Advance(passed, ErrorNoise, ErrorSlopeNoise, MaxErrorVariance);
        _errors.ObserveCounts(minute.Errors, minute.Requests, TrendFilter.Logit(ErrorFloor));
        if (minute.TailDoublings > 0) _recentTail += 0.3 * (minute.TailDoublings - _recentTail);
        if (minute.Timed <= 0) return;
        double value = minute.LogMean;
        if (_logMean.Count == 0 && _latency.Level == 0) _latency = new TrendFilter(value, 1);
        _latency.Advance(passed, LatencyNoise, LatencySlopeNoise, MaxLatencyVariance);
        double known = _latency.LevelDeviation;
        double surprise = _latency.Observe(value, _requestVariance / minute.Timed + MinuteVariance);
        double single = Math.Min(surprise * surprise - known * known, 9 * _requestVariance / minute.Timed) * minute.Timed;
        _requestVariance = Math.Clamp(_requestVariance + 0.02 * (single - _requestVariance), 0.1, 4);
    }

    /// <summary>The features as of the last minute. Those that depend on the horizon are set by <see cref="SetMargins"/>.</summary>
    public void Describe(Span<double> features, ServiceLoad load)
    {
        features.Clear();
        MinuteSigns last = Latest;
        double loadRise = last.Requests <= 0 ? 0 : Math.Log2(last.Requests / RecentMinutes.Block + 1) - _load.Level;
        features[(int)ForecastFeature.LoadRise] = Math.Clamp(loadRise - 0.5, 0, 4);
        features[(int)ForecastFeature.ErrorRise] = Math.Clamp(_errors.Level - _errors.LevelDeviation - Math.Max(TrendFilter.Logit(NormalErrorShare), TrendFilter.Logit(ErrorFloor)), 0, 6);
        features[(int)ForecastFeature.ErrorGrowth] = Math.Clamp(10 * (_errors.Slope - _errors.SlopeDeviation), 0, 4);
        if (features[(int)ForecastFeature.ErrorRise] > 0) features[(int)ForecastFeature.ErrorSteadiness] = Clear(_recent.ErrorRamp(NormalErrorShare));
        features[(int)ForecastFeature.Timeouts] = Excess(last.Timeouts, last.Requests, NormalErrorShare);
        features[(int)ForecastFeature.Retries] = Excess(last.Retries, last.Requests, NormalRetryShare);
        if (_logMean.Count == 0) return;
        double rise = _latency.Level - _latency.LevelDeviation - _logMean.Level;
        // What doubles the load at most doubles the time in a service that carries it.
        features[(int)ForecastFeature.LatencyRise] = Math.Clamp(rise - load.Rise, 0, 5);
        features[(int)ForecastFeature.LatencyGrowth] = Math.Clamp(10 * (_latency.Slope - _latency.SlopeDeviation) - load.Growth, 0, 4);
        if (rise > 0) features[(int)ForecastFeature.LatencySteadiness] = Clear(_recent.LatencyRamp(_requestVariance, MinuteVariance) - load.Growth);
        features[(int)ForecastFeature.Concurrency] = Math.Clamp(rise + loadRise - 1, 0, 6);
        if (_tail.Count > 0) features[(int)ForecastFeature.TailGrowth] = Math.Clamp(_recentTail - _tail.Level - _tail.Spread, 0, 4);
    }

    /// <summary>Sets the feature that tells of other routes.</summary>
    /// <param name="features">As <see cref="Describe"/> left them.</param>
    /// <param name="load">Counts the routes that rise, this one included.</param>
    /// <param name="wasRising">Whether this route was among those of the last minute; replaced by whether it rises now.</param>
    public static void SetCompanions(Span<double> features, ServiceLoad load, ref bool wasRising)
    {
        double rise = features[(int)ForecastFeature.LatencyRise], errors = features[(int)ForecastFeature.ErrorRise];
        int others = load.RisingRoutes - (wasRising ? 1 : 0);
        features[(int)ForecastFeature.Companions] = Math.Min(1, rise + errors) * Math.Min(6, Math.Log2(1 + Math.Max(0, others)));
        wasRising = rise > RisingDoublings || errors > RisingLogits;
        if (wasRising) load.RisingNow++;
    }

    /// <summary>Sets the features that say how near the limits the route will be.</summary>
    public void SetMargins(Span<double> features, double minutes, in FailureRule rule)
    {
        double limit = ErrorLimit(rule);
        (double mean, double deviation) = _errors.Predict(minutes, ErrorNoise);
        features[(int)ForecastFeature.ErrorMargin] = Nearness((limit - mean) / deviation);
        features[(int)ForecastFeature.ErrorCrossing] = Earliness(_errors.MinutesTo(limit, Caution), minutes);
        if (_logMean.Count == 0) return;
        limit = LatencyLimit(rule);
        (mean, deviation) = _latency.Predict(minutes, LatencyNoise);
        features[(int)ForecastFeature.LatencyMargin] = Nearness((limit - mean) / deviation);
        features[(int)ForecastFeature.LatencyCrossing] = Earliness(_latency.MinutesTo(limit, Caution), minutes);
    }

    /// <summary>Whether the route is beyond a limit where the filters stand: there is nothing left to foretell.</summary>
    public bool IsBeyond(in FailureRule rule) => _errors.Level >= ErrorLimit(rule) || (_logMean.Count > 0 && _latency.Level >= LatencyLimit(rule));

    /// <summary>A failure is over: what was falling then is no trend, and begins again from what is normal.</summary>
    public void Restart()
    {
        _recent.Clear();
        _errors = new TrendFilter(Math.Max(TrendFilter.Logit(ErrorFloor), TrendFilter.Logit(NormalErrorShare)), 0.3);
        _latency = new TrendFilter(_logMean.Level, 0.3);
        _recentTail = _tail.Level;
    }

    /// <summary>Minutes until the error share crosses its limit at the present pace.</summary>
    public double MinutesToErrorLimit(in FailureRule rule) => _errors.MinutesTo(ErrorLimit(rule), 0);

    /// <summary>Minutes until the mean response time crosses its limit at the present pace.</summary>
    public double MinutesToLatencyLimit(in FailureRule rule) => _logMean.Count == 0 ? double.PositiveInfinity : _latency.MinutesTo(LatencyLimit(rule), 0);

    private double ErrorLimit(in FailureRule rule) => TrendFilter.Logit(rule.ErrorLimit(NormalErrorShare));

    private double LatencyLimit(in FailureRule rule) => Math.Log2(rule.MeanLimitMicros(NormalMeanMicros));

    private void Learn(in MinuteSigns minute)
    {
        double keep = Math.Pow(0.5, 1 / HalfLifeMinutes);
        _normalErrors = keep * _normalErrors + minute.Errors;
        _normalRequests = keep * _normalRequests + minute.Requests;
        _normalRetries = keep * _normalRetries + minute.Retries;
        _load.Add(Math.Log2(minute.Requests + 1), LoadHalfLifeMinutes, MinSpread);
        if (minute.TailDoublings > 0) _tail.Add(minute.TailDoublings, HalfLifeMinutes, MinSpread);
        // The mean of a few draws from a skewed distribution lies below that of many: minutes of five requests at least.
        double timed = minute.Timed;
        _pendingTimed += timed;
        _pendingDuration += timed * Math.Pow(2, minute.LogMean);
        if (_pendingTimed < 5) return;
        _logMean.Add(Math.Log2(Math.Max(1, _pendingDuration / _pendingTimed)), HalfLifeMinutes, MinSpread);
        _pendingTimed = _pendingDuration = 0;
    }

    /// <summary>Nearness to a limit that is <paramref name="distance"/> standard deviations above. Beyond one and a half it says nothing but how wide the prediction is.</summary>
    private static double Nearness(double distance) => Math.Clamp(1.5 - distance, 0, 4);

    private static double Earliness(double crossing, double horizon) => Math.Clamp(2 - crossing / horizon, 0, 2);

    /// <summary>Square root of the nats beyond the first, which chance gives often.</summary>
    private static double Clear(double nats) => Math.Sqrt(Math.Clamp(nats - 1, 0, 16));

    /// <summary>Square root of the share beyond the normal one, after a standard deviation is taken off; 0 to 1.</summary>
    private static double Excess(double count, double requests, double normal)
    {
        if (count < 1 || requests <= 0) return 0;
        return Math.Sqrt(Math.Clamp((count - Math.Sqrt(count)) / requests - 2 * normal, 0, 1));
    }
}
