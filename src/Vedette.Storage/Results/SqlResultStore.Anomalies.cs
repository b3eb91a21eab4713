using System.Data.Common;
using System.Globalization;
using Vedette.Storage.Events;
using Vedette.Storage.Sql;

namespace Vedette.Storage.Results;

/// <content>Anomalies.</content>
internal sealed partial class SqlResultStore
{
    private const string AnomalyColumns = """
        time, actor_kind, actor_value, endpoint, anomaly_score, failure_probability, bot_probability, risk_score, priority, risk, usage_class, req_count, error_rate, avg_response_time, max_response_time,
        payload_mean, unique_endpoints, repeat_rate, status_entropy, votes, explanation
        """;

    public async ValueTask AppendAnomaliesAsync(IReadOnlyList<StoredAnomaly> anomalies, CancellationToken cancellationToken) => await database.WriteAsync(async connection =>
    {
        foreach (StoredAnomaly a in anomalies)
        {
            await connection.ExecuteAsync($"""
                INSERT INTO anomalies ({AnomalyColumns}) VALUES (@time, @kind, @actor, @endpoint, @score, @failure, @bot, @riskScore, @priority, @risk, @usage, @requests, @errors, @average, @longest,
                  @payload, @endpoints, @repeats, @entropy, @votes, @explanation)
                """, cancellationToken,
                ("time", a.Time), ("kind", a.ActorKind), ("actor", a.ActorValue), ("endpoint", a.Endpoint), ("score", a.AnomalyScore), ("failure", a.FailureProbability), ("bot", a.BotProbability),
                ("riskScore", a.RiskScore), ("priority", a.Priority), ("risk", a.Risk), ("usage", a.UsageClass), ("requests", a.ReqCount), ("errors", a.ErrorRate), ("average", a.AvgResponseTime),
                ("longest", a.MaxResponseTime), ("payload", a.PayloadMean), ("endpoints", a.UniqueEndpoints), ("repeats", a.RepeatRate), ("entropy", a.StatusEntropy), ("votes", a.VotesJson),
                ("explanation", a.Explanation));
        }
        return anomalies.Count;
    }, cancellationToken);

    public ValueTask<Page<StoredAnomaly>> QueryAnomaliesAsync(AnomalyQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        var conditions = new SqlConditions();
        conditions.Add("time >= @", query.From);
        conditions.Add("time < @", query.To);
        conditions.Add("endpoint = @", query.Endpoint);
        conditions.Add("actor_value = @", query.ActorValue);
        conditions.Add("priority = @", query.Priority);
        conditions.Add("usage_class = @", query.UsageClass);
        conditions.Add("risk_score >= @", query.MinRiskScore);
        if (page.Cursor is { } cursor)
        {
            SqlCursor after = SqlCursor.Parse(cursor);
            conditions.AddAfter("time", "id", after.Time, after.Number());
        }
        return database.ReadAsync(connection => conditions.PageAsync(connection, $"SELECT {AnomalyColumns}, id FROM anomalies", "time DESC, id DESC", page, ReadAnomaly,
            static anomaly => new SqlCursor(DayNumber.ToMicros(anomaly.Time), anomaly.Id), cancellationToken), cancellationToken);
    }

    private static StoredAnomaly ReadAnomaly(DbDataReader row) => new()
    {
        Time = row.Time(0),
        ActorKind = row.GetString(1),
        ActorValue = row.GetString(2),
        Endpoint = row.Text(3),
        AnomalyScore = row.GetDouble(4),
        FailureProbability = row.GetDouble(5),
        BotProbability = row.GetDouble(6),
        RiskScore = row.GetDouble(7),
        Priority = row.GetString(8),
        Risk = row.Int32(9),
        UsageClass = row.Text(10),
        ReqCount = row.GetDouble(11),
        ErrorRate = row.GetDouble(12),
        AvgResponseTime = row.GetDouble(13),
        MaxResponseTime = row.GetDouble(14),
        PayloadMean = row.GetDouble(15),
        UniqueEndpoints = row.GetDouble(16),
        RepeatRate = row.GetDouble(17),
        StatusEntropy = row.GetDouble(18),
        VotesJson = row.GetString(19),
        Explanation = row.GetString(20),
        Id = row.GetInt64(21).ToString(CultureInfo.InvariantCulture),
    };
}
