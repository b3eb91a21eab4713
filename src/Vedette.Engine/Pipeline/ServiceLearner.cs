using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Risk;

namespace Vedette.Engine.Pipeline;

/// <summary>Merges what the shards hand over at a tick, and brings the baselines up to date. Runs between ticks, alone.</summary>
internal sealed class ServiceLearner(Baselines baselines, AlertBudget budget)
{
    /// <summary>After a day a minute's callers count half.</summary>
    private const float KeepPerTick = 0.99952f;

    private const double WindowTicks = 10;

    /// <summary>A mean life of half an hour.</summary>
    private const double KeepInsistent = 0.967;
    private const int EntropyEvery = 10;

    /// <summary>A week: what parameters take changes with releases, not with the hour.</summary>
    private const int ParameterDecayTicks = 7 * 1440;

    private const int ObjectDecayMinutes = 60;

    /// <summary>A minute's weight in what was so in the last five or so.</summary>
    private const double RecentRate = 0.2;

    /// <summary>The same half-life for what is decayed once an hour.</summary>
    private const float KeepPerObjectDecay = 0.9716f;

    /// <summary>As sure as after this many: before any data three in ten who take several items do little else.</summary>
    private const double PriorTakers = 10;

    private readonly List<RouteMinute> _merged = [];
    private double _takers;
    private double _collectors;
    private readonly RouteMinute _service = new();
    private readonly List<int> _used = [];

    /// <summary>False alarms accepted a day, from the next tick on.</summary>
    public void Reconfigure(double alertsPerDay) => budget.AlertsPerDay = alertsPerDay;

    /// <summary>The minute that ends at <paramref name="time"/>, over all shards.</summary>
    public ServiceTick Merge(IReadOnlyList<Shard> shards, long time, long sequence)
    {
        _used.Clear();
        foreach (Shard shard in shards) _used.AddRange(shard.Tick.UsedRoutes);
        _used.Sort();
        _service.Clear();
        var routes = new List<KeyValuePair<int, RouteMinute>>();
        foreach (int route in _used)
        {
            if (routes.Count > 0 && routes[^1].Key == route) continue;
            while (_merged.Count <= route) _merged.Add(new RouteMinute());
            RouteMinute minute = _merged[route];
            minute.Clear();
            foreach (Shard shard in shards) shard.Tick.AddMinute(route, minute);
            _service.Add(minute);
            routes.Add(new KeyValuePair<int, RouteMinute>(route, minute));
        }
        return new ServiceTick { Time = time, Sequence = sequence, Baselines = baselines, Routes = routes, Service = _service, Convictions = [.. shards.SelectMany(static s => s.Tick.Convictions)], Callers = [.. shards.Select(static s => s.Callers)] };
    }

    /// <summary>Lets the minute count for the baselines.</summary>
    public void Learn(ServiceTick tick, IReadOnlyList<Shard> shards)
    {
        foreach ((int route, RouteMinute minute) in tick.Routes) LearnRoute(baselines.Learn(route), minute);
        foreach (Conviction conviction in tick.Convictions) TakeBack(conviction);
        Decay();
        (long Requests, long Assets) browsers = default, principals = default;
        var paid = new HashSet<ulong>();
        foreach (Shard shard in shards)
        {
            ShardTick part = shard.Tick;
            baselines.Parameters.Add(part.Parameters, paid);
            baselines.AddressRequests.Add(part.AddressRequests);
            baselines.PrincipalRequests.Add(part.PrincipalRequests);
            baselines.Bursts.Add(part.Bursts);
            baselines.EpisodeKibibytes.Add(part.EpisodeKibibytes);
            baselines.ServerMillis.Add(part.ServerMillis);
            baselines.BlindNotFound.Add(part.BlindNotFound);
            baselines.Invalid.Add(part.Invalid);
            baselines.Missing.Add(part.Missing);
            baselines.BlindPerCaller.Add(part.BlindPerCaller);
            baselines.InvalidPerCaller.Add(part.InvalidPerCaller);
            baselines.Transitions.Learn(part.Transitions);
            baselines.Browsers.Add(part.LastingBrowsers, part.BareBrowsers);
            baselines.PrincipalBrowsers.Add(part.LastingPrincipals, part.BarePrincipals);
            browsers = (browsers.Requests + part.BrowserRequests, browsers.Assets + part.BrowserAssets);
            principals = (principals.Requests + part.BrowserRequestsByPrincipal, principals.Assets + part.BrowserAssetsByPrincipal);
            part.Clear();
        }
        baselines.BlindNotFound.Update(KeepPerTick);
        baselines.Invalid.Update(KeepPerTick);
        baselines.Missing.Update(KeepPerTick);
        // A moving average that begins as the mean of the first minutes, drawn toward none.
        double rate = Math.Max(0.02, 1.0 / (baselines.ActiveMinutes + 5));
        if (browsers.Requests > 0) baselines.BrowserAssetShare += rate * ((double)browsers.Assets / browsers.Requests - baselines.BrowserAssetShare);
        if (browsers.Requests > 0) baselines.RecentAssetShare += Math.Max(RecentRate, rate) * ((double)browsers.Assets / browsers.Requests - baselines.RecentAssetShare);
        if (principals.Requests > 0) baselines.PrincipalAssetShare += rate * ((double)principals.Assets / principals.Requests - baselines.PrincipalAssetShare);
        LearnService(tick);
        baselines.Tick++;
        baselines.Time = tick.Time;
        if (baselines.Tick % EntropyEvery == 0) baselines.Transitions.Refresh();
        if (baselines.Tick % ParameterDecayTicks == 0) baselines.Parameters.Decay();
        budget.Update(baselines, tick.Service.NewCallers);
    }

    private static void LearnRoute(RouteBaseline baseline, RouteMinute minute)
    {
        baseline.LearnRequests(minute.Requests, minute.Returns);
        baseline.LearnUsual(minute.ChargedMicros - minute.SuspectMicros, minute.Durations.Total - minute.SuspectRequests);
        baseline.ActiveMinutes++;
        baseline.Callers.Add(minute.Comers);
        baseline.Insistent = KeepInsistent * baseline.Insistent + minute.Insistent;
        baseline.PayloadCallers += minute.PayloadCallers;
        baseline.Browsers.Add(minute.Lasting, minute.Bare);
        baseline.LoginRedirects += minute.LoginRedirects;
        baseline.LoginOk += minute.LoginOk;
        baseline.LoginRefusals += minute.LoginRefusals;
        baseline.ObjectsPerCaller.Add(minute.ObjectsPerCaller);
        baseline.RequestsPerCaller.Add(minute.RequestsPerCaller);
        baseline.Manner.Add(minute.Mannered, minute.Ordered, minute.Hasty);
        if (baseline.ActiveMinutes % ObjectDecayMinutes == 0)
        {
            baseline.ObjectsPerCaller.Decay(KeepPerObjectDecay);
            baseline.RequestsPerCaller.Decay(KeepPerObjectDecay);
            baseline.Browsers.Decay(KeepPerObjectDecay);
            baseline.Manner.Decay(KeepPerObjectDecay);
        }
        if (minute.LoginAttempts == 0) return;
        baseline.LoginFailures.Add(minute.LoginFailureShares);
        baseline.LoginFailures.Update(KeepPerTick);
    }

    private void TakeBack(in Conviction conviction)
    {
        if (conviction.Learnt > 0) baselines.Learn(conviction.Route).ObjectsPerCaller.Add(conviction.Learnt, -1);
        if (conviction.Items >= DistributedCollectionDetector.MinItems) _takers = Math.Max(0, _takers - 1);
        if (conviction.IsCollector) _collectors = Math.Max(0, _collectors - 1);
    }

    private void Decay()
    {
        baselines.AddressRequests.Decay(KeepPerTick);
        baselines.PrincipalRequests.Decay(KeepPerTick);
        baselines.Bursts.Decay(KeepPerTick);
        baselines.EpisodeKibibytes.Decay(KeepPerTick);
        baselines.ServerMillis.Decay(KeepPerTick);
        if (baselines.Tick % ObjectDecayMinutes != 0) return;
        baselines.BlindPerCaller.Decay(KeepPerObjectDecay);
        baselines.InvalidPerCaller.Decay(KeepPerObjectDecay);
        baselines.Browsers.Decay(KeepPerObjectDecay);
        baselines.PrincipalBrowsers.Decay(KeepPerObjectDecay);
    }

    private void LearnService(ServiceTick tick)
    {
        RouteMinute service = tick.Service;
        if (service.Requests == 0) return;
        baselines.ActiveMinutes++;
        baselines.Requests += service.Requests;
        baselines.ErrorShare += 0.1 * ((double)service.ServerErrors / service.Requests - baselines.ErrorShare);
        _takers = KeepPerTick * _takers + service.Takers;
        _collectors = KeepPerTick * _collectors + Math.Min(service.Collectors, service.Takers);
        baselines.CollectorShare = (_collectors + 0.3 * PriorTakers) / (_takers + PriorTakers);
        if (service.DataRequests > 0)
        {
            double size = (double)service.DataKibibytes / service.DataRequests;
            baselines.MeanKibibytes = baselines.MeanKibibytes == 0 ? size : baselines.MeanKibibytes + 0.02 * (size - baselines.MeanKibibytes);
        }
        if (service.Durations.Total <= 0) return;
        double mean = service.DurationMicros / 1e6 / service.Durations.Total;
        baselines.MeanSeconds = baselines.MeanSeconds == 0 ? mean : baselines.MeanSeconds + 0.02 * (mean - baselines.MeanSeconds);
        baselines.ServerSecondsPerWindow += service.DurationMicros / 1e6 - baselines.ServerSecondsPerWindow / WindowTicks;
        double seconds = WindowTicks * (service.ChargedMicros - service.SuspectMicros) / 1e6;
        baselines.UsualServerSeconds += Math.Max(1 - KeepPerTick, 1.0 / baselines.ActiveMinutes) * (seconds - baselines.UsualServerSeconds);
    }
}
