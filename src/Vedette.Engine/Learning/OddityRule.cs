namespace Vedette.Engine.Learning;

/// <summary>Why a caller is worth an incident.</summary>
/// <param name="PValue">Chance of its strangest window in ordinary traffic.</param>
/// <param name="Windows">Strange windows in ten minutes.</param>
/// <param name="Impact">How much harm all supervised models see, in [0, 0.5].</param>
internal readonly record struct Oddity(double PValue, int Windows, double Impact);

/// <summary>Decides when strange windows are worth an incident though no detector has a name for what is done.</summary>
/// <remarks>
/// Three of a caller's windows within ten minutes must reach the consensus threshold, be stranger than one in a hundred ordinary ones of late, and look like an attack to each of the supervised models, if there are any: a habit that models do not know, such as a console that polls, divides them. Where
/// more callers than the budget of alarms allows would be raised in a day, the bar is lifted: the next must be stranger than those before. Bounded: the callers with a strange window in the last ten minutes.
/// </remarks>
internal sealed class OddityRule(double alertsPerDay, double threshold)
{
    private const double Strange = 0.01;
    private const int MinWindows = 3;
    private const int MinRequests = 20;
    private const int MaxCallers = 8192;
    private const long MemoryMicros = 10L * 60 * 1_000_000;
    private const double MicrosPerDay = 86_400e6;

    /// <summary>Raises beyond the budget of a day that are needed to lift the bar all the way: most raises are no false alarms.</summary>
    private const double Patience = 20;

    private readonly Dictionary<ulong, Streak> _streaks = [];
    private double _raisedPerDay;
    private long _time;

    /// <summary>The consensus score that counts as strange now.</summary>
    public double Bar => threshold + (1 - threshold) * 0.5 * Math.Clamp((_raisedPerDay - alertsPerDay) / (Patience * alertsPerDay), 0, 1);

    public Oddity? Judge(in WindowMeta window, WindowScorer scorer, WindowScores scores, int index)
    {
        Forget(window.Time);
        float score = scores.Anomaly(index);
        if (score < Bar || window.IsExcused || window.Events < MinRequests) return null;
        double p = scorer.PValue(score);
        float consent = scorer.Consent(scores, index);
        if (p >= Strange || consent < 0.5) return null;
        if (!_streaks.TryGetValue(window.Key, out Streak streak) && _streaks.Count >= MaxCallers) return null;
        if (window.Time - streak.Last > MemoryMicros) streak = new Streak(0, 0, 1, 0);
        streak = new Streak(window.Time, streak.Windows + 1, Math.Min(p, streak.PValue), streak.Consent + (float.IsNaN(consent) ? 0.5f : consent));
        _streaks[window.Key] = streak;
        if (streak.Windows < MinWindows) return null;
        _streaks.Remove(window.Key);
        _raisedPerDay++;
        return new Oddity(streak.PValue, streak.Windows, Math.Max(0, streak.Consent / streak.Windows - 0.5));
    }

    /// <summary>Once a tick: raises count for about a day, strange windows for ten minutes.</summary>
    private void Forget(long time)
    {
        if (time == _time) return;
        if (_time > 0) _raisedPerDay *= Math.Exp(-Math.Max(0, time - _time) / MicrosPerDay);
        _time = time;
        foreach ((ulong key, Streak streak) in _streaks)
            if (time - streak.Last > MemoryMicros) _streaks.Remove(key);
    }

    private readonly record struct Streak(long Last, int Windows, double PValue, float Consent);
}
