using Vedette.Storage;
using Vedette.Storage.Results;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Ask;

/// <summary>Answers about callers: by their traffic, or by the incidents they are behind.</summary>
internal sealed class CallerAnswers(Store store)
{
    private const int MaxCallers = 10_000;

    public ValueTask<AnswerTable> RunAsync(Filter filter, AskRange range, CancellationToken cancellationToken) =>
        filter.Has("type") || filter.Has("priority") || filter["sort"] == "incidents" ? ByIncidentsAsync(filter, range, cancellationToken) : ByTrafficAsync(filter, range, cancellationToken);

    private async ValueTask<AnswerTable> ByIncidentsAsync(Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        var wanted = new Filter { ["type"] = filter["type"], ["level"] = filter["priority"], ["client_ip"] = filter["client_ip"], ["user"] = filter["user"] };
        List<StoredIncident> incidents = await IncidentAnswers.ReadAsync(store.Results, wanted, range, cancellationToken);
        var callers = incidents.Where(incident => filter["kind"] is not { } kind || incident.ActorKind == kind)
            .GroupBy(static incident => (incident.ActorKind, incident.ActorValue))
            .Select(static group => (group.Key, Count: group.Count(), Events: group.Sum(IncidentAnswers.Events), Risk: group.Max(static incident => incident.Risk)))
            .OrderByDescending(caller => filter["sort"] == "incidents" ? caller.Count : caller.Events).ThenBy(static caller => caller.Key.ActorValue, StringComparer.Ordinal).ToList();
        if (filter["measure"] == "count") return AnswerTable.Single("callers", "Callers", "number", callers.Count);
        return new AnswerTable([new("actor", "Who", "text"), new("kind", "Kind", "text"), new("events", "Requests", "number"), new("incidents", "Incidents", "number"), new("max_risk", "Highest risk", "number")],
            [.. callers.Take(QuestionRunner.Limit(filter)).Select(static caller => (IReadOnlyList<object?>)[caller.Key.ActorValue, caller.Key.ActorKind, caller.Events, caller.Count, caller.Risk])]);
    }

    private async ValueTask<AnswerTable> ByTrafficAsync(Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        var actor = new AddressFilter(filter);
        TotalsBy by = filter["kind"] == "user" || filter.Has("user") ? TotalsBy.Principal : TotalsBy.Address;
        IReadOnlyList<TrafficTotal> totals = await store.Events.TotalsAsync(new TotalsQuery(range.From, range.To, by, MaxCallers, actor.Exactly), cancellationToken);
        IEnumerable<TrafficTotal> callers = totals.Where(total => actor.Fits(total.Key));
        if (filter["measure"] == "count") return AnswerTable.Single("callers", "Callers", "number", callers.Count());
        callers = filter["sort"] switch
        {
            "errors" => callers.OrderByDescending(static caller => caller.Counts.ClientErrors + caller.Counts.ServerErrors),
            "client_errors" => callers.OrderByDescending(static caller => caller.Counts.ClientErrors),
            "server_errors" => callers.OrderByDescending(static caller => caller.Counts.ServerErrors),
            "anomalies" or "risk" => callers.OrderByDescending(static caller => caller.Counts.Anomalies),
            "bytes" => callers.OrderByDescending(static caller => caller.Counts.ResponseBytes),
            "latency" => callers.Where(static caller => caller.Counts.MeanMs is not null).OrderByDescending(static caller => caller.Counts.MeanMs),
            _ => callers.OrderByDescending(static caller => caller.Counts.Requests),
        };
        return new AnswerTable(
            [
                new("caller", by == TotalsBy.Address ? "Address" : "User", by == TotalsBy.Address ? "ip" : "text"), new("requests", "Requests", "number"), new("client_errors", "Client errors", "number"),
                new("server_errors", "Server errors", "number"), new("anomalies", "Anomalies", "number"), new("mean_ms", "Mean time", "ms"), new("response_bytes", "Data sent", "bytes"), new("last_seen", "Last seen", "time"),
            ],
            [.. callers.Take(QuestionRunner.Limit(filter)).Select(static caller => (IReadOnlyList<object?>)
                [caller.Key, caller.Counts.Requests, caller.Counts.ClientErrors, caller.Counts.ServerErrors, caller.Counts.Anomalies, caller.Counts.MeanMs, caller.Counts.ResponseBytes, caller.LastSeen])]);
    }
}
