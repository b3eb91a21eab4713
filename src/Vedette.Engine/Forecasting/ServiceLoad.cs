using Vedette.Engine.Behavior;

namespace Vedette.Engine.Forecasting;

/// <summary>How much more is asked of the service than usual, and how fast that changes: slowness that a crowd explains goes with the crowd.</summary>
internal sealed class ServiceLoad
{
    private const double HalfLifeMinutes = 60;
    private const double MinSpread = 0.15;

    /// <summary>Half as many requests again as usual are a crowd.</summary>
    private const double CrowdDoublings = 0.6;
    private const int Kept = 3 * RecentMinutes.Block;
    private const long MinuteMicros = 60_000_000;

    private readonly double[] _requests = new double[Kept];
    private readonly long[] _numbers = new long[Kept];
    private RobustLevel _level;

    /// <summary>Doublings of the last five minutes' rate above the usual one, not below 0.</summary>
    public double Rise { get; private set; }

    /// <summary>Doublings of the response time that the load explains: under a crowd what doubles it may double the time, and once more; else 0.</summary>
    public double Explained => Rise >= CrowdDoublings ? Rise + 1 : 0;

    /// <summary>Doublings of the rate within ten minutes, not below 0.</summary>
    public double Growth { get; private set; }

    /// <summary>Routes that rose in the last minute.</summary>
    public int RisingRoutes { get; private set; }

    /// <summary>Routes found to rise in this minute, until the next one begins.</summary>
    public int RisingNow { get; set; }

    /// <summary>Takes in the minute that ends at <paramref name="time"/>.</summary>
    public void Observe(double requests, long time)
    {
        (RisingRoutes, RisingNow) = (RisingNow, 0);
        long number = time / MinuteMicros;
        int place = PlaceOf(number);
        (_requests[place], _numbers[place]) = (requests, number);
        double now = Mean(number, 0), before = Mean(number, 2 * RecentMinutes.Block);
        Rise = _level.Count == 0 ? 0 : Math.Max(0, Math.Log2(now + 1) - _level.Level);
        Growth = before <= 0 ? 0 : Math.Max(0, Math.Log2((now + 1) / (before + 1)));
        _level.Add(Math.Log2(requests + 1), HalfLifeMinutes, MinSpread);
    }

    private double Mean(long last, int ago)
    {
        double sum = 0;
        for (long number = last - ago; number > last - ago - RecentMinutes.Block; number--)
            if (_numbers[PlaceOf(number)] == number) sum += _requests[PlaceOf(number)];
        return sum / RecentMinutes.Block;
    }

    /// <summary>Event time may lie before 1970.</summary>
    private static int PlaceOf(long number) => (int)((number % Kept + Kept) % Kept);
}
