using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>Of the visitors of one route, the share that turns out to behave in one way, and whether it has become too large.</summary>
/// <remarks>
/// A cumulative sum of those beyond twice the usual share, tested by the Beta-binomial. A crowd brings more visitors, not a larger share; what most visitors do is learnt to be usual. What may become a campaign
/// teaches nothing before it has ended.
/// </remarks>
internal sealed class VisitorShare
{
    private const double MinExcess = 4;

    /// <summary>Before any data: one visitor in fifty behaves so, and it may as well be one in three: in one service people look at two things, in another at twenty.</summary>
    private const double PriorShare = 0.02;
    private const double PriorVisitors = 4;

    /// <summary>Visitors of undoubted times without whom the share says nothing: where everybody behaves so from the start, there are none.</summary>
    private const double MinLearntVisitors = 3;

    /// <summary>Minutes after which a visitor has shown how it behaves.</summary>
    private const int MaturingMinutes = 12;

    /// <summary>How many visitors' worth of sureness the share has at most: it differs from one hour to another.</summary>
    private const double MostSureness = 300;

    /// <summary>Relative variance of its odds between the hours of a day: when more is going on, people stay longer.</summary>
    private const double HourlyVariance = 0.12;

    private const double Allowance = 0.1;
    private const double KeepPerMinute = 0.99952;
    private const double KeepRecent = 0.95;
    private const long MinuteMicros = 60_000_000;
    private const long QuietMicros = 30 * MinuteMicros;

    /// <summary>While a campaign is told of and for an hour after, its route's visitors do not teach what is usual.</summary>
    private const long UnusualMicros = 60 * MinuteMicros;

    /// <summary>What goes on for longer is usual.</summary>
    private const long DoubtfulMicros = 120 * MinuteMicros;

    private double _excess;
    private long _lastExcess;
    private long _lastSeen;
    private double _turned;
    private double _visitors;
    private double _learntTurned;
    private double _learntVisitors;
    private double _doubtfulTurned;
    private double _doubtfulVisitors;

    /// <summary>Visitors of the last twenty minutes or so: some who turn now came then.</summary>
    private double _recent;

    /// <summary>Visitors of whom it has become clear in this minute whether they turn.</summary>
    private double _matured;
    private readonly double[] _maturing = new double[MaturingMinutes];
    private long _minute;

    /// <summary>Event time at which the excess began, microseconds.</summary>
    public long Since { get; private set; }

    /// <summary>Event time at which a campaign was told of last, or 0.</summary>
    public long LastTold { get; set; }

    /// <summary>The share that is usual here.</summary>
    public double Usual => (_learntTurned + PriorShare * PriorVisitors) / (_learntVisitors + PriorVisitors);

    /// <summary>The share since <see cref="Since"/>.</summary>
    public double Present => _turned / Math.Max(1, Math.Max(_turned, _visitors));

    /// <summary>Chance that so many of the visitors since <see cref="Since"/> turn.</summary>
    public double PValue
    {
        get
        {
            double mean = Math.Min(0.5, Usual);
            double sureness = Math.Min(Math.Min(MostSureness, (1 - mean) / (mean * HourlyVariance)), PriorVisitors + _learntVisitors);
            return BetaBinomial.WithMean(mean, sureness).UpperTail((int)_turned, (int)Math.Max(_turned, _visitors));
        }
    }

    /// <summary>Takes in a minute in which the route was used.</summary>
    /// <param name="time">End of the minute, microseconds of event time.</param>
    /// <param name="visitors">Callers that came to the route.</param>
    /// <param name="turned">Callers that turned out to behave in that way.</param>
    /// <returns>True if they are too many.</returns>
    public bool Observe(long time, double visitors, double turned)
    {
        double minutes = Advance(time);
        Arrive(visitors, time / MinuteMicros);
        double excess = turned - 2 * Usual * visitors - Allowance * minutes;
        if (_excess <= 0 && excess > 0) Begin(time);
        _excess = time - _lastExcess > QuietMicros ? 0 : Math.Max(0, _excess + excess);
        if (_excess > 0)
        {
            if (time - MinuteMicros > Since) _visitors += visitors;
            _turned += turned;
            if (excess > 0) _lastExcess = time;
        }
        return excess > 0 && _excess >= MinExcess && _learntVisitors >= MinLearntVisitors;
    }

    /// <summary>Lets the minute observed last count for what is usual, in which so many turned; false, and nothing is learnt, while a campaign is told of.</summary>
    public bool Learn(long time, double turned)
    {
        if (LastTold != 0 && time - LastTold <= UnusualMicros)
        {
            _doubtfulTurned = _doubtfulVisitors = 0;
            return false;
        }
        _doubtfulTurned += turned;
        _doubtfulVisitors += _matured;
        if (_excess > 0 && time - Since < DoubtfulMicros) return true;
        _learntTurned += _doubtfulTurned;
        _learntVisitors += _doubtfulVisitors;
        _doubtfulTurned = _doubtfulVisitors = 0;
        return true;
    }

    /// <summary>Something is raised about one who turned: it does not show what is usual.</summary>
    public void Forget()
    {
        if (_doubtfulTurned > 0) (_doubtfulTurned, _doubtfulVisitors) = (Math.Max(0, _doubtfulTurned - 1), Math.Max(0, _doubtfulVisitors - 1));
        else (_learntTurned, _learntVisitors) = (Math.Max(0, _learntTurned - 1), Math.Max(0, _learntVisitors - 1));
    }

    /// <summary>Lets the time since the route was used last pass.</summary>
    /// <returns>Minutes of it.</returns>
    private double Advance(long time)
    {
        double minutes = _lastSeen == 0 ? 1 : Math.Max(1, (double)(time - _lastSeen) / MinuteMicros);
        _lastSeen = time;
        _recent *= Math.Pow(KeepRecent, minutes);
        _learntTurned *= Math.Pow(KeepPerMinute, minutes);
        _learntVisitors *= Math.Pow(KeepPerMinute, minutes);
        return minutes;
    }

    /// <summary>Takes in who came in a minute.</summary>
    private void Arrive(double visitors, long minute)
    {
        _recent += visitors;
        _matured = 0;
        for (long passed = Math.Max(_minute + 1, minute - MaturingMinutes + 1); passed <= minute; passed++)
        {
            _matured += _maturing[PlaceOf(passed)];
            _maturing[PlaceOf(passed)] = 0;
        }
        _maturing[PlaceOf(minute)] += visitors;
        _minute = minute;
    }

    /// <summary>Event time may lie before 1970.</summary>
    private static int PlaceOf(long minute) => (int)((minute % MaturingMinutes + MaturingMinutes) % MaturingMinutes);

    private void Begin(long time)
    {
        (Since, _lastExcess) = (time - MinuteMicros, time);
        (_turned, _visitors) = (0, _recent);
    }
}
