using Vedette.Engine.Behavior;

namespace Vedette.Engine.Forecasting;

/// <summary>What is normal on one route, where it stands, and where it is heading: the features of the forecast.</summary>
internal sealed class RouteTrend
{
    /// <summary>Minutes learnt at once.</summary>
    private const int FirstMinutes = 20;

    /// <summary>Age at which a minute counts for the baseline: the oldest that is kept.</summary>
    private const int LagMinutes = RecentMinutes.Count - 1;
    private const double HalfLifeMinutes = 240;
    private const double LoadHalfLifeMinutes = 60;
    private const double MinSpread = 0.2;

    /// <summary>Standard deviations taken off a pace before it is followed to a limit.</summary>
    private const double Caution = 0.7;

    /// <summary>What doubles the load may make everything slower by so many doublings, and is no fault: a service that is half full comes near its capacity.</summary>
    private const double Crowding = 2;

    /// <summary>Doublings below which no rise is looked for.</summary>
    private const double SmallRise = 0.2;
    private const double RisingDoublings = 0.3;
    private const double RisingLogits = 0.5;
    private const double ErrorFloor = 0.002;

    /// <summary>Before any data: one error in four hundred.</summary>
    private const double PriorErrors = 0.5;
    private const double PriorRequests = 200;

    private const double ErrorNoise = 0.03;
    private const double ErrorSlopeNoise = 0.003;
    private const double MaxErrorVariance = 1;

    private const long MinuteMicros = 60_000_000;

    private readonly RecentMinutes _recent = new();
    private TrendFilter _errors = new(TrendFilter.Logit(ErrorFloor), 0.3);
    private LatencyTrend _mean = new();
    private LatencyTrend _typical = new();
    private RobustLevel _tail;
    private RobustLevel _load;
    private double _recentTail;
    private double _normalErrors;
    private double _normalRequests;
    private double _normalRetries;
    private long _lastTime;
    private long _learntUntil;

    /// <summary>Minutes that count for the baseline.</summary>
    public long LearntMinutes => _load.Count;

    public double NormalErrorShare => (_normalErrors + PriorErrors) / (_normalRequests + PriorRequests);

    public double NormalMeanMicros => _mean.IsKnown ? Math.Pow(2, _mean.Normal) : 0;

    /// <summary>Mean of the logarithms (base 2) of single response times; 0 if unknown.</summary>
    public double NormalLogTypical => _typical.IsKnown ? _typical.Normal : 0;

    public double NormalRetryShare => (_normalRetries + PriorErrors) / (_normalRequests + PriorRequests);

    /// <summary>Doublings between the median and the 95% quantile, lately and normally.</summary>
    public double TailDoublings => _recentTail;

    public double NormalTailDoublings => _tail.Level;

    /// <summary>Requests a minute.</summary>
    public double NormalRequests => Math.Pow(2, _load.Level) - 1;

    /// <summary>Share of errors where the filter stands.</summary>
    public double ErrorShare => TrendFilter.Logistic(_errors.Level);

    /// <summary>Mean response time where the filter stands, microseconds; 0 if unknown.</summary>
    public double MeanMicros => _mean.IsKnown ? Math.Pow(2, _mean.Level) : 0;

    /// <summary>Adds up the last five minutes.</summary>
    public MinuteSigns Latest => _recent.Sum(0, RecentMinutes.Block);

    /// <summary>Requests within the five minutes up to the one of number <paramref name="last"/>.</summary>
    public double RequestsUntil(long last) => _recent.RequestsUntil(last);

    /// <summary>How much slower the last minutes were than normal, by what is typical: doublings and one over their variance, oldest first; false if it is not known yet what is normal.</summary>
    /// <param name="last">Number of the last minute.</param>
    /// <param name="rises">Receives <see cref="RecentMinutes.Count"/> values.</param>
    /// <param name="precisions">As many; 0 where there were no requests.</param>
    public bool TryRises(long last, Span<double> rises, Span<double> precisions)
    {
        if (LearntMinutes < FirstMinutes || !_typical.IsKnown) return false;
        _recent.Rises(last, _typical.Normal, _typical.RequestVariance, rises, precisions);
        return true;
    }

    /// <summary>Takes the minute that ends at <paramref name="time"/> in.</summary>
    /// <param name="minute">The minute; at least one request.</param>
    /// <param name="time">Event time, microseconds.</param>
    /// <param name="isCalm">Whether what leaves the recent minutes may count as normal.</param>
    public void Observe(in MinuteSigns minute, long time, bool isCalm)
    {
        int passed = _lastTime == 0 ? 1 : (int)Math.Clamp((time - _lastTime) / MinuteMicros, 1, 10_000);
        _lastTime = time;
        _recent.Put(time / MinuteMicros, minute);
        LearnOf(time / MinuteMicros, isCalm);
        _errors.Advance(passed, ErrorNoise, ErrorSlopeNoise, MaxErrorVariance);
        _errors.ObserveCounts(minute.Errors, minute.Requests, TrendFilter.Logit(ErrorFloor));
        if (minute.TailDoublings > 0) _recentTail += 0.3 * (minute.TailDoublings - _recentTail);
        if (minute.Timed <= 0) return;
        _mean.Observe(minute.LogMean, minute.Timed, passed);
        _typical.Observe(minute.LogTypical, minute.Timed, passed);
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
        if (!_mean.IsKnown) return;
        double rise = Math.Max(_mean.Rise, _typical.Rise), explained = Crowding * load.Rise;
        features[(int)ForecastFeature.LatencyRise] = Math.Clamp(rise - explained, 0, 5);
        features[(int)ForecastFeature.LatencyGrowth] = Math.Clamp(10 * Math.Max(_mean.Pace, _typical.Pace) - load.Growth, 0, 4);
        double steadiness = 0;
        if (_mean.Rise - explained > SmallRise) steadiness = _recent.LatencyRamp(LatencySeries.Mean, _mean.RequestVariance);
        if (_typical.Rise - explained > SmallRise) steadiness = Math.Max(steadiness, _recent.LatencyRamp(LatencySeries.Typical, _typical.RequestVariance));
        features[(int)ForecastFeature.LatencySteadiness] = Clear(steadiness - load.Growth);
        features[(int)ForecastFeature.Concurrency] = Math.Clamp(rise + loadRise - 1, 0, 6);
        if (_tail.Count > 0) features[(int)ForecastFeature.TailGrowth] = Math.Clamp(_recentTail - _tail.Level - _tail.Spread, 0, 4);
    }

    /// <summary>Raises the signs of a member to what the routes show that become slower together.</summary>
    public static void Share(Span<double> features, SharedRise shared, ServiceLoad load)
    {
        double rise = shared.Rise - Explained(shared, load);
        Raise(features, ForecastFeature.LatencyRise, Math.Clamp(rise, 0, 5));
        Raise(features, ForecastFeature.LatencyGrowth, Math.Clamp(10 * shared.Pace - load.Growth, 0, 4));
        if (rise > SmallRise) Raise(features, ForecastFeature.LatencySteadiness, Clear(shared.Ramp - load.Growth));
    }

    /// <summary>The same for how near the limit they will be; after <see cref="SetMargins"/>.</summary>
    public void ShareMargins(Span<double> features, double minutes, in FailureRule rule, SharedRise shared, ServiceLoad load)
    {
        double left = LatencyLimit(rule) - _mean.Normal + Explained(shared, load);
        Raise(features, ForecastFeature.LatencyMargin, Nearness(shared.Distance(left, minutes)));
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
    public void SetMargins(Span<double> features, double minutes, in FailureRule rule, ServiceLoad load)
    {
        double limit = ErrorLimit(rule);
        (double mean, double deviation) = _errors.Predict(minutes, ErrorNoise);
        features[(int)ForecastFeature.ErrorMargin] = Nearness((limit - mean) / deviation);
        features[(int)ForecastFeature.ErrorCrossing] = Earliness(_errors.MinutesTo(limit, Caution), minutes);
        if (!_mean.IsKnown) return;
        // Slowness that a crowd explains goes with the crowd.
        limit = LatencyLimit(rule) + Crowding * load.Rise;
        double typicalLimit = _typical.Normal + limit - _mean.Normal;
        features[(int)ForecastFeature.LatencyMargin] = Math.Max(Nearness(_mean.Distance(limit, minutes)), Nearness(_typical.Distance(typicalLimit, minutes)));
        features[(int)ForecastFeature.LatencyCrossing] = Earliness(Math.Min(_mean.MinutesToSaturation(limit, Caution), _typical.MinutesToSaturation(typicalLimit, Caution)), minutes);
    }

    /// <summary>Whether the route is beyond a limit where the filters stand: there is nothing left to foretell.</summary>
    public bool IsBeyond(in FailureRule rule) => _errors.Level >= ErrorLimit(rule) || (_mean.IsKnown && _mean.Level >= LatencyLimit(rule));

    /// <summary>A failure is over: what was falling then is no trend, and begins again from what is normal.</summary>
    public void Restart()
    {
        _recent.Clear();
        _errors = new TrendFilter(Math.Max(TrendFilter.Logit(ErrorFloor), TrendFilter.Logit(NormalErrorShare)), 0.3);
        _mean.Restart();
        _typical.Restart();
        _recentTail = _tail.Level;
    }

    /// <summary>Minutes until the error share crosses its limit at the present pace.</summary>
    public double MinutesToErrorLimit(in FailureRule rule) => _errors.MinutesTo(ErrorLimit(rule), 0);

    /// <summary>Minutes until the mean response time crosses its limit at the present pace.</summary>
    public double MinutesToLatencyLimit(in FailureRule rule) => _mean.IsKnown ? _mean.MinutesTo(LatencyLimit(rule)) : double.PositiveInfinity;

    private double ErrorLimit(in FailureRule rule) => TrendFilter.Logit(rule.ErrorLimit(NormalErrorShare));

    private double LatencyLimit(in FailureRule rule) => Math.Log2(rule.MeanLimitMicros(NormalMeanMicros));

    /// <summary>The first minutes are learnt at once, so that a forecast can begin; later ones when they are old enough that a build-up would have shown.</summary>
    private void LearnOf(long number, bool isCalm)
    {
        if (LearntMinutes < FirstMinutes)
        {
            if (_recent.TryGetAgo(0, out MinuteSigns minute)) Learn(minute);
            _learntUntil = number;
            return;
        }
        for (long old = Math.Max(_learntUntil + 1, number - RecentMinutes.Count + 1); old <= number - LagMinutes; old++)
        {
            if (isCalm && _recent.TryGetAgo((int)(number - old), out MinuteSigns minute)) Learn(minute);
            _learntUntil = old;
        }
    }

    private void Learn(in MinuteSigns minute)
    {
        double keep = Math.Pow(0.5, 1 / HalfLifeMinutes);
        _normalErrors = keep * _normalErrors + minute.Errors;
        _normalRequests = keep * _normalRequests + minute.Requests;
        _normalRetries = keep * _normalRetries + minute.Retries;
        _load.Add(Math.Log2(minute.Requests + 1), LoadHalfLifeMinutes, MinSpread);
        if (minute.TailDoublings > 0) _tail.Add(minute.TailDoublings, HalfLifeMinutes, MinSpread);
        if (minute.Timed <= 0) return;
        _mean.Learn(Math.Pow(2, minute.LogMean), minute.Timed);
        _typical.Learn(Math.Pow(2, minute.LogTypical), minute.Timed);
    }

    /// <summary>No more of it is the crowd's than the other routes show.</summary>
    private static double Explained(SharedRise shared, ServiceLoad load) => Math.Min(Crowding * load.Rise, shared.OthersRise);

    private static void Raise(Span<double> features, ForecastFeature feature, double to) => features[(int)feature] = Math.Max(features[(int)feature], to);

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
