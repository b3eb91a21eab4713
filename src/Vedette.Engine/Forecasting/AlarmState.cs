namespace Vedette.Engine.Forecasting;

/// <summary>The alarm of one route: raised when the probability shifts up two minutes in a row, or far up in one; over when the failure came or the signs have gone.</summary>
internal struct AlarmState
{
    private const int Minutes = 2;

    /// <summary>From here on one minute is enough.</summary>
    private const double Likely = 0.25;
    private const long GraceMicros = 30 * 60_000_000L;

    /// <summary>Odds must have grown this much over their usual value: a route that always looks poor gives no news.</summary>
    private const double Shift = 3;
    private const double UsualRate = 0.01;

    private double _usual;
    private int _high;
    private long _lastHigh;

    /// <summary>Event time of the alarm, 0 if there is none.</summary>
    public long Raised { get; private set; }

    public readonly bool IsRaised => Raised != 0;

    /// <summary>Takes a minute's probability in; true if that raises the alarm.</summary>
    public bool Observe(long time, double probability, double threshold, bool mayRaise)
    {
        bool isHigh = probability >= threshold && probability / (1 - probability) >= Shift * _usual / (1 - _usual);
        _usual += UsualRate * (Math.Min(probability, 0.9) - _usual);
        _high = isHigh && mayRaise ? _high + (probability >= Likely ? Minutes : 1) : 0;
        if (isHigh || (IsRaised && probability >= threshold / 2)) _lastHigh = time;
        if (IsRaised || _high < Minutes) return false;
        Raised = time;
        return true;
    }

    /// <summary>True if the alarm's time has run out without a failure.</summary>
    public readonly bool HasExpired(long time) => IsRaised && time - _lastHigh > GraceMicros;

    public void Clear()
    {
        Raised = 0;
        _high = 0;
    }
}
