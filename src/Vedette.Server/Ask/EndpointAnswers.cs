using Vedette.Engine.Forecasting;
using Vedette.Storage;
using Vedette.Storage.Results;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Ask;

/// <summary>Answers about routes, from the roll-ups.</summary>
internal sealed class EndpointAnswers(Store store, IReadOnlyList<RouteForecast> forecasts)
{
    private const int MaxRoutes = 10_000;

    /// <summary>How far back a route must not have been seen to be new.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    public async ValueTask<AnswerTable> RunAsync(Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        IEnumerable<TrafficTotal> routes = await store.Events.TotalsAsync(new TotalsQuery(range.From, range.To, TotalsBy.Route, MaxRoutes, filter["endpoint"]), cancellationToken);
        Dictionary<string, double> failures = FailureProbabilities();
        if (filter["method"] is { } method) routes = routes.Where(route => route.Method == method);
        if (filter.Number("min_error_rate") is { } rate) routes = routes.Where(route => ErrorRate(route) >= rate);
        if (filter.Number("min_duration_ms") is { } slow) routes = routes.Where(route => route.Counts.MeanMs >= slow);
        if (filter.Number("min_failure_probability") is { } likely) routes = routes.Where(route => failures.GetValueOrDefault(route.Key) >= likely);
        if (filter.Has("is_new")) routes = await OnlyNewAsync(routes, range, cancellationToken);
        if (filter.Has("priority") || filter.Has("usage_class")) routes = await OnlyAnomalousAsync(routes, filter, range, cancellationToken);
        List<TrafficTotal> sorted = [.. Sort(routes, filter["sort"], failures)];
        if (filter["measure"] == "count") return AnswerTable.Single("endpoints", "Endpoints", "number", sorted.Count);
        return new AnswerTable(
            [
                new("endpoint", "Endpoint", "endpoint"), new("method", "Method", "text"), new("requests", "Requests", "number"), new("error_rate", "Errors", "percent"), new("mean_ms", "Mean time", "ms"),
                new("p95_ms", "95%", "ms"), new("response_bytes", "Data sent", "bytes"), new("anomalies", "Anomalies", "number"), new("failure_probability", "Failure", "percent"), new("last_seen", "Last seen", "time"),
            ],
            [.. sorted.Take(QuestionRunner.Limit(filter)).Select(route => (IReadOnlyList<object?>)
                [route.Key, route.Method, route.Counts.Requests, ErrorRate(route), route.Counts.MeanMs, route.Counts.P95Ms, route.Counts.ResponseBytes, route.Counts.Anomalies, failures.TryGetValue(route.Key, out double p) ? p : null, route.LastSeen])]);
    }

    /// <summary>Of each route the highest of its methods, at the furthest horizon; a forecaster that has silenced itself says nothing.</summary>
    private Dictionary<string, double> FailureProbabilities()
    {
        var failures = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (RouteForecast forecast in forecasts)
            if (!forecast.IsSilent && forecast.Probabilities is [.., var furthest]) failures[forecast.Endpoint] = Math.Max(furthest, failures.GetValueOrDefault(forecast.Endpoint));
        return failures;
    }

    private static double ErrorRate(TrafficTotal total) => total.Counts.Requests == 0 ? 0 : (double)(total.Counts.ClientErrors + total.Counts.ServerErrors) / total.Counts.Requests;

    private static IEnumerable<TrafficTotal> Sort(IEnumerable<TrafficTotal> routes, string? sort, IReadOnlyDictionary<string, double> failures) => sort switch
    {
        "latency" => routes.Where(static route => route.Counts.MeanMs is not null).OrderByDescending(static route => route.Counts.MeanMs),
        "errors" => routes.OrderByDescending(static route => route.Counts.ClientErrors + route.Counts.ServerErrors),
        "client_errors" => routes.OrderByDescending(static route => route.Counts.ClientErrors),
        "server_errors" => routes.OrderByDescending(static route => route.Counts.ServerErrors),
        "error_rate" => routes.OrderByDescending(ErrorRate),
        "bytes" => routes.OrderByDescending(static route => route.Counts.ResponseBytes),
        "risk" => routes.OrderByDescending(static route => route.Counts.MaxScore),
        "anomalies" => routes.OrderByDescending(static route => route.Counts.Anomalies),
        "failure_probability" => routes.OrderByDescending(route => failures.GetValueOrDefault(route.Key)),
        _ => routes.OrderByDescending(static route => route.Counts.Requests),
    };

    private async ValueTask<IEnumerable<TrafficTotal>> OnlyNewAsync(IEnumerable<TrafficTotal> routes, AskRange range, CancellationToken cancellationToken)
    {
        IReadOnlyList<TrafficTotal> before = await store.Events.TotalsAsync(new TotalsQuery(range.From - Memory, range.From, TotalsBy.Route, MaxRoutes), cancellationToken);
        var known = before.Select(static route => (route.Method, route.Key)).ToHashSet();
        return routes.Where(route => !known.Contains((route.Method, route.Key)));
    }

    private async ValueTask<IEnumerable<TrafficTotal>> OnlyAnomalousAsync(IEnumerable<TrafficTotal> routes, Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        const int enough = 50_000;
        List<StoredAnomaly> anomalies = await AnomalyAnswers.ReadAsync(store.Results, filter, range, enough, cancellationToken);
        var named = anomalies.Select(static anomaly => anomaly.Endpoint).ToHashSet(StringComparer.Ordinal);
        // Incidents about a route speak for it as well.
        var incidents = new Filter { ["level"] = filter["priority"] };
        if (!filter.Has("usage_class"))
            foreach (StoredIncident incident in await IncidentAnswers.ReadAsync(store.Results, incidents, range, cancellationToken)) named.Add(incident.Endpoint);
        return routes.Where(route => named.Contains(route.Key));
    }
}
