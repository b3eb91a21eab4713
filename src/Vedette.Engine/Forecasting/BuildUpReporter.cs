using Vedette.Engine.Detection;
using Vedette.Engine.Events;

namespace Vedette.Engine.Forecasting;

/// <summary>Makes one incident of a failure that builds up, whichever and however many routes show it, and says afterwards whether it came.</summary>
/// <remarks>What fails together shows together: a route whose alarm comes while another stands is part of the same build-up. The incident keeps the name of the first until three are concerned.</remarks>
internal sealed class BuildUpReporter(FailureModel model)
{
    private const int ManyRoutes = 3;
    private const int MostMembers = 256;
    private const int RefreshMinutes = 5;

    /// <summary>A failure that came; of slowness under a crowd only what the crowd does not explain counts, as in <see cref="LatencyDetector"/>.</summary>
    private const double OutcomeImpact = 0.8;
    private const double ImpactPerDoubling = 0.2;
    private const long MinuteMicros = 60_000_000;

    private readonly List<int> _members = [];
    private long _since;
    private long _reported;
    private string? _outcome;
    private double _lead;
    private double _outcomeImpact;
    private bool _hasExpired;

    public void Forget() => Close();

    /// <summary>Turns what changed in a minute into findings.</summary>
    public void Report(ServiceTick tick, List<(int Route, ForecastEvent Event)> news, Func<int, RouteForecaster> of, List<Finding> found)
    {
        bool isNew = TakeAlarms(tick, news, of);
        if (_members.Count == 0) return;
        bool isNews = TakeOutcomes(tick, news, of) || isNew;
        bool isOver = _members.TrueForAll(route => of(route).AlarmSince == 0);
        if (isOver && _outcome is null && !_hasExpired) isNews = _hasExpired = true;
        if (isNews || (!isOver && tick.Time - _reported >= RefreshMinutes * MinuteMicros)) found.Add(Describe(tick, of));
        if (isOver) Close();
    }

    private bool TakeAlarms(ServiceTick tick, List<(int Route, ForecastEvent Event)> news, Func<int, RouteForecaster> of)
    {
        int before = _members.Count;
        // The surest first: it names the incident. A route before the service, which only sums them up.
        foreach ((int route, _) in news.Where(static n => n.Event == ForecastEvent.Raised).OrderBy(static n => n.Route == ServiceForecaster.Service)
            .ThenByDescending(n => of(n.Route).Probabilities[^1]).ThenBy(static n => n.Route))
        {
            if (_members.Count < MostMembers && !_members.Contains(route)) _members.Add(route);
        }
        if (before == 0 && _members.Count > 0) _since = tick.Time;
        return _members.Count > before;
    }

    private bool TakeOutcomes(ServiceTick tick, List<(int Route, ForecastEvent Event)> news, Func<int, RouteForecaster> of)
    {
        foreach ((int route, ForecastEvent happened) in news)
        {
            bool isFailure = happened is ForecastEvent.Fulfilled or ForecastEvent.Failed;
            if (!isFailure || _outcome is not null || !(_members.Contains(route) || _members.Contains(ServiceForecaster.Service))) continue;
            _lead = Math.Max(0, (of(route).FailingSince - _since) / (double)MinuteMicros);
            double? unexplained = of(route).UnexplainedDoublings;
            _outcome = ForecastPhrases.Fulfilled(NameOf(tick, route), _lead, isCrowds: unexplained == 0);
            _outcomeImpact = unexplained is { } doublings ? Math.Min(OutcomeImpact, ImpactPerDoubling * doublings) : OutcomeImpact;
            return true;
        }
        return false;
    }

    private Finding Describe(ServiceTick tick, Func<int, RouteForecaster> of)
    {
        _reported = tick.Time;
        int worst = _members[0];
        foreach (int route in _members)
            if (of(route).AlarmSince != 0 && of(route).Probabilities[^1] > of(worst).Probabilities[^1]) worst = route;
        RouteForecaster forecaster = of(worst);
        double probability = forecaster.Probabilities[^1];
        int routes = _members.Count(static route => route != ServiceForecaster.Service);
        string story = ForecastPhrases.Outlook(NameOf(tick, worst), forecaster);
        if (routes >= ManyRoutes) story = $"{routes} routes at once. {story}";
        if (_outcome is not null) story = _outcome;
        else if (_hasExpired) story = $"{ForecastPhrases.Expired()} {story}";
        Driver[] drivers = ForecastPhrases.Drivers(forecaster, model);
        if (_outcome is not null) drivers = [.. drivers, new Driver("lead_minutes", Math.Round(_lead, 1), 0, 0)];
        return new Finding
        {
            Type = IncidentType.FailurePredicted,
            Detector = "forecast",
            Sequence = tick.Sequence,
            Time = tick.Time,
            Since = _since - MinuteMicros,
            Until = tick.Time,
            Actor = Fingerprint.Combine((ulong)_members[0] + 1, (ulong)IncidentType.FailurePredicted),
            ActorKind = ActorKind.Endpoint,
            ActorName = routes >= ManyRoutes || _members[0] == ServiceForecaster.Service ? "all routes" : NameOf(tick, _members[0]),
            Route = routes >= ManyRoutes ? 0 : _members[0],
            PValue = Math.Clamp(1 - probability, 1e-3, 1),
            Impact = _outcome is not null ? _outcomeImpact : _hasExpired ? -0.4 : Math.Clamp(0.2 + 0.4 * probability, 0, 0.8),
            Events = Math.Max(1, (long)forecaster.Trend.Latest.Requests),
            Explanation = story,
            Drivers = drivers,
        };
    }

    private void Close()
    {
        _members.Clear();
        _outcome = null;
        _hasExpired = false;
        _lead = 0;
    }

    private static string NameOf(ServiceTick tick, int route) => route == ServiceForecaster.Service ? "the service" : tick.Baselines.Routes[route].Template;
}
