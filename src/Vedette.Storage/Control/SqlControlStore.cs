using System.Data.Common;
using Vedette.Storage.Sql;

namespace Vedette.Storage.Control;

/// <summary>Control records in a relational database.</summary>
internal sealed class SqlControlStore(SqlDatabase database, TimeProvider time) : IControlStore
{
    public ValueTask OpenAsync(CancellationToken cancellationToken) => database.OpenAsync(cancellationToken);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    public ValueTask<IReadOnlyList<KeyRecord>> KeysAsync(CancellationToken cancellationToken) => database.ReadAsync(connection => connection.ListAsync(
        "SELECT id, name, role, hash, created_at, expires_at, revoked_at FROM api_keys ORDER BY created_at, id",
        static row => new KeyRecord(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3), row.Time(4), row.TimeOrNull(5), row.TimeOrNull(6)), cancellationToken), cancellationToken);

    public async ValueTask SaveKeyAsync(KeyRecord key, CancellationToken cancellationToken) => await ExecuteAsync("""
        INSERT INTO api_keys (id, name, role, hash, created_at, expires_at, revoked_at)
        VALUES (@id, @name, @role, @hash, @created, CAST(@expires AS BIGINT), CAST(@revoked AS BIGINT))
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, hash = excluded.hash, created_at = excluded.created_at,
          expires_at = excluded.expires_at, revoked_at = excluded.revoked_at
        """, cancellationToken,
        ("id", key.Id), ("name", key.Name), ("role", key.Role), ("hash", key.Hash), ("created", key.CreatedAt), ("expires", key.ExpiresAt), ("revoked", key.RevokedAt));

    public ValueTask<string?> SettingAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(async connection =>
        (await connection.ListAsync("SELECT json FROM settings WHERE name = @name", static row => row.GetString(0), cancellationToken, ("name", name))).FirstOrDefault(), cancellationToken);

    public async ValueTask SaveSettingAsync(string name, string json, CancellationToken cancellationToken) => await ExecuteAsync(
        "INSERT INTO settings (name, json) VALUES (@name, @json) ON CONFLICT (name) DO UPDATE SET json = excluded.json", cancellationToken, ("name", name), ("json", json));

    public async ValueTask SaveDecisionAsync(DecisionRecord decision, CancellationToken cancellationToken) => await ExecuteAsync("""
        INSERT INTO decisions (id, scope, value, type, reason, origin, created_at, expires_at, deleted_at, incident, changed_at)
        VALUES (@id, @scope, @value, @type, @reason, @origin, @created, @expires, CAST(@deleted AS BIGINT), @incident, @changed)
        ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, value = excluded.value, type = excluded.type, reason = excluded.reason, origin = excluded.origin,
          created_at = excluded.created_at, expires_at = excluded.expires_at, deleted_at = excluded.deleted_at, incident = excluded.incident, changed_at = excluded.changed_at
        """, cancellationToken,
        ("id", decision.Id), ("scope", decision.Scope), ("value", decision.Value), ("type", decision.Type), ("reason", decision.Reason), ("origin", decision.Origin),
        ("created", decision.CreatedAt), ("expires", decision.ExpiresAt), ("deleted", decision.DeletedAt), ("incident", decision.Incident), ("changed", time.GetUtcNow()));

    public ValueTask<IReadOnlyList<DecisionRecord>> DecisionsAsync(DateTimeOffset savedSince, DateTimeOffset endedSince, CancellationToken cancellationToken) => database.ReadAsync(connection => connection.ListAsync("""
        SELECT id, scope, value, type, reason, origin, created_at, expires_at, deleted_at, incident FROM decisions
        WHERE changed_at >= @saved AND expires_at >= @ended AND (deleted_at IS NULL OR deleted_at >= @ended) ORDER BY created_at DESC, id DESC
        """,
        static row => new DecisionRecord(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.Time(6), row.Time(7), row.TimeOrNull(8), row.Text(9)),
        cancellationToken, ("saved", savedSince), ("ended", endedSince)), cancellationToken);

    public async ValueTask AddFeedbackAsync(FeedbackRecord feedback, CancellationToken cancellationToken) => await ExecuteAsync(
        "INSERT INTO feedback (incident, verdict, note, given_by, time) VALUES (@incident, @verdict, @note, @by, @time)", cancellationToken,
        ("incident", feedback.Incident), ("verdict", feedback.Verdict), ("note", feedback.Note), ("by", feedback.By), ("time", feedback.Time));

    public ValueTask<IReadOnlyList<FeedbackRecord>> FeedbackAsync(string? incident, int limit, CancellationToken cancellationToken) => database.ReadAsync(connection => connection.ListAsync(
        $"SELECT incident, verdict, note, given_by, time FROM feedback{(incident is null ? "" : " WHERE incident = @incident")} ORDER BY id DESC LIMIT @limit",
        static row => new FeedbackRecord(row.GetString(0), row.GetString(1), row.Text(2), row.GetString(3), row.Time(4)),
        cancellationToken, incident is null ? [("limit", limit)] : [("limit", limit), ("incident", incident)]), cancellationToken);

    public async ValueTask SaveModelAsync(ModelRecord model, CancellationToken cancellationToken) => await database.WriteAsync(async connection =>
    {
        // One version is in use at a time.
        if (model.IsActive) await connection.ExecuteAsync("UPDATE models SET is_active = 0 WHERE is_active = 1", cancellationToken);
        return await connection.ExecuteAsync("""
            INSERT INTO models (version, created_at, is_active, lineage) VALUES (@version, @created, @active, @lineage)
            ON CONFLICT (version) DO UPDATE SET created_at = excluded.created_at, is_active = excluded.is_active, lineage = excluded.lineage
            """, cancellationToken, ("version", model.Version), ("created", model.CreatedAt), ("active", model.IsActive), ("lineage", model.LineageJson));
    }, cancellationToken);

    public ValueTask<IReadOnlyList<ModelRecord>> ModelsAsync(CancellationToken cancellationToken) => database.ReadAsync(connection => connection.ListAsync(
        "SELECT version, created_at, is_active, lineage FROM models ORDER BY created_at DESC, version DESC",
        static row => new ModelRecord(row.GetString(0), row.Time(1), row.Int32(2) != 0, row.GetString(3)), cancellationToken), cancellationToken);

    public async ValueTask AddAuditAsync(AuditRecord entry, CancellationToken cancellationToken) => await ExecuteAsync(
        "INSERT INTO audit (time, done_by, action, target, address) VALUES (@time, @by, @action, @target, @address)", cancellationToken,
        ("time", entry.Time), ("by", entry.By), ("action", entry.Action), ("target", entry.Target), ("address", entry.Address));

    public async ValueTask<Page<AuditRecord>> AuditAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var conditions = new SqlConditions();
        if (page.Cursor is { } cursor) conditions.Add("id < @", SqlCursor.Parse(cursor).Number());
        Page<(long Id, AuditRecord Entry)> found = await database.ReadAsync(connection => conditions.PageAsync(connection, "SELECT id, time, done_by, action, target, address FROM audit", "id DESC", page, ReadAudit,
            static row => new SqlCursor(0, row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), cancellationToken), cancellationToken);
        return new Page<AuditRecord>([.. found.Items.Select(static row => row.Entry)], found.NextCursor);
    }

    private static (long Id, AuditRecord Entry) ReadAudit(DbDataReader row) =>
        (row.GetInt64(0), new AuditRecord(row.Time(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)));

    private ValueTask<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        database.WriteAsync(connection => connection.ExecuteAsync(sql, cancellationToken, parameters), cancellationToken);
}
