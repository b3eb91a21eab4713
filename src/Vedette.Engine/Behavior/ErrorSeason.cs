namespace Vedette.Engine.Behavior;

/// <summary>The season of one route's share of server errors, kept from the minute on in which it first fails: a nightly job that meets a closed backend fails every night.</summary>
/// <remarks>Minutes that are not bad by themselves, or in which the route is not used, count as usual ones: a single error among few requests is a large share and says nothing. What is usual must have come on three of the last seven days.</remarks>
internal sealed class ErrorSeason
{
    private const int BinMinutes = 5;
    private const int DailyRises = 3;
    private const long MinuteMicros = 60_000_000;

    /// <summary>Shares are compared as logarithms; below three percent they hardly differ.</summary>
    private const double Floor = 0.03;

    /// <summary>After so long without a bad minute the next one begins a failure of its own.</summary>
    private const long QuietMicros = 30 * MinuteMicros;

    private readonly Season _course = new(BinMinutes, DailyRises);
    private long _last;
    private long _failingSince;
    private long _lastFailing;

    /// <param name="time">End of the first bad minute, microseconds of event time.</param>
    /// <param name="share">The route's usual share, which the hour before is taken to have had.</param>
    public ErrorSeason(long time, double share)
    {
        for (int minutes = 60; minutes > 0; minutes--) _course.Add(time - minutes * MinuteMicros, Math.Log2(share + Floor));
    }

    /// <summary>Lets the minute that ends at <paramref name="time"/> count, unless it has been counted.</summary>
    public void Add(long time, double share)
    {
        if (time > _last) _course.Add(time, Math.Log2(share + Floor));
        _last = Math.Max(_last, time);
    }

    /// <summary>The share that is usual in a bad minute at this time, where <paramref name="share"/> is at others.</summary>
    public double Usual(long time, double share)
    {
        if (_failingSince == 0 || time - _lastFailing > QuietMicros) _failingSince = time;
        _lastFailing = time;
        double rise = _course.UsualRange(_course.BinOf(time), _course.BinOf(_failingSince), 1).Rise;
        return (share + Floor) * double.Exp2(rise) - Floor;
    }
}
