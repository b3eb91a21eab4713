namespace Vedette.Engine.Behavior;

/// <summary>Four weeks of a measure on a log2 scale in means of some minutes, and which changes are usual at a time of the day and of the week.</summary>
/// <remarks>
/// Days are compared by how the measure changed, not by its level: holidays and growth move levels, while a batch or a switch-off comes at its time on either. A rise is usual if two of the last seven days had one as large
/// within ten minutes of the same time, a fall (or a rise of what is a fault) if three had, since two outages teach nothing, or the same weekday had, twice from the third week on. An hour earlier and an hour later count as the same time where days agree on it, since clocks
/// are changed twice a year. What is kept follows from the measure alone, so it can be learnt from stored counts as well. Not thread-safe; 32 KB with bins of five minutes.
/// </remarks>
/// <param name="binMinutes">Length of a bin; divides an hour.</param>
/// <param name="dailyRises">Days of a week on which a rise must have come.</param>
internal sealed class Season(int binMinutes, int dailyRises = 2)
{
    private const int Days = 28;
    private const long MinuteMicros = 60_000_000;

    /// <summary>Minutes by which what happens daily may come early or late.</summary>
    private const int JitterMinutes = 10;

    /// <summary>Days of a week on which a fall must have come: two outages at one time may be chance, or one cause that nobody has found yet.</summary>
    private const int DailyFalls = 3;

    /// <summary>Days of history from which on changes that have come twice are believed, and from which on every kind of day was seen.</summary>
    private const int MinDays = 3;
    private const int Week = 7;

    private readonly int _perDay = 1440 / binMinutes;
    private readonly int _perHour = 60 / binMinutes;
    private readonly int _jitter = (JitterMinutes + binMinutes - 1) / binMinutes;
    private readonly float[] _bins = NewBins(Days * 1440 / binMinutes);
    private long _first = long.MaxValue;
    private long _last = long.MinValue;
    private double _sum;
    private int _count;

    /// <summary>True once a whole week is known: before, a first Saturday is like no day that was seen.</summary>
    public bool KnowsTheWeek => _last - _first >= Week * _perDay;

    private bool KnowsDays => _last - _first >= MinDays * _perDay;

    /// <summary>Number of the bin that holds the minute that ends at <paramref name="time"/>, microseconds.</summary>
    public long BinOf(long time) => Floor(time - MinuteMicros, binMinutes * MinuteMicros);

    /// <summary>English name of the day of the week, UTC.</summary>
    public static string WeekdayOf(long time)
    {
        const int thursday = 4; // 1970-01-01
        return ((DayOfWeek)((Floor(time - MinuteMicros, 1440 * MinuteMicros) % 7 + 7 + thursday) % 7)).ToString();
    }

    /// <summary>Lets the minute that ends at <paramref name="time"/> count. Minutes that are left out are unknown; times must not decrease.</summary>
    public void Add(long time, double value)
    {
        long bin = BinOf(time);
        if (bin < _last) return;
        if (bin > _last) Advance(bin);
        _sum += double.Exp2(value);
        _bins[Place(bin)] = (float)Math.Log2(_sum / ++_count);
    }

    /// <summary>What is usual in the <paramref name="length"/> bins up to <paramref name="bin"/>, and in the hour before <paramref name="baseBin"/>: the middle of the days like this one.</summary>
    public UsualChange Usual(long bin, long baseBin, int length)
    {
        if (!KnowsDays) return UsualChange.Unknown;
        int[] days = DaysLike(bin);
        double[] changes = new double[days.Length], before = new double[days.Length];
        int known = 0;
        foreach (int day in days)
        {
            double level = MedianBefore(baseBin - day * _perDay), change = MeanUntil(bin - day * _perDay, length) - level;
            if (double.IsNaN(change)) continue;
            (changes[known], before[known]) = (change, level);
            known++;
        }
        return known < 2 ? UsualChange.Unknown : new UsualChange(Median(before.AsSpan(0, known)), Median(changes.AsSpan(0, known)));
    }

    /// <summary>The largest fall and the largest rise from the hour before <paramref name="baseBin"/> to the <paramref name="length"/> bins up to <paramref name="bin"/> that are usual; zero if there is none.</summary>
    public (double Fall, double Rise) UsualRange(long bin, long baseBin, int length)
    {
        (double Fall, double Rise) usual = default;
        if (!KnowsDays) return usual;
        foreach (int shift in (ReadOnlySpan<int>)[0, -_perHour, _perHour])
        {
            usual = Widen(usual, bin + shift, baseBin + shift, length, everyDays: 1);
            usual = Widen(usual, bin + shift, baseBin + shift, length, everyDays: Week);
        }
        return usual;
    }

    /// <summary>The same weekday of the last weeks where two of them are known, else the last seven days.</summary>
    private int[] DaysLike(long bin)
    {
        int known = 0;
        for (int day = Week; day <= Days; day += Week)
            if (!double.IsNaN(ValueAt(bin - day * _perDay))) known++;
        return known >= 2 ? [7, 14, 21, 28] : [1, 2, 3, 4, 5, 6, 7];
    }

    private (double Fall, double Rise) Widen((double Fall, double Rise) usual, long bin, long baseBin, int length, int everyDays)
    {
        const double none = double.PositiveInfinity;
        Span<double> falls = stackalloc double[Week], rises = stackalloc double[Week];
        falls.Fill(none);
        rises.Fill(-none);
        int known = 0;
        for (int day = everyDays; day <= Math.Min(Days, Week * everyDays); day += everyDays)
        {
            double before = MedianBefore(baseBin - day * _perDay);
            (double fall, double rise) = (none, -none);
            for (int early = -_jitter; early <= _jitter; early++)
            {
                double change = MeanUntil(bin - day * _perDay + early, length) - before;
                if (change < fall) fall = change;
                if (change > rise) rise = change;
            }
            if (fall > rise) continue;
            (falls[known], rises[known]) = (fall, rise);
            known++;
        }
        falls.Sort();
        rises.Sort();
        bool isWeekly = everyDays == Week;
        int weekly = known < 3 ? 1 : 2, fallTimes = isWeekly ? weekly : DailyFalls, riseTimes = isWeekly ? weekly : dailyRises;
        return (Math.Min(usual.Fall, falls[fallTimes - 1]), Math.Max(usual.Rise, rises[^riseTimes]));
    }

    private double MeanUntil(long bin, int length)
    {
        if (length == 1) return ValueAt(bin);
        double sum = 0;
        for (int i = 0; i < length; i++) sum += double.Exp2(ValueAt(bin - i));
        return Math.Log2(sum / length);
    }

    private double MedianBefore(long bin)
    {
        Span<double> values = stackalloc double[60];
        int count = 0;
        for (long i = bin - _perHour; i < bin; i++)
        {
            double value = ValueAt(i);
            if (!double.IsNaN(value)) values[count++] = value;
        }
        return count < _perHour / 2 ? double.NaN : Median(values[..count]);
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }

    private double ValueAt(long bin) => bin <= _last && bin > _last - _bins.Length ? _bins[Place(bin)] : double.NaN;

    private void Advance(long bin)
    {
        if (_first == long.MaxValue || bin - _last >= _bins.Length)
        {
            Array.Fill(_bins, float.NaN);
            _first = bin;
        }
        else
        {
            for (long skipped = _last + 1; skipped <= bin; skipped++) _bins[Place(skipped)] = float.NaN;
        }
        (_last, _sum, _count) = (bin, 0, 0);
    }

    private static float[] NewBins(int count)
    {
        float[] bins = new float[count];
        Array.Fill(bins, float.NaN);
        return bins;
    }

    private int Place(long bin) => (int)((bin % _bins.Length + _bins.Length) % _bins.Length);

    /// <summary>Event time may lie before 1970.</summary>
    private static long Floor(long value, long unit) => (value - (value % unit + unit) % unit) / unit;
}

/// <summary>What is usual at a time.</summary>
/// <param name="Before">The measure, log2, in the hour before; NaN if unknown.</param>
/// <param name="Change">What is added to it by then.</param>
internal readonly record struct UsualChange(double Before, double Change)
{
    public static UsualChange Unknown => new(double.NaN, 0);

    public bool IsKnown => !double.IsNaN(Before);
}
