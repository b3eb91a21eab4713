using System.Globalization;
using System.Text.Json;
using Vedette.Storage;
using Vedette.Storage.Results;

namespace Vedette.Server.Ask;

/// <summary>Answers about incidents: a list, a number, or numbers per type, endpoint, caller or time.</summary>
internal sealed class IncidentAnswers(IResultStore results)
{
    /// <summary>Incidents looked at for one answer.</summary>
    private const int MaxRead = 20_000;

    private const int PageSize = 1000;

    public async ValueTask<AnswerTable> RunAsync(Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        List<StoredIncident> found = await ReadAsync(results, filter, range, cancellationToken);
        if (filter["by"] is { } by) return Grouped(found, by, QuestionRunner.Limit(filter));
        if (filter["compare"] is { } compare) return Compared(found, await ReadAsync(results, filter, range.Before(compare), cancellationToken));
        if (filter["measure"] == "count") return AnswerTable.Single("incidents", "Incidents", "number", found.Count);
        IEnumerable<StoredIncident> sorted = filter["sort"] == "risk" ? found.OrderByDescending(static incident => incident.Risk) : found;
        return new AnswerTable(
            [
                new("id", "Incident", "incident"), new("type", "Type", "text"), new("level", "Level", "text"), new("risk", "Risk", "number"), new("actor", "Who", "text"), new("endpoint", "Endpoint", "endpoint"),
                new("first_seen", "Since", "time"), new("last_seen", "Last seen", "time"), new("explanation", "What happened", "text"),
            ],
            [.. sorted.Take(QuestionRunner.Limit(filter)).Select(static incident => (IReadOnlyList<object?>)
                [incident.Id, incident.Type, incident.Level, incident.Risk, incident.ActorValue, incident.Endpoint, incident.FirstSeen, incident.LastSeen, Field(incident, "explanation")])]);
    }

    /// <summary>Incidents that match, newest first.</summary>
    public static async ValueTask<List<StoredIncident>> ReadAsync(IResultStore results, Filter filter, AskRange range, CancellationToken cancellationToken)
    {
        var actor = new AddressFilter(filter);
        var finding = new FindingFilter(filter);
        var query = new IncidentQuery
        {
            From = range.From,
            To = range.To,
            Level = filter["level"],
            MinRisk = (int?)filter.Number("min_risk"),
            Endpoint = filter["endpoint"],
            Verdict = filter["verdict"],
            ActorValue = actor.Exactly,
        };
        var found = new List<StoredIncident>();
        foreach (string? type in filter["type"]?.Split(',') ?? new string?[] { null })
        {
            string? cursor = null;
            do
            {
                Page<StoredIncident> page = await results.QueryIncidentsAsync(query with { Type = type }, new PageRequest(PageSize, cursor), cancellationToken);
                found.AddRange(page.Items.Where(incident => actor.Fits(incident.ActorValue) && finding.Fits(incident)));
                cursor = page.NextCursor;
            }
            while (cursor is not null && found.Count < MaxRead);
        }
        found.Sort(static (a, b) => b.LastSeen.CompareTo(a.LastSeen));
        return found;
    }

    /// <summary>A number of the incident's own document; 0 if it has none.</summary>
    public static long Events(StoredIncident incident)
    {
        using JsonDocument document = JsonDocument.Parse(incident.Json);
        return document.RootElement.TryGetProperty("events", out JsonElement events) && events.TryGetInt64(out long value) ? value : 0;
    }

    private static string? Field(StoredIncident incident, string name)
    {
        using JsonDocument document = JsonDocument.Parse(incident.Json);
        return document.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
    }

    private static AnswerTable Compared(List<StoredIncident> now, List<StoredIncident> before)
    {
        static IReadOnlyList<object?> Row(string measure, int now, int before) => [measure, now, before, before == 0 ? null : (double)now / before - 1];
        IEnumerable<string> types = now.Concat(before).Select(static incident => incident.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new AnswerTable([new("measure", "Incidents", "text"), new("now", "Now", "number"), new("before", "Before", "number"), new("change", "Change", "percent")],
            [Row("all", now.Count, before.Count), .. types.Select(type => Row(type, now.Count(incident => incident.Type == type), before.Count(incident => incident.Type == type)))]);
    }

    private static AnswerTable Grouped(List<StoredIncident> found, string by, int limit)
    {
        string? KeyOf(StoredIncident incident) => by switch
        {
            "type" => incident.Type,
            "endpoint" => incident.Endpoint ?? "(several)",
            "caller" => incident.ActorValue,
            "hour" => incident.FirstSeen.UtcDateTime.ToString("yyyy-MM-dd'T'HH':00:00.000Z'", CultureInfo.InvariantCulture),
            "minute" => incident.FirstSeen.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm':00.000Z'", CultureInfo.InvariantCulture),
            "day" => incident.FirstSeen.UtcDateTime.ToString("yyyy-MM-dd'T00:00:00.000Z'", CultureInfo.InvariantCulture),
            _ => incident.Level,
        };
        bool isTime = by is "hour" or "minute" or "day";
        var groups = found.GroupBy(KeyOf).Select(static group => (group.Key, Count: group.Count(), Risk: group.Max(static incident => incident.Risk)));
        groups = isTime ? groups.OrderBy(static group => group.Key, StringComparer.Ordinal) : groups.OrderByDescending(static group => group.Count).ThenBy(static group => group.Key, StringComparer.Ordinal);
        return new AnswerTable([new(by, by, isTime ? "time" : by == "endpoint" ? "endpoint" : "text"), new("incidents", "Incidents", "number"), new("max_risk", "Highest risk", "number")],
            [.. groups.Take(limit).Select(static group => (IReadOnlyList<object?>)[group.Key, group.Count, group.Risk])]);
    }
}
