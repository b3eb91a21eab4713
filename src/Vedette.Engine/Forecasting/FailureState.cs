namespace Vedette.Engine.Forecasting;

/// <summary>Whether a route fails at present. Two judgments in a row begin it and three end it, so that neither a deploy nor one stuck request is a failure.</summary>
/// <remarks>A judgment needs ten requests; the minutes of quieter routes are added up until there are as many, for five minutes at most.</remarks>
internal struct FailureState
{
    private const int MinRequests = 10;
    private const int MinErrors = 3;
    private const int MostMinutes = 5;
    private const int ToBegin = 2;
    private const int ToEnd = 3;
    private const long MinuteMicros = 60_000_000;

    private double _requests;
    private double _errors;
    private double _timed;
    private double _durationMicros;
    private long _pendingSince;
    private long _firstBad;
    private int _bad;
    private int _good;

    public bool IsFailing { get; private set; }

    /// <summary>Event time at which the present or the last failure began, microseconds.</summary>
    public long Since { get; private set; }

    /// <summary>True if the latest judgment was that it fails.</summary>
    public readonly bool IsSuspect => _bad > 0;

    /// <summary>Judges the minute that ends at <paramref name="time"/>; true if a failure began.</summary>
    public bool Observe(in MinuteSigns minute, double errorLimit, double meanLimitMicros, long time)
    {
        if (_requests == 0 || time - _pendingSince > MostMinutes * MinuteMicros)
        {
            _requests = _errors = _timed = _durationMicros = 0;
            _pendingSince = time - MinuteMicros;
        }
        _requests += minute.Requests;
        _errors += minute.Errors;
        _timed += minute.Timed;
        _durationMicros += minute.DurationMicros;
        if (_requests < MinRequests) return false;
        // Few requests exceed any limit by chance: a standard deviation is taken off, that of a duration being about its mean.
        bool isBad = (_errors >= MinErrors && _errors - 0.5 * Math.Sqrt(_errors) > errorLimit * _requests)
            || (_timed >= MinRequests && _durationMicros > meanLimitMicros * (_timed + Math.Sqrt(_timed)));
        _requests = 0;
        return Judge(isBad, time);
    }

    private bool Judge(bool isBad, long time)
    {
        if (!isBad)
        {
            _bad = 0;
            if (++_good >= ToEnd) IsFailing = false;
            return false;
        }
        _good = 0;
        if (_bad++ == 0) _firstBad = _pendingSince;
        if (_bad != ToBegin || IsFailing) return false;
        IsFailing = true;
        Since = _firstBad;
        return true;
    }
}
