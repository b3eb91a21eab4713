namespace Vedette.Engine.Learning;

/// <summary>Why a caller is worth an incident.</summary>
/// <param name="PValue">Chance of its strangest window in ordinary traffic.</param>
/// <param name="Windows">Strange windows in ten minutes.</param>
/// <param name="Impact">How much harm the supervised models see, in [0, 0.4].</param>
internal readonly record struct Oddity(double PValue, int Windows, double Impact);

/// <summary>Decides when strange windows are worth an incident though no detector has a name for what is done.</summary>
/// <remarks>
/// Three of a caller's windows within ten minutes must be stranger than one in a hundred, and one of them stranger than the budget of alarms allows for as many windows as there are in a day.
/// The supervised models, if there are any, must agree. Bounded: the callers with a strange window in the last ten minutes.
/// </remarks>
internal sealed class OddityRule(double alertsPerDay)
{
    private const double Strange = 0.01;
    private const int MinWindows = 3;
    private const int MinRequests = 20;
    private const int MaxCallers = 8192;
    private const long MemoryMicros = 10L * 60 * 1_000_000;
    private const double MicrosPerDay = 86_400e6;
    private const double LeastWindows = 10_000;

    private readonly Dictionary<ulong, Streak> _streaks = [];
    private double _windowsPerDay;
    private long _time;

    public Oddity? Judge(in WindowMeta window, WindowScorer scorer, WindowScores scores, int index)
    {
        Count(window.Time);
        double p = scorer.PValue(scores.Anomaly(index));
        if (p >= Strange || window.IsExcused) return null;
        if (!_streaks.TryGetValue(window.Key, out Streak streak) && _streaks.Count >= MaxCallers) return null;
        if (window.Time - streak.Last > MemoryMicros) streak = default;
        streak = new Streak(window.Time, streak.Windows + 1, streak.Windows == 0 ? p : Math.Min(p, streak.PValue));
        _streaks[window.Key] = streak;
        if (streak.Windows < MinWindows || streak.PValue > alertsPerDay / Math.Max(LeastWindows, _windowsPerDay)) return null;
        float supervised = scorer.Supervised(scores, index);
        if (supervised < 0.5 || window.Events < MinRequests) return null;
        _streaks.Remove(window.Key);
        return new Oddity(streak.PValue, streak.Windows, float.IsNaN(supervised) ? 0 : 0.8 * (supervised - 0.5));
    }

    /// <summary>Counts windows of about a day, and forgets old streaks once a tick.</summary>
    private void Count(long time)
    {
        if (time != _time)
        {
            if (_time > 0) _windowsPerDay *= Math.Exp(-Math.Max(0, time - _time) / MicrosPerDay);
            _time = time;
            foreach ((ulong key, Streak streak) in _streaks)
                if (time - streak.Last > MemoryMicros) _streaks.Remove(key);
        }
        _windowsPerDay++;
    }

    private readonly record struct Streak(long Last, int Windows, double PValue);
}
