using Vedette.Lab.Apis;

namespace Vedette.Lab.Simulation;

/// <summary>How busy each moment is against the mean of the whole period: a daily curve with two humps and a weekly factor.</summary>
internal sealed class Season
{
    private const double MicrosPerHour = 3.6e9;
    private readonly ApiHabits _habits;
    private readonly double _mean = 1;

    public Season(ApiHabits habits, long startMicros, long endMicros)
    {
        _habits = habits;
        const int Steps = 4096;
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double level = Level(startMicros + (long)((endMicros - startMicros) * ((i + 0.5) / Steps)));
            sum += level;
            Peak = Math.Max(Peak, level);
        }
        _mean = sum / Steps;
        Peak /= _mean;
    }

    /// <summary>The highest level within the period.</summary>
    public double Peak { get; }

    /// <summary>Level at a time; 1 on the average of the period.</summary>
    public double Level(long micros)
    {
        double hours = micros / MicrosPerHour;
        double phase = (hours - _habits.PeakHour) * (Math.PI / 12);
        // 1970-01-01 was a Thursday, so days 2 and 3 of each week since are Saturday and Sunday.
        int day = (int)((long)Math.Floor(hours / 24) % 7);
        double week = day is 2 or 3 ? _habits.WeekendFactor : 1;
        return week * Math.Max(0.03, 1 + _habits.DaySwing * (0.85 * Math.Cos(phase) + 0.15 * Math.Cos(2 * phase + 1))) / _mean;
    }
}
