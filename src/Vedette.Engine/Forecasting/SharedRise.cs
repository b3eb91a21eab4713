namespace Vedette.Engine.Forecasting;

/// <summary>The routes that become slower together, taken as one: what each is too quiet to tell from noise may be plain in their sum, as where several wait for the same database.</summary>
/// <remarks>
/// Nobody says which routes share something, so each minute the set is looked for whose response times rise most with one slope (<see cref="SubsetScan"/>). The minutes of its members are added up, followed and tested as
/// those of a route are, and each member shows what the set shows. One thread; no allocation once the lists have grown.
/// </remarks>
internal sealed class SharedRise
{
    /// <summary>Nats a member costs: a route that does not rise explains half a nat by chance.</summary>
    private const double Price = 1;
    private const double FirstVariance = 0.3;
    private const long MinuteMicros = 60_000_000;

    private readonly SubsetScan _scan = new();
    private readonly HashSet<int> _members = [];
    private readonly double[] _values = new double[RecentMinutes.Count];
    private readonly double[] _precisions = new double[RecentMinutes.Count];
    private readonly double[] _sums = new double[RecentMinutes.Count];
    private readonly double[] _weights = new double[RecentMinutes.Count];
    private TrendFilter _filter;

    /// <summary>Routes of the set; 0 where nothing rises.</summary>
    public int Count => _members.Count;

    public bool Contains(int route) => _members.Contains(route);

    /// <summary>Requests of its members within five minutes.</summary>
    public double Requests { get; private set; }

    /// <summary>Doublings above normal, less a standard deviation.</summary>
    public double Rise => _filter.Level - _filter.LevelDeviation;

    /// <summary>Doublings a minute, less a standard deviation.</summary>
    public double Pace => _filter.Slope - _filter.SlopeDeviation;

    /// <summary>By how much a rise explains the last minutes better than a step (<see cref="RampTest"/>), less the price of the members; nats.</summary>
    public double Ramp { get; private set; }

    /// <summary>Doublings by which all other routes are slower than normal, plus a standard deviation, not below 0; endless without others. What a crowd slows, it slows everywhere.</summary>
    public double OthersRise { get; private set; }

    /// <summary>Standard deviations from what is expected some minutes ahead up to so many doublings above normal.</summary>
    public double Distance(double rise, double minutes)
    {
        (double mean, double deviation) = _filter.Predict(minutes, LatencyTrend.LevelNoise);
        return (rise - mean) / deviation;
    }

    /// <summary>Looks for the set as of the minute that ends at <paramref name="time"/>.</summary>
    /// <param name="time">Event time, microseconds.</param>
    /// <param name="routes">All routes by number, the first being the service; null for what is none.</param>
    public void Observe(long time, IReadOnlyList<RouteForecaster?> routes)
    {
        long last = time / MinuteMicros;
        double others = 0, othersWeight = 0;
        _scan.Clear();
        for (int route = ServiceForecaster.Service + 1; route < routes.Count; route++)
        {
            if (routes[route] is not { } forecaster || time - forecaster.LastTime >= RecentMinutes.Count * MinuteMicros || !forecaster.Trend.TryRises(last, _values, _precisions)) continue;
            (double covariance, double spread) = SlopeOf(_values, _precisions);
            if (spread > 0) _scan.Add(route, covariance, spread);
            AddLately(ref others, ref othersWeight, 1);
        }
        _scan.Choose(static (covariance, spread) => covariance <= 0 ? 0 : covariance * covariance / spread / 2, Price, _members);
        Array.Clear(_sums);
        Array.Clear(_weights);
        Requests = 0;
        foreach (int route in _members)
        {
            RouteTrend trend = routes[route]!.Trend;
            trend.TryRises(last, _values, _precisions);
            for (int i = 0; i < _sums.Length; i++)
            {
                _sums[i] += _precisions[i] * _values[i];
                _weights[i] += _precisions[i];
            }
            AddLately(ref others, ref othersWeight, -1);
            Requests += trend.RequestsUntil(last);
        }
        OthersRise = othersWeight < 1 ? double.PositiveInfinity : Math.Max(0, others / othersWeight + 1 / Math.Sqrt(othersWeight));
        Follow();
    }

    /// <summary>Follows and tests the sum of the members.</summary>
    private void Follow()
    {
        _filter = new TrendFilter(0, FirstVariance);
        for (int i = 0; i < _sums.Length; i++)
        {
            _filter.Advance(1, LatencyTrend.LevelNoise, LatencyTrend.SlopeNoise, LatencyTrend.MaxVariance);
            if (_weights[i] <= 0) continue;
            _sums[i] /= _weights[i];
            _weights[i] = 1 / (1 / _weights[i] + LatencyTrend.MinuteVariance);
            _filter.Observe(_sums[i], 1 / _weights[i]);
        }
        Ramp = _members.Count == 0 ? 0 : RampTest.OfLevels(_sums, _weights) - Price * (_members.Count - 1);
    }

    /// <summary>Adds the last five minutes to a weighted sum, or takes them off.</summary>
    private void AddLately(ref double sum, ref double weight, int sign)
    {
        for (int i = _values.Length - RecentMinutes.Block; i < _values.Length; i++)
        {
            sum += sign * _precisions[i] * _values[i];
            weight += sign * _precisions[i];
        }
    }

    /// <summary>The slope over the minutes by least squares, as its covariance and spread: both are sums over routes.</summary>
    private static (double Covariance, double Spread) SlopeOf(ReadOnlySpan<double> values, ReadOnlySpan<double> precisions)
    {
        double p = 0, pi = 0, pii = 0, py = 0, piy = 0;
        for (int i = 0; i < values.Length; i++)
        {
            p += precisions[i];
            pi += precisions[i] * i;
            pii += precisions[i] * i * i;
            py += precisions[i] * values[i];
            piy += precisions[i] * i * values[i];
        }
        return p <= 0 ? default : (piy - pi * py / p, pii - pi * pi / p);
    }
}
