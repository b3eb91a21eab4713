using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vedette.Storage.Control;
using Vedette.Storage.Events;
using Vedette.Storage.Results;
using Vedette.Storage.Sql;

namespace Vedette.Storage.Elasticsearch;

/// <summary>Incidents, anomalies and profiles, an index of each.</summary>
internal sealed class ElasticsearchResultStore(ElasticsearchClient client, IControlStore control, TimeProvider time) : IResultStore
{
    private const int MaxJudged = ElasticsearchSearch.MaxSize;
    private const int MaxEndpoints = 100;

    /// <summary>Four bytes each are just what a term may have.</summary>
    private const int MaxSearched = 8000;

    private static readonly string[] IncidentOrder = ["-detected_at", "-id"];
    private static readonly string[] AnomalyOrder = ["-time", "-seq"];

    private readonly ElasticsearchRecords _incidents = new(client, "incidents", time), _anomalies = new(client, "anomalies", time), _profiles = new(client, "profiles", time);

    public ValueTask OpenAsync(CancellationToken cancellationToken) => ElasticsearchSchema.ApplyAsync(client, cancellationToken);

    public async ValueTask SaveIncidentsAsync(IReadOnlyList<StoredIncident> incidents, CancellationToken cancellationToken) =>
        await WriteAsync("incidents", incidents, static incident => incident.Id, static incident => new JsonObject
        {
            ["id"] = incident.Id,
            ["type"] = incident.Type,
            ["level"] = incident.Level,
            ["risk"] = incident.Risk,
            ["actor_kind"] = incident.ActorKind,
            ["actor_value"] = incident.ActorValue,
            ["endpoint"] = incident.Endpoint,
            ["first_seen"] = DayNumber.ToMicros(incident.FirstSeen),
            ["last_seen"] = DayNumber.ToMicros(incident.LastSeen),
            ["detected_at"] = DayNumber.ToMicros(incident.DetectedAt),
            ["part_of"] = incident.PartOf,
            ["searched"] = incident.SearchedText() is { Length: > MaxSearched } text ? text[..MaxSearched] : incident.SearchedText(),
        }, cancellationToken);

    public ValueTask<StoredIncident?> FindIncidentAsync(string id, CancellationToken cancellationToken) => _incidents.FindAsync<StoredIncident>(id, cancellationToken);

    public async ValueTask<Page<StoredIncident>> QueryIncidentsAsync(IncidentQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        ElasticsearchSearch search = _incidents.Search().Without("part_of").Range("last_seen", Micros(query.From)).Range("first_seen", below: Micros(query.To)).Term("type", query.Type).Term("level", query.Level)
            .Range("risk", query.MinRisk).Term("actor_value", query.ActorValue).Term("endpoint", query.Endpoint).Containing(query.Text, "searched");
        if (query.Verdict is { } verdict) await AddVerdictAsync(search, verdict, cancellationToken);
        SqlCursor? cursor = page.Cursor is { } text ? SqlCursor.Parse(text) : null;
        (IReadOnlyList<ElasticsearchRow> rows, bool isMore) = await search.PageAsync(IncidentOrder, page, cursor is { } after ? new JsonArray(after.Time, after.Id) : null, cancellationToken);
        StoredIncident[] items = [.. rows.Select(static row => ElasticsearchRecords.Read<StoredIncident>(row.Document))];
        return new Page<StoredIncident>(items, isMore ? new SqlCursor(DayNumber.ToMicros(items[^1].DetectedAt), items[^1].Id).ToString() : null);
    }

    public async ValueTask AppendAnomaliesAsync(IReadOnlyList<StoredAnomaly> anomalies, CancellationToken cancellationToken)
    {
        // The number is the id: rows of one moment keep the order of writing.
        StoredAnomaly[] numbered = [.. anomalies.Select(anomaly => anomaly with { Id = _anomalies.NextSequence().ToString(CultureInfo.InvariantCulture) })];
        await WriteAsync("anomalies", numbered, static _ => Guid.NewGuid().ToString("N"), static anomaly => new JsonObject
        {
            ["time"] = DayNumber.ToMicros(anomaly.Time),
            ["seq"] = long.Parse(anomaly.Id, CultureInfo.InvariantCulture),
            ["actor_value"] = anomaly.ActorValue,
            ["endpoint"] = anomaly.Endpoint,
            ["priority"] = anomaly.Priority,
            ["usage_class"] = anomaly.UsageClass,
            ["risk_score"] = anomaly.RiskScore,
        }, cancellationToken);
    }

    public async ValueTask<Page<StoredAnomaly>> QueryAnomaliesAsync(AnomalyQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        ElasticsearchSearch search = _anomalies.Search().Range("time", Micros(query.From), Micros(query.To)).Term("endpoint", query.Endpoint).Term("actor_value", query.ActorValue)
            .Term("priority", query.Priority).Term("usage_class", query.UsageClass).Range("risk_score", query.MinRiskScore);
        SqlCursor? cursor = page.Cursor is { } text ? SqlCursor.Parse(text) : null;
        (IReadOnlyList<ElasticsearchRow> rows, bool isMore) = await search.PageAsync(AnomalyOrder, page, cursor is { } after ? new JsonArray(after.Time, after.Number()) : null, cancellationToken);
        StoredAnomaly[] items = [.. rows.Select(static row => ElasticsearchRecords.Read<StoredAnomaly>(row.Document))];
        return new Page<StoredAnomaly>(items, isMore ? new SqlCursor(DayNumber.ToMicros(items[^1].Time), items[^1].Id).ToString() : null);
    }

    public async ValueTask<ResultCounts> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        JsonNode first = DayNumber.ToMicros(from), end = DayNumber.ToMicros(to);
        JsonObject? anomalies = await _anomalies.Search().Range("time", first, end).AggregateAsync(new JsonObject { ["priority"] = Terms("priority"), ["endpoint"] = Terms("endpoint") }, cancellationToken);
        JsonObject? incidents = await _incidents.Search().Without("part_of").Range("last_seen", first.DeepClone()).Range("first_seen", below: end.DeepClone()).AggregateAsync(new JsonObject { ["type"] = Terms("type"), ["level"] = Terms("level") }, cancellationToken);
        return new ResultCounts(Counts(anomalies, "priority"), Counts(anomalies, "endpoint"), Counts(incidents, "type"), Counts(incidents, "level"));
    }

    public async ValueTask SaveProfilesAsync(IReadOnlyList<StoredProfile> profiles, CancellationToken cancellationToken) =>
        await WriteAsync("profiles", profiles, static profile => ProfileId(profile.Kind, profile.Value), static profile => new JsonObject { ["last_seen"] = DayNumber.ToMicros(profile.LastSeen) }, cancellationToken);

    public ValueTask<StoredProfile?> FindProfileAsync(string kind, string value, CancellationToken cancellationToken) => _profiles.FindAsync<StoredProfile>(ProfileId(kind, value), cancellationToken);

    public async ValueTask<long> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        JsonNode end = DayNumber.ToMicros(before);
        return await _anomalies.Search().Range("time", below: end).DeleteAsync(cancellationToken)
            + await _incidents.Search().Range("last_seen", below: end.DeepClone()).DeleteAsync(cancellationToken)
            + await _profiles.Search().Range("last_seen", below: end.DeepClone()).DeleteAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async ValueTask WriteAsync<T>(string subject, IReadOnlyList<T> records, Func<T, string> idOf, Func<T, JsonObject> searchedOf, CancellationToken cancellationToken)
    {
        if (records.Count == 0) return;
        var bulk = new ElasticsearchBulk(client);
        foreach (T record in records)
        {
            JsonObject document = searchedOf(record);
            document["record"] = JsonSerializer.Serialize(record);
            bulk.Index(client.Index(subject), idOf(record), json => document.WriteTo(json));
        }
        await bulk.SendAsync(cancellationToken);
        await client.SendAsync(HttpMethod.Post, $"{client.Index(subject)}/_refresh", null, cancellationToken);
    }

    /// <summary>What people said last is with their feedback, not with the incident, which is written anew when it grows.</summary>
    private async ValueTask AddVerdictAsync(ElasticsearchSearch search, string verdict, CancellationToken cancellationToken)
    {
        var latest = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (FeedbackRecord feedback in await control.FeedbackAsync(null, MaxJudged, cancellationToken)) latest.TryAdd(feedback.Incident, feedback.Verdict);
        if (verdict == "none") search.NotTerms("id", latest.Keys);
        else search.Terms("id", latest.Where(judged => judged.Value == verdict).Select(static judged => judged.Key));
    }

    private static JsonObject Terms(string field) => new() { ["terms"] = new JsonObject { ["field"] = field, ["size"] = MaxEndpoints } };

    private static Dictionary<string, long> Counts(JsonObject? answer, string name) =>
        (answer?[name]?["buckets"]?.AsArray() ?? []).ToDictionary(static bucket => bucket!["key"]!.GetValue<string>(), static bucket => bucket!["doc_count"]!.GetValue<long>());

    private static JsonNode? Micros(DateTimeOffset? time) => time is { } moment ? DayNumber.ToMicros(moment) : null;

    /// <summary>A value may be longer than an id may.</summary>
    private static string ProfileId(string kind, string value) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{kind}\n{value}")));
}
