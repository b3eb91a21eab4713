namespace Vedette.Engine.Forecasting;

/// <summary>The last sixteen minutes of a route, by the clock of events: minutes without requests leave holes.</summary>
internal sealed class RecentMinutes
{
    /// <summary>Minutes kept.</summary>
    public const int Count = 16;

    /// <summary>Minutes that are compared as one.</summary>
    public const int Block = 5;

    private const double Cautious = 0.5;

    private readonly long[] _numbers = new long[Count];
    private readonly MinuteSigns[] _minutes = new MinuteSigns[Count];
    private long _last;

    /// <summary>Puts a minute in, and hands out the one whose place it takes; false if that place was empty.</summary>
    public bool Replace(long number, in MinuteSigns minute, out MinuteSigns old)
    {
        int place = PlaceOf(number);
        old = _minutes[place];
        bool wasUsed = _numbers[place] != 0;
        _numbers[place] = number;
        _minutes[place] = minute;
        _last = number;
        return wasUsed;
    }

    public void Clear() => Array.Clear(_numbers);

    /// <summary>Adds up the minutes from <paramref name="from"/> to before <paramref name="to"/> minutes ago.</summary>
    public MinuteSigns Sum(int from, int to)
    {
        double requests = 0, errors = 0, timeouts = 0, retries = 0, timed = 0, logMeans = 0;
        for (int ago = from; ago < to; ago++)
        {
            long number = _last - ago;
            int place = PlaceOf(number);
            if (number == 0 || _numbers[place] != number) continue;
            ref MinuteSigns minute = ref _minutes[place];
            requests += minute.Requests;
            errors += minute.Errors;
            timeouts += minute.Timeouts;
            retries += minute.Retries;
            timed += minute.Timed;
            logMeans += minute.Timed * minute.LogMean;
        }
        return new MinuteSigns
        {
            Requests = requests, Errors = errors, Timeouts = timeouts, Retries = retries, Timed = timed, DurationMicros = 0, LogMean = timed > 0 ? logMeans / timed : 0,
        };
    }

    /// <summary>The smaller of the last two rises of the logarithm of the response time from block to block, less half a standard deviation, 0 to 2.</summary>
    /// <param name="requestVariance">Variance of one request's logarithm.</param>
    public double LatencySteadiness(double requestVariance)
    {
        MinuteSigns a = Sum(2 * Block, 3 * Block), b = Sum(Block, 2 * Block), c = Sum(0, Block);
        if (a.Timed <= 0 || b.Timed <= 0 || c.Timed <= 0) return 0;
        double first = b.LogMean - a.LogMean - Cautious * Math.Sqrt(requestVariance * (1 / a.Timed + 1 / b.Timed));
        double second = c.LogMean - b.LogMean - Cautious * Math.Sqrt(requestVariance * (1 / b.Timed + 1 / c.Timed));
        return Math.Clamp(Math.Min(first, second), 0, 2);
    }

    /// <summary>The same for the logit of the error share.</summary>
    /// <param name="normalShare">Share of errors that is normal: what blocks without errors are taken to have.</param>
    public double ErrorSteadiness(double normalShare)
    {
        MinuteSigns a = Sum(2 * Block, 3 * Block), b = Sum(Block, 2 * Block), c = Sum(0, Block);
        if (a.Requests <= 0 || b.Requests <= 0 || c.Errors < 2) return 0;
        return Math.Clamp(Math.Min(Rise(a, b, normalShare), Rise(b, c, normalShare)), 0, 2);
    }

    /// <summary>Event time may lie before 1970.</summary>
    private static int PlaceOf(long number) => (int)((number % Count + Count) % Count);

    private static double Rise(in MinuteSigns from, in MinuteSigns to, double normalShare)
    {
        // One imagined error among as many requests as it normally takes keeps empty blocks from looking perfect.
        double weight = 1 / normalShare;
        double before = TrendFilter.Logit((from.Errors + 1) / (from.Requests + weight + 1));
        double after = TrendFilter.Logit((to.Errors + 1) / (to.Requests + weight + 1));
        return after - before - Cautious * Math.Sqrt(1 / (from.Errors + 1) + 1 / (to.Errors + 1));
    }
}
