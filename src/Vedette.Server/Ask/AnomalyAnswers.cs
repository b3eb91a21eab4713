using Vedette.Storage;
using Vedette.Storage.Results;

namespace Vedette.Server.Ask;

/// <summary>Answers about minutes of callers that were judged unusual.</summary>
internal sealed class AnomalyAnswers(IResultStore results)
{
    private const int MaxRead = 50_000;
    private const int PageSize = 1000;

    public async ValueTask<AnswerTable> RunAsync(Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        bool all = filter.Has("measure") || filter.Has("by") || filter.Has("sort");
        int limit = QuestionRunner.Limit(filter);
        List<StoredAnomaly> found = await ReadAsync(results, filter, range, all ? MaxRead : limit, cancellationToken);
        if (filter["by"] is "endpoint" or "caller" or "type")
        {
            bool byEndpoint = filter["by"] == "endpoint";
            return new AnswerTable([byEndpoint ? new("endpoint", "Endpoint", "endpoint") : new("actor", "Who", "text"), new("anomalies", "Anomalies", "number"), new("max_risk", "Highest risk", "number")],
                [.. found.GroupBy(anomaly => byEndpoint ? anomaly.Endpoint : anomaly.ActorValue).OrderByDescending(static group => group.Count()).Take(limit)
                    .Select(static group => (IReadOnlyList<object?>)[group.Key, group.Count(), group.Max(static anomaly => anomaly.Risk)])]);
        }
        if (filter["measure"] == "count") return AnswerTable.Single("anomalies", "Anomalies", "number", found.Count);
        IEnumerable<StoredAnomaly> sorted = filter["sort"] is "risk" ? found.OrderByDescending(static anomaly => anomaly.RiskScore) : found;
        return new AnswerTable(
            [
                new("time", "Time", "time"), new("actor", "Who", "text"), new("endpoint", "Endpoint", "endpoint"), new("risk", "Risk", "number"), new("priority", "Priority", "text"), new("usage_class", "Usage", "text"),
                new("req_count", "Requests", "number"), new("error_rate", "Errors", "percent"), new("avg_response_time", "Mean time", "ms"), new("explanation", "Why", "text"),
            ],
            [.. sorted.Take(limit).Select(static anomaly => (IReadOnlyList<object?>)
                [anomaly.Time, anomaly.ActorValue, anomaly.Endpoint, anomaly.Risk, anomaly.Priority, anomaly.UsageClass, anomaly.ReqCount, anomaly.ErrorRate, anomaly.AvgResponseTime, anomaly.Explanation])]);
    }

    /// <summary>Anomalies that match, newest first.</summary>
    public static async ValueTask<List<StoredAnomaly>> ReadAsync(IResultStore results, Filter filter, AskRange range, int most, CancellationToken cancellationToken)
    {
        var actor = new AddressFilter(filter);
        var query = new AnomalyQuery
        {
            From = range.From,
            To = range.To,
            Endpoint = filter["subject"] == "anomalies" ? filter["endpoint"] : null,
            Priority = filter["priority"],
            UsageClass = filter["usage_class"],
            MinRiskScore = filter.Number("min_risk") / 100,
            ActorValue = actor.Exactly,
        };
        var found = new List<StoredAnomaly>();
        string? cursor = null;
        do
        {
            Page<StoredAnomaly> page = await results.QueryAnomaliesAsync(query, new PageRequest(Math.Min(PageSize, most), cursor), cancellationToken);
            found.AddRange(page.Items.Where(anomaly => actor.Fits(anomaly.ActorValue)));
            cursor = page.NextCursor;
        }
        while (cursor is not null && found.Count < most);
        return found;
    }
}
