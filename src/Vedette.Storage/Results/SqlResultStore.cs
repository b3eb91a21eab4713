using System.Data.Common;
using System.Globalization;
using Vedette.Storage.Events;
using Vedette.Storage.Sql;

namespace Vedette.Storage.Results;

/// <summary>Results in a relational database.</summary>
/// <param name="database">Where.</param>
/// <param name="like">The operator that compares text with a pattern and ignores case: <c>LIKE</c> in SQLite, <c>ILIKE</c> in PostgreSQL.</param>
internal sealed partial class SqlResultStore(SqlDatabase database, string like) : IResultStore
{
    private const string LatestVerdict = "(SELECT verdict FROM feedback WHERE feedback.incident = incidents.id ORDER BY feedback.id DESC LIMIT 1)";

    public ValueTask OpenAsync(CancellationToken cancellationToken) => database.OpenAsync(cancellationToken);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    public async ValueTask SaveIncidentsAsync(IReadOnlyList<StoredIncident> incidents, CancellationToken cancellationToken) => await database.WriteAsync(async connection =>
    {
        foreach (StoredIncident incident in incidents)
        {
            await connection.ExecuteAsync("""
                INSERT INTO incidents (id, type, level, risk, actor_kind, actor_value, endpoint, first_seen, last_seen, detected_at, part_of, searched, json)
                VALUES (@id, @type, @level, @risk, @kind, @actor, @endpoint, @first, @last, @detected, @part, @searched, @json)
                ON CONFLICT (id) DO UPDATE SET type = excluded.type, level = excluded.level, risk = excluded.risk, actor_kind = excluded.actor_kind, actor_value = excluded.actor_value,
                  endpoint = excluded.endpoint, first_seen = excluded.first_seen, last_seen = excluded.last_seen, detected_at = excluded.detected_at, part_of = excluded.part_of, searched = excluded.searched, json = excluded.json
                """, cancellationToken,
                ("id", incident.Id), ("type", incident.Type), ("level", incident.Level), ("risk", incident.Risk), ("kind", incident.ActorKind), ("actor", incident.ActorValue), ("endpoint", incident.Endpoint),
                ("first", incident.FirstSeen), ("last", incident.LastSeen), ("detected", incident.DetectedAt), ("part", incident.PartOf), ("searched", incident.SearchedText()), ("json", incident.Json));
        }
        return incidents.Count;
    }, cancellationToken);

    public ValueTask<StoredIncident?> FindIncidentAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(async connection =>
        (await connection.ListAsync($"SELECT {IncidentColumns} FROM incidents WHERE id = @id", ReadIncident, cancellationToken, ("id", id))).FirstOrDefault(), cancellationToken);

    public ValueTask<Page<StoredIncident>> QueryIncidentsAsync(IncidentQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        var conditions = new SqlConditions();
        conditions.Add("part_of IS NULL");
        conditions.Add("last_seen >= @", query.From);
        conditions.Add("first_seen < @", query.To);
        conditions.Add("type = @", query.Type);
        conditions.Add("level = @", query.Level);
        conditions.Add("risk >= @", query.MinRisk);
        conditions.Add("actor_value = @", query.ActorValue);
        conditions.Add("endpoint = @", query.Endpoint);
        conditions.Add($"COALESCE({LatestVerdict}, 'none') = @", query.Verdict);
        conditions.Add($"searched {like} @ ESCAPE '\\'", query.Text is { Length: > 0 } text ? LikePattern.Containing(text) : null);
        if (page.Cursor is { } cursor)
        {
            SqlCursor after = SqlCursor.Parse(cursor);
            conditions.AddAfter("detected_at", "id", after.Time, after.Id);
        }
        return database.ReadAsync(connection => conditions.PageAsync(connection, $"SELECT {IncidentColumns} FROM incidents", "detected_at DESC, id DESC", page, ReadIncident,
            static incident => new SqlCursor(DayNumber.ToMicros(incident.DetectedAt), incident.Id), cancellationToken), cancellationToken);
    }

    public async ValueTask SaveProfilesAsync(IReadOnlyList<StoredProfile> profiles, CancellationToken cancellationToken) => await database.WriteAsync(async connection =>
    {
        foreach (StoredProfile profile in profiles)
        {
            await connection.ExecuteAsync("""
                INSERT INTO profiles (kind, value, first_seen, last_seen, json) VALUES (@kind, @value, @first, @last, @json)
                ON CONFLICT (kind, value) DO UPDATE SET first_seen = excluded.first_seen, last_seen = excluded.last_seen, json = excluded.json
                """, cancellationToken, ("kind", profile.Kind), ("value", profile.Value), ("first", profile.FirstSeen), ("last", profile.LastSeen), ("json", profile.Json));
        }
        return profiles.Count;
    }, cancellationToken);

    public ValueTask<StoredProfile?> FindProfileAsync(string kind, string value, CancellationToken cancellationToken) => database.ReadAsync(async connection =>
        (await connection.ListAsync("SELECT kind, value, first_seen, last_seen, json FROM profiles WHERE kind = @kind AND value = @value",
            static row => new StoredProfile(row.GetString(0), row.GetString(1), row.Time(2), row.Time(3), row.GetString(4)), cancellationToken, ("kind", kind), ("value", value))).FirstOrDefault(), cancellationToken);

    public ValueTask<long> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync<long>(async connection =>
        await connection.ExecuteAsync("DELETE FROM anomalies WHERE time < @before", cancellationToken, ("before", before))
        + await connection.ExecuteAsync("DELETE FROM incidents WHERE last_seen < @before", cancellationToken, ("before", before))
        + await connection.ExecuteAsync("DELETE FROM profiles WHERE last_seen < @before", cancellationToken, ("before", before)), cancellationToken);

    public ValueTask<ResultCounts> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => database.ReadAsync(async connection => new ResultCounts(
        await CountsAsync(connection, "SELECT priority, count(*) FROM anomalies WHERE time >= @from AND time < @to GROUP BY priority", from, to, cancellationToken),
        await CountsAsync(connection, """
            SELECT endpoint, count(*) FROM anomalies WHERE time >= @from AND time < @to AND endpoint IS NOT NULL GROUP BY endpoint ORDER BY count(*) DESC, endpoint LIMIT 100
            """, from, to, cancellationToken),
        await CountsAsync(connection, "SELECT type, count(*) FROM incidents WHERE part_of IS NULL AND last_seen >= @from AND first_seen < @to GROUP BY type", from, to, cancellationToken),
        await CountsAsync(connection, "SELECT level, count(*) FROM incidents WHERE part_of IS NULL AND last_seen >= @from AND first_seen < @to GROUP BY level", from, to, cancellationToken)), cancellationToken);

    private const string IncidentColumns = "id, type, level, risk, actor_kind, actor_value, endpoint, first_seen, last_seen, detected_at, part_of, json";

    private static StoredIncident ReadIncident(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Type = row.GetString(1),
        Level = row.GetString(2),
        Risk = row.Int32(3),
        ActorKind = row.GetString(4),
        ActorValue = row.GetString(5),
        Endpoint = row.Text(6),
        FirstSeen = row.Time(7),
        LastSeen = row.Time(8),
        DetectedAt = row.Time(9),
        PartOf = row.Text(10),
        Json = row.GetString(11),
    };

    private static async ValueTask<IReadOnlyDictionary<string, long>> CountsAsync(DbConnection connection, string sql, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (await connection.ListAsync(sql, static row => (Name: row.GetString(0), Count: Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture)), cancellationToken, ("from", from), ("to", to)))
        .ToDictionary(static row => row.Name, static row => row.Count);
}
