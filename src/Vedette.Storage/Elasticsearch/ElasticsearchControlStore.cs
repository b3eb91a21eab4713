using System.Globalization;
using System.Text.Json.Nodes;
using Vedette.Storage.Control;
using Vedette.Storage.Events;

namespace Vedette.Storage.Elasticsearch;

/// <summary>Control records in one index, told apart by their kind.</summary>
internal sealed class ElasticsearchControlStore(ElasticsearchClient client, TimeProvider time) : IControlStore
{
    private const int Most = ElasticsearchSearch.MaxSize;

    private readonly ElasticsearchRecords _records = new(client, "control", time);

    public ValueTask OpenAsync(CancellationToken cancellationToken) => ElasticsearchSchema.ApplyAsync(client, cancellationToken);

    public async ValueTask<IReadOnlyList<KeyRecord>> KeysAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyRecord> keys = await ElasticsearchRecords.ListAsync<KeyRecord>(_records.Search("key"), "sequence", Most, cancellationToken);
        return [.. keys.OrderBy(static key => key.CreatedAt).ThenBy(static key => key.Id, StringComparer.Ordinal)];
    }

    public ValueTask SaveKeyAsync(KeyRecord key, CancellationToken cancellationToken) => SaveAsync("key", key.Id, key, cancellationToken);

    public async ValueTask<string?> SettingAsync(string name, CancellationToken cancellationToken) => await _records.FindAsync<string>($"setting-{name}", cancellationToken);

    public ValueTask SaveSettingAsync(string name, string json, CancellationToken cancellationToken) => SaveAsync("setting", name, json, cancellationToken);

    public ValueTask SaveDecisionAsync(DecisionRecord decision, CancellationToken cancellationToken)
    {
        JsonObject searched = Fields("decision");
        searched["changed"] = DayNumber.ToMicros(time.GetUtcNow());
        searched["until"] = DayNumber.ToMicros(decision.DeletedAt is { } deleted && deleted < decision.ExpiresAt ? deleted : decision.ExpiresAt);
        return _records.SaveAsync($"decision-{decision.Id}", decision, searched, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<DecisionRecord>> DecisionsAsync(DateTimeOffset savedSince, DateTimeOffset endedSince, CancellationToken cancellationToken)
    {
        ElasticsearchSearch search = _records.Search("decision").Range("changed", DayNumber.ToMicros(savedSince)).Range("until", DayNumber.ToMicros(endedSince));
        List<DecisionRecord> found = await AllAsync<DecisionRecord>(search, cancellationToken);
        return [.. found.OrderByDescending(static decision => decision.CreatedAt).ThenByDescending(static decision => decision.Id, StringComparer.Ordinal)];
    }

    public ValueTask AddFeedbackAsync(FeedbackRecord feedback, CancellationToken cancellationToken) => AddAsync("feedback", feedback, feedback.Incident, cancellationToken);

    public ValueTask<IReadOnlyList<FeedbackRecord>> FeedbackAsync(string? incident, int limit, CancellationToken cancellationToken) =>
        ElasticsearchRecords.ListAsync<FeedbackRecord>(_records.Search("feedback").Term("about", incident), "-sequence", limit, cancellationToken);

    public async ValueTask SaveModelAsync(ModelRecord model, CancellationToken cancellationToken)
    {
        // One version is in use at a time. Should this be cut short, the one saved last counts.
        await SaveAsync("model", model.Version, model, cancellationToken);
        if (!model.IsActive) return;
        foreach (ModelRecord other in await ModelsAsync(cancellationToken))
            if (other.IsActive && other.Version != model.Version) await SaveAsync("model", other.Version, other with { IsActive = false }, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ModelRecord>> ModelsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelRecord> models = await ElasticsearchRecords.ListAsync<ModelRecord>(_records.Search("model"), "sequence", Most, cancellationToken);
        return [.. models.OrderByDescending(static model => model.CreatedAt).ThenByDescending(static model => model.Version, StringComparer.Ordinal)];
    }

    public ValueTask AddAuditAsync(AuditRecord entry, CancellationToken cancellationToken) => AddAsync("audit", entry, null, cancellationToken);

    public async ValueTask<Page<AuditRecord>> AuditAsync(PageRequest page, CancellationToken cancellationToken)
    {
        JsonArray? after = page.Cursor is { } cursor ? new JsonArray(Sql.SqlCursor.Parse(cursor).Number()) : null;
        (IReadOnlyList<ElasticsearchRow> rows, bool isMore) = await _records.Search("audit").PageAsync(["-sequence"], page, after, cancellationToken);
        string? next = isMore ? new Sql.SqlCursor(0, rows[^1].Order[0]!.GetValue<long>().ToString(CultureInfo.InvariantCulture)).ToString() : null;
        return new Page<AuditRecord>([.. rows.Select(static row => ElasticsearchRecords.Read<AuditRecord>(row.Document))], next);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static async ValueTask<List<T>> AllAsync<T>(ElasticsearchSearch search, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        JsonArray? after = null;
        IReadOnlyList<ElasticsearchRow> rows;
        do
        {
            rows = await search.RowsAsync(["sequence"], Most, after, withDocument: true, cancellationToken);
            all.AddRange(rows.Select(static row => ElasticsearchRecords.Read<T>(row.Document)));
            after = rows.Count > 0 ? rows[^1].Order : null;
        } while (rows.Count == Most);
        return all;
    }

    private ValueTask SaveAsync<T>(string kind, string id, T record, CancellationToken cancellationToken) => _records.SaveAsync($"{kind}-{id}", record, Fields(kind), cancellationToken);

    private ValueTask AddAsync<T>(string kind, T record, string? about, CancellationToken cancellationToken)
    {
        JsonObject searched = Fields(kind);
        if (about is not null) searched["about"] = about;
        return _records.SaveAsync($"{kind}-{Guid.NewGuid():N}", record, searched, cancellationToken);
    }

    private JsonObject Fields(string kind) => new() { ["kind"] = kind, ["sequence"] = _records.NextSequence() };
}
