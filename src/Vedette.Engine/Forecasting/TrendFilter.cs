namespace Vedette.Engine.Forecasting;

/// <summary>Level and damped slope of a series in steps of a minute, with what is not known about them.</summary>
/// <remarks>
/// The damped local linear trend (E. S. Gardner, E. McKenzie, Management Science 31(10), 1985) as a Kalman filter. Observations move it as if they lay at most
/// <see cref="Clip"/> standard deviations away (Huber), so one odd minute does not count. Counts of failures are taken in with the conjugate update of dynamic
/// generalized linear models (M. West, P. J. Harrison, H. S. Migon, JASA 80(389), 1985): the level is a logit, believed as a beta distribution.
/// </remarks>
internal struct TrendFilter
{
    private const double Damping = 0.97;
    private const double Clip = 2.5;

    /// <summary>After this long without news nothing is left of a slope.</summary>
    private const int MostSteps = 60;

    private double _levelVariance;
    private double _covariance;
    private double _slopeVariance;

    /// <param name="level">Where the series begins.</param>
    /// <param name="variance">What is not known about it.</param>
    public TrendFilter(double level, double variance)
    {
        Level = level;
        _levelVariance = variance;
        _slopeVariance = 1e-3;
    }

    public double Level { get; private set; }

    /// <summary>Change a minute.</summary>
    public double Slope { get; private set; }

    public readonly double LevelDeviation => Math.Sqrt(_levelVariance);

    public readonly double SlopeDeviation => Math.Sqrt(_slopeVariance);

    /// <summary>Lets time pass.</summary>
    /// <param name="minutes">Steps.</param>
    /// <param name="levelNoise">Variance by which the level wanders a minute.</param>
    /// <param name="slopeNoise">Variance by which the slope does.</param>
    /// <param name="maxVariance">The level is never less known than this: series come back to where they live.</param>
    public void Advance(int minutes, double levelNoise, double slopeNoise, double maxVariance)
    {
        for (int i = Math.Min(minutes, MostSteps); i > 0; i--)
        {
            Level += Damping * Slope;
            Slope *= Damping;
            _levelVariance += Damping * (2 * _covariance + Damping * _slopeVariance) + levelNoise;
            _covariance = Damping * (_covariance + Damping * _slopeVariance);
            _slopeVariance = Damping * Damping * _slopeVariance + slopeNoise;
        }
        if (_levelVariance <= maxVariance) return;
        double shrink = maxVariance / _levelVariance;
        _levelVariance = maxVariance;
        _covariance *= shrink;
        _slopeVariance *= shrink;
    }

    /// <summary>Takes a value in, and returns how far it lay from what was expected.</summary>
    public double Observe(double value, double variance)
    {
        double total = _levelVariance + variance;
        double surprise = value - Level;
        double bound = Clip * Math.Sqrt(total);
        Move(_levelVariance / total, Math.Clamp(surprise, -bound, bound));
        return surprise;
    }

    /// <summary>Takes in that <paramref name="hits"/> of <paramref name="trials"/> happened; the level is the logit of their share, never below <paramref name="floor"/>.</summary>
    public void ObserveCounts(double hits, double trials, double floor)
    {
        double share = Logistic(Level);
        double strength = 1 / (_levelVariance * share * (1 - share));
        double posterior = (hits + strength * share) / (trials + strength);
        double gain = trials / (trials + strength);
        double bound = Clip * Math.Sqrt(_levelVariance / Math.Max(gain, 1e-9)) * gain;
        Move(gain, Math.Clamp(Logit(posterior) - Level, -bound, bound) / Math.Max(gain, 1e-9));
        if (Level >= floor) return;
        Level = floor;
        Slope = Math.Max(Slope, 0);
    }

    /// <summary>Mean and standard deviation of the level some minutes ahead.</summary>
    public readonly (double Mean, double Deviation) Predict(double minutes, double levelNoise)
    {
        double reach = Damping * (1 - Math.Pow(Damping, minutes)) / (1 - Damping);
        double variance = _levelVariance + 2 * reach * _covariance + reach * reach * _slopeVariance + minutes * levelNoise;
        return (Level + reach * Slope, Math.Sqrt(variance));
    }

    /// <summary>Minutes until the level reaches <paramref name="limit"/> at its damped pace less so many standard deviations; infinite if it never does.</summary>
    public readonly double MinutesTo(double limit, double caution)
    {
        if (Level >= limit) return 0;
        double slope = Slope - caution * SlopeDeviation;
        if (slope <= 0) return double.PositiveInfinity;
        double left = 1 - (limit - Level) * (1 - Damping) / (Damping * slope);
        return left <= 0 ? double.PositiveInfinity : Math.Log(left) / Math.Log(Damping);
    }

    public static double Logistic(double logit) => 1 / (1 + Math.Exp(-logit));

    public static double Logit(double share) => Math.Log(share / (1 - share));

    private void Move(double gain, double by)
    {
        double slopeGain = _levelVariance > 0 ? _covariance / _levelVariance * gain : 0;
        Level += gain * by;
        Slope += slopeGain * by;
        _slopeVariance -= slopeGain * _covariance;
        _covariance *= 1 - gain;
        _levelVariance *= 1 - gain;
    }
}
