using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>A route that answers far more slowly than it does.</summary>
/// <remarks>
/// Median and 95% quantile of each minute on a log scale against a robust level of the same route; at least twice as slow, six spreads away, by more slow requests than usual and not only by a larger share of them
/// (<see cref="SlowRequests"/>), three minutes in a row, so that a deploy passes; and that much slower than the route usually becomes at this time of the day or of the week (<see cref="Season"/>). While a route is slow its level does not follow, until hours have made it the rule. Slower in step with a crowd is what a
/// crowd does: twice the load may take twice the time.
/// </remarks>
internal sealed class LatencyDetector : IServiceDetector
{
    private const int MinRequests = 10;
    private const int MinMinutes = 15;
    private const int ManyCallers = 3;

    /// <summary>From this share of the server's time on, callers about whom something is raised are the likely cause.</summary>
    private const double BlamedShare = 0.3;

    /// <summary>A fifth of a doubling: minutes differ that much by chance.</summary>
    private const double MinSpread = 0.2;
    private const double Spreads = 6;

    /// <summary>Doublings of the service's requests beyond their level, half as many again, from which on the load explains as many doublings of the time.</summary>
    private const double CrowdDoublings = 0.6;

    /// <summary>Below zero: what the incident about the cause tells need not be told twice.</summary>
    private const double CausedImpact = -0.2;

    /// <summary>Share of callers that must wait for the route to be slow for callers at large: of many, a few always wait twice as long as half of them do.</summary>
    private const double MinSlowShare = 0.2;

    /// <summary>Share of the usual number of fast requests that is left at most where half of them have become slow.</summary>
    private const double MostFast = 0.8;

    /// <summary>A minute that was slow speaks for the two that follow.</summary>
    private const long SlowMicros = 120_000_000;

    /// <summary>The usual load follows within half an hour, but not while a route is slow: a crowd must not become the load that it is measured by. After two hours it does.</summary>
    private const double LoadHalfLifeMinutes = 30;
    private const double MinLoadSpread = 0.15;
    private const int MostSlowMinutes = 120;

    /// <summary>Routes whose season is learnt, the first that are used: 11 KB each.</summary>
    private const int MaxSeasons = 256;
    private const int SeasonBinMinutes = 15;

    /// <summary>Days of a week on which a route must have become slow at a time before that is usual.</summary>
    private const int SlowDays = 3;

    private readonly Dictionary<int, Episode> _episodes = [];
    private RobustLevel _usualLoad;
    private int _slowMinutes;

    /// <summary>Season of a route's median, log2, and the time from which on it has been slow without a break.</summary>
    private readonly Dictionary<int, (Season Season, long SlowSince)> _seasons = [];

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        var alarming = new List<Finding>();
        double load = LoadDoublings(tick);
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            if (route == 0 || minute.Durations.Total < MinRequests) continue;
            RouteBaseline baseline = tick.Baselines.Learn(route);
            _episodes.TryGetValue(route, out Episode episode);
            double median = Math.Log2(minute.Durations.Quantile(0.5));
            double tail = Math.Log2(minute.Durations.Quantile(0.95));
            var requests = SlowRequests.Of(minute, baseline);
            double slower = AreSlower(requests, baseline.UsualRequests, load) ? Slower(baseline.LogLatency, median, 1) : 0;
            bool isTail = minute.Durations.Total >= 3 * MinRequests && SlowRequests.IsMore(requests.VerySlow, baseline.UsualRequests.VerySlow);
            double tailSlower = isTail ? Slower(baseline.LogTailLatency, tail, 1.6) : 0;
            bool isSlow = Math.Max(slower, tailSlower) > 0;
            if (isSlow && minute.SlowCallers >= Math.Max(ManyCallers, MinSlowShare * minute.TimedCallers)) baseline.SlowUntil = tick.Time + SlowMicros;
            double usual = LearnSeason(route, tick.Time, median, isSlow);
            if (usual > 0)
            {
                slower = slower > 0 ? Slower(baseline.LogLatency, median - usual, 1) : 0;
                tailSlower = tailSlower > 0 ? Slower(baseline.LogTailLatency, tail - usual, 1.6) : 0;
                isSlow = Math.Max(slower, tailSlower) > 0;
            }
            if (isSlow && IsShared(minute))
            {
                episode.Abnormal(tick.Time, Math.Max(slower, tailSlower), minute.Requests);
                if (episode.Minutes >= 3) alarming.Add(Report(tick, route, baseline, episode, slower, tailSlower, usual, minute, load));
                if (episode.Minutes > 360) episode = default;
            }
            else
            {
                episode.Normal();
            }
            if (episode.Minutes == 0 && isSlow)
            {
                _episodes.Remove(route);
            }
            else if (episode.Minutes == 0)
            {
                baseline.LearnTimes(median, tail, requests);
                _episodes.Remove(route);
            }
            else
            {
                _episodes[route] = episode;
            }
        }
        _slowMinutes = _episodes.Count > 0 ? _slowMinutes + 1 : 0;
        if (_slowMinutes is 0 or > MostSlowMinutes) _usualLoad.Add(Math.Log2(tick.Service.Requests + 1), LoadHalfLifeMinutes, MinLoadSpread);
        found.AddRange(RouteFindings.Together(alarming, tick));
    }

    /// <summary>Doublings by which the route usually becomes slower at this time, if it is slow now; else 0.</summary>
    private double LearnSeason(int route, long time, double median, bool isSlow)
    {
        if (!_seasons.TryGetValue(route, out (Season Season, long SlowSince) known))
        {
            if (_seasons.Count >= MaxSeasons) return 0;
            known = (new Season(SeasonBinMinutes, SlowDays), 0);
        }
        known.SlowSince = !isSlow ? 0 : known.SlowSince == 0 ? time : known.SlowSince;
        known.Season.Add(time, median);
        _seasons[route] = known;
        return isSlow ? known.Season.UsualRange(known.Season.BinOf(time), known.Season.BinOf(known.SlowSince), 1).Rise : 0;
    }

    /// <summary>True if several callers find the route slow, or all of the few that are there: slow requests of one caller are that caller's matter.</summary>
    private static bool IsShared(RouteMinute minute) => minute.SlowCallers > 0 && minute.SlowCallers >= Math.Min(ManyCallers, minute.TimedCallers);

    /// <summary>True if more requests are slow and fewer fast than usual: other fast ones alone, or other slow ones, say nothing about how long anything takes. A crowd is to bring fast ones as well.</summary>
    private static bool AreSlower(in SlowRequests now, in SlowRequests usual, double load) =>
        SlowRequests.IsMore(now.Slow, usual.Slow) && now.Fast <= MostFast * usual.Fast * double.Exp2(load);

    /// <summary>Doublings above the level if that is abnormal, else 0.</summary>
    private static double Slower(in RobustLevel level, double value, double minDoublings) =>
        level.Count >= MinMinutes && value - level.Level >= minDoublings && level.Deviation(value, MinSpread) >= Spreads ? value - level.Level : 0;

    /// <summary>Doublings of the service's requests beyond their level where that is a crowd, else 0.</summary>
    private double LoadDoublings(ServiceTick tick)
    {
        double doublings = Math.Log2(tick.Service.Requests + 1) - _usualLoad.Level;
        return _usualLoad.Count >= MinMinutes && doublings >= CrowdDoublings ? doublings : 0;
    }

    private static Finding Report(ServiceTick tick, int route, RouteBaseline baseline, in Episode episode, double slower, double tailSlower, double usual, RouteMinute minute, double load)
    {
        bool isMedian = slower > 0;
        double now = minute.Durations.Quantile(isMedian ? 0.5 : 0.95) / 1000;
        double normal = Math.Pow(2, isMedian ? baseline.LogLatency.Level : baseline.LogTailLatency.Level) / 1000;
        double doublings = Math.Max(slower, tailSlower);
        double deviation = isMedian ? baseline.LogLatency.Deviation(Math.Log2(now * 1000), MinSpread) : baseline.LogTailLatency.Deviation(Math.Log2(now * 1000), MinSpread);
        double blamed = tick.Service.SuspectMicros / Math.Max(1.0, tick.Service.ChargedMicros);
        bool isCaused = blamed >= BlamedShare;
        string cause = isCaused ? $" Callers about whom other incidents are raised take {Phrase.Percent(blamed)} of the server's time: most likely they are the cause." : "";
        if (load > 0) cause += $" There are {Phrase.Count(Math.Pow(2, load))} times as many requests as before.";
        if (usual >= 0.5) cause += $" At this time it usually becomes {Phrase.Count(Math.Pow(2, usual))} times slower.";
        double impact = isCaused ? CausedImpact : Math.Clamp((doublings - load - 1) * 0.2, 0, 1);
        return RouteFindings.About(tick, route, IncidentType.LatencySpike, "latency", Gaussian.UpperTail(Math.Min(10, deviation / 2)), impact, episode,
            $"{tick.Baselines.Routes[route].Template} answers {Phrase.Count(now / normal)} times more slowly than normal: {(isMedian ? "half of" : "one in twenty of")} the requests take "
            + $"{Phrase.Millis(now)} or longer (normally {Phrase.Millis(normal)}), for {Phrase.Span(tick.Time - episode.Since)}.{cause}",
            [new Driver(isMedian ? "latency_p50_ms" : "latency_p95_ms", Math.Round(now, 1), Math.Round(normal, 1), 1)]);
    }
}
