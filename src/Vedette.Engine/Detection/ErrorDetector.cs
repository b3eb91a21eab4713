using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>A route, or the whole service, that answers with server errors far more often than it does.</summary>
/// <remarks>Beta-binomial tail per minute against the route's own error share; three bad minutes in a row, or two in which most requests fail, so that a deploy's blip passes; and more than usual at this time (<see cref="ErrorSeason"/>).</remarks>
internal sealed class ErrorDetector : IServiceDetector
{
    private const int MinRequests = 10;
    private const double Sureness = 30;
    private const double MinuteThreshold = 1e-3;

    /// <summary>A route that usually fails altogether at a time is told if nothing else does.</summary>
    private const double MostUsual = 0.95;

    /// <summary>Routes whose season is learnt, the first that fail: 32 KB each.</summary>
    private const int MaxSeasons = 64;

    private readonly Dictionary<int, Episode> _episodes = [];
    private readonly Dictionary<int, ErrorSeason> _seasons = [];

    /// <summary>Minutes of quiet routes, added up until there is enough to judge.</summary>
    private readonly Dictionary<int, (long Requests, long Errors)> _pending = [];

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        var alarming = new List<Finding>();
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            if (route == 0 || !TakeEnough(route, minute, out long requests, out long errors)) continue;
            RouteBaseline baseline = tick.Baselines.Learn(route);
            _episodes.TryGetValue(route, out Episode episode);
            double p = BetaBinomial.WithMean(baseline.ErrorShare, Sureness).UpperTail((int)errors, (int)requests);
            double share = (double)errors / requests, normal = baseline.ErrorShare;
            bool isBad = p < MinuteThreshold && errors >= 3;
            if (isBad && SeasonOf(route, tick.Time, normal) is { } season)
            {
                normal = Math.Min(MostUsual, season.Usual(tick.Time, normal));
                p = BetaBinomial.WithMean(normal, Sureness).UpperTail((int)errors, (int)requests);
            }
            if (isBad && p < MinuteThreshold)
            {
                episode.Abnormal(tick.Time, share, errors);
                bool isAlarm = episode.Minutes >= 3 || (episode.Minutes == 2 && episode.Worst > 0.6 && requests >= 50);
                if (isAlarm) alarming.Add(Report(tick, route, share, normal, episode, p));
                // After hours it is how the route is, not an alarm.
                if (episode.Minutes > 360) baseline.LearnErrors(errors, requests);
            }
            else
            {
                episode.Normal();
                if (!isBad) baseline.LearnErrors(errors, requests);
            }
            if (_seasons.TryGetValue(route, out ErrorSeason? known) && isBad) known.Add(tick.Time, share);
            if (episode.Minutes > 0) _episodes[route] = episode;
            else _episodes.Remove(route);
        }
        foreach ((int route, ErrorSeason season) in _seasons) season.Add(tick.Time, tick.Baselines.Route(route).ErrorShare);
        found.AddRange(RouteFindings.Together(alarming, tick));
    }

    private ErrorSeason? SeasonOf(int route, long time, double share)
    {
        if (!_seasons.TryGetValue(route, out ErrorSeason? season) && _seasons.Count < MaxSeasons) _seasons.Add(route, season = new ErrorSeason(time, share));
        return season;
    }

    private bool TakeEnough(int route, RouteMinute minute, out long requests, out long errors)
    {
        _pending.TryGetValue(route, out var pending);
        // Who sends attacks provokes errors; the service fails if it fails others.
        requests = pending.Requests + minute.Requests - minute.SuspectRequests;
        errors = pending.Errors + minute.ServerErrors - minute.SuspectErrors;
        bool isEnough = requests >= MinRequests;
        if (isEnough) _pending.Remove(route);
        else _pending[route] = (requests, errors);
        return isEnough;
    }

    private static Finding Report(ServiceTick tick, int route, double share, double normal, in Episode episode, double p)
    {
        string template = tick.Baselines.Routes[route].Template;
        return RouteFindings.About(tick, route, IncidentType.ErrorSpike, "errors", Math.Pow(p, Math.Min(3, episode.Minutes)), Math.Clamp(episode.Worst * 0.9, 0, 1), episode,
            $"{Phrase.Percent(share)} of the requests to {template} fail with server errors (normally {Phrase.Percent(normal)}), for {Phrase.Span(tick.Time - episode.Since)}; "
            + $"{Phrase.Of(episode.Events, "failure")} so far.",
            [new Driver("server_error_share", Math.Round(share, 4), Math.Round(normal, 4), 1)]);
    }
}
