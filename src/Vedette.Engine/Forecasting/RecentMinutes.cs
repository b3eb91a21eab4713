namespace Vedette.Engine.Forecasting;

/// <summary>The last forty-eight minutes of a route, by the clock of events: minutes without requests leave holes.</summary>
internal sealed class RecentMinutes
{
    /// <summary>Minutes kept: what rises for three quarters of an hour is far from a step only over as long.</summary>
    public const int Count = 48;

    /// <summary>Minutes that are compared as one.</summary>
    public const int Block = 5;

    private const int MinErrors = 2;

    /// <summary>A minute of few requests counts as if it lay at most so many standard deviations, and a doubling, from normal.</summary>
    private const double Clip = 3;

    private readonly long[] _numbers = new long[Count];
    private readonly MinuteSigns[] _minutes = new MinuteSigns[Count];
    private long _last;

    /// <summary>Puts a minute in, in the place of the oldest.</summary>
    public void Put(long number, in MinuteSigns minute)
    {
        int place = PlaceOf(number);
        _numbers[place] = number;
        _minutes[place] = minute;
        _last = number;
    }

    /// <summary>The minute of so many minutes ago; false if it had no requests.</summary>
    public bool TryGetAgo(int minutes, out MinuteSigns minute) => TryGet(Count - 1 - minutes, out minute);

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

    /// <summary>How much better a rise explains the response times of these minutes than a step does, nats; see <see cref="RampTest"/>.</summary>
    /// <param name="series">Which response time.</param>
    /// <param name="requestVariance">Variance of one request's logarithm.</param>
    public double LatencyRamp(LatencySeries series, double requestVariance)
    {
        Span<double> values = stackalloc double[Count], precisions = stackalloc double[Count];
        for (int i = 0; i < Count; i++)
        {
            if (!TryGet(i, out MinuteSigns minute) || minute.Timed <= 0) continue;
            values[i] = series == LatencySeries.Mean ? minute.LogMean : minute.LogTypical;
            precisions[i] = 1 / (requestVariance / minute.Timed + LatencyTrend.MinuteVariance);
        }
        return RampTest.OfLevels(values, precisions);
    }

    /// <summary>The same for errors.</summary>
    /// <param name="normalShare">Share of errors that is normal.</param>
    public double ErrorRamp(double normalShare)
    {
        Span<double> errors = stackalloc double[Count], requests = stackalloc double[Count];
        double all = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!TryGet(i, out MinuteSigns minute)) continue;
            all += errors[i] = minute.Errors;
            requests[i] = minute.Requests;
        }
        return all < MinErrors ? 0 : RampTest.OfErrors(errors, requests, normalShare);
    }

    /// <summary>Requests within <see cref="Block"/> minutes up to the one of number <paramref name="last"/>.</summary>
    public double RequestsUntil(long last)
    {
        double requests = 0;
        for (long number = last; number > last - Block; number--)
            if (TryGetNumber(number, out MinuteSigns minute)) requests += minute.Requests;
        return requests;
    }

    /// <summary>Typical response times above what is normal, and one over their variance, up to the minute of number <paramref name="last"/>, which comes last; 0 where there were no requests.</summary>
    public void Rises(long last, double normal, double requestVariance, Span<double> rises, Span<double> precisions)
    {
        for (int i = 0; i < Count; i++)
        {
            rises[i] = precisions[i] = 0;
            if (!TryGetNumber(last - (Count - 1 - i), out MinuteSigns minute) || minute.Timed <= 0) continue;
            double variance = requestVariance / minute.Timed + LatencyTrend.MinuteVariance;
            double bound = Clip * Math.Sqrt(variance) + 1;
            rises[i] = Math.Clamp(minute.LogTypical - normal, -bound, bound);
            precisions[i] = 1 / variance;
        }
    }

    /// <summary>The minute at a place in time, the oldest being 0; false if it had no requests.</summary>
    private bool TryGet(int place, out MinuteSigns minute) => TryGetNumber(_last - (Count - 1 - place), out minute);

    private bool TryGetNumber(long number, out MinuteSigns minute)
    {
        minute = _minutes[PlaceOf(number)];
        return number != 0 && _numbers[PlaceOf(number)] == number;
    }

    /// <summary>Event time may lie before 1970.</summary>
    private static int PlaceOf(long number) => (int)((number % Count + Count) % Count);
}
