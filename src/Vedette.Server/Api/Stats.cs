using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Storage;
using Vedette.Storage.Results;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Api;

/// <summary><c>/api/stats</c>: the overview of a time.</summary>
internal sealed class Stats(Store store, ServiceState service, TimeProvider time)
{
    private const int DefaultBuckets = 60;
    private const int TopRows = 10;

    /// <summary>Incidents looked at for the risk over time, the newest first.</summary>
    private const int MaxIncidents = 1000;

    private static readonly QuerySchema Query = new([.. QuerySchema.Times, QueryParameter.Integer("buckets", "Pieces the time is cut into at most. Default 60.", 1, 500)]);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/stats", GetAsync).Describe(Role.Viewer, "Traffic, errors, anomalies and incidents of a time; the last hour by default.").With(Query).Produces<StatsDocument>();

    private async Task GetAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        (DateTimeOffset from, DateTimeOffset to) = query.Range(time.GetUtcNow(), TimeSpan.FromHours(1));
        TrafficRange range = TrafficRange.Cover(from, to, query.Integer("buckets") ?? DefaultBuckets);
        CancellationToken cancel = context.RequestAborted;
        // The embedded store reads on the thread that asks: side by side the parts take the time of the longest.
        Task<IReadOnlyList<TrafficTotal>> TotalsAsync(TotalsBy by, int rows) => Task.Run(async () => await store.Events.TotalsAsync(new TotalsQuery(range.From, range.To, by, rows), cancel), cancel);
        Task<IReadOnlyList<TrafficTotal>> addresses = TotalsAsync(TotalsBy.Address, TopRows), users = TotalsAsync(TotalsBy.Principal, TopRows);
        Task<IReadOnlyList<TrafficTotal>> endpoints = TotalsAsync(TotalsBy.Route, 100);
        IReadOnlyList<TrafficBucket> traffic = await store.Events.TrafficAsync(new TrafficQuery(range.From, range.To, range.Bucket), cancel);
        ResultCounts counts = await store.Results.CountAsync(range.From, range.To, cancel);
        Page<StoredIncident> incidents = await store.Results.QueryIncidentsAsync(new IncidentQuery { From = range.From, To = range.To }, new PageRequest(MaxIncidents), cancel);
        StatsDocument stats = Compose(range, traffic, await endpoints, counts) with
        {
            TopCallers = [.. (await addresses).Select(static row => CallerRow.Of(row, "ip"))],
            TopUsers = [.. (await users).Select(static row => CallerRow.Of(row, "user"))],
        };
        await Answer.JsonAsync(context, stats with { Risk = RiskOver(stats.Traffic, range.Bucket, incidents.Items) }, WireJson.Wire.StatsDocument);
    }

    /// <summary>The highest risk of an incident that was going on in each piece.</summary>
    private static int[] RiskOver(IReadOnlyList<TrafficPoint> pieces, TimeSpan length, IReadOnlyList<StoredIncident> incidents) =>
        [.. pieces.Select(piece => incidents.Where(incident => incident.FirstSeen < piece.Time + length && incident.LastSeen >= piece.Time).Select(static incident => incident.Risk).DefaultIfEmpty().Max())];

    private StatsDocument Compose(TrafficRange range, IReadOnlyList<TrafficBucket> traffic, IReadOnlyList<TrafficTotal> endpoints, ResultCounts counts)
    {
        long requests = traffic.Sum(static bucket => bucket.Counts.Requests);
        long errors = traffic.Sum(static bucket => bucket.Counts.ClientErrors + bucket.Counts.ServerErrors);
        long attacks = traffic.Sum(static bucket => bucket.Counts.Anomalies);
        DateTimeOffset now = time.GetUtcNow();
        double seconds = Math.Max(1, ((range.To < now || range.From > now ? range.To : now) - range.From).TotalSeconds);
        return new StatsDocument
        {
            From = range.From,
            To = range.To,
            TotalRequests = requests,
            TotalAnomalies = attacks,
            DetectionRate = requests == 0 ? 0 : (double)attacks / requests,
            RequestsPerSecond = Math.Round(requests / seconds, 3),
            ErrorRate = requests == 0 ? 0 : (double)errors / requests,
            Priorities = new Dictionary<string, long>
            {
                ["HIGH"] = counts.AnomaliesByPriority.GetValueOrDefault("HIGH"),
                ["MEDIUM"] = counts.AnomaliesByPriority.GetValueOrDefault("MEDIUM"),
                ["LOW"] = counts.AnomaliesByPriority.GetValueOrDefault("LOW"),
            },
            Incidents = new IncidentTotals(counts.IncidentsByLevel.Values.Sum(), counts.IncidentsByType, counts.IncidentsByLevel),
            AnomaliesByEndpoint = endpoints.Where(static row => row.Counts.Anomalies > 0).GroupBy(static row => row.Key).ToDictionary(static rows => rows.Key, static rows => rows.Sum(static row => row.Counts.Anomalies)),
            Traffic = TrafficPoint.Of(traffic, range.From, range.To, range.Bucket),
            TopEndpoints = [.. endpoints.Take(TopRows).Select(EndpointRow.Of)],
            Phase = service.Phase,
            Health = service.Health,
            NotWatched = [.. NotWatched(requests, endpoints)],
        };
    }

    /// <summary>What the traffic does not tell, in plain sentences.</summary>
    private static IEnumerable<string> NotWatched(long requests, IReadOnlyList<TrafficTotal> endpoints)
    {
        if (requests == 0)
        {
            yield return "No traffic has come in this time.";
            yield break;
        }
        if (endpoints.Count == 0) yield break;
        if (endpoints.Sum(static row => row.Counts.Authenticated) == 0)
            yield return "The traffic has no user names, sessions or API keys: callers behind one address cannot be told apart.";
        if (endpoints.All(static row => row.Counts.MeanMs is null)) yield return "The traffic has no response times: slow endpoints are not noticed.";
        if (endpoints.Sum(static row => row.Counts.ResponseBytes) == 0) yield return "The traffic has no response sizes: large downloads are not noticed.";
    }
}

/// <summary>Overview of a time.</summary>
public sealed record StatsDocument
{
    public DateTimeOffset From { get; init; }

    public DateTimeOffset To { get; init; }

    public long TotalRequests { get; init; }

    /// <summary>Events that carry an attack.</summary>
    public long TotalAnomalies { get; init; }

    /// <summary>Share of such events, 0 to 1.</summary>
    public double DetectionRate { get; init; }

    public double RequestsPerSecond { get; init; }

    /// <summary>Share of client and server errors, 0 to 1.</summary>
    public double ErrorRate { get; init; }

    /// <summary>Anomalies by priority: HIGH, MEDIUM, LOW.</summary>
    public required IReadOnlyDictionary<string, long> Priorities { get; init; }

    public required IncidentTotals Incidents { get; init; }

    public required IReadOnlyDictionary<string, long> AnomaliesByEndpoint { get; init; }

    public required IReadOnlyList<TrafficPoint> Traffic { get; init; }

    public required IReadOnlyList<EndpointRow> TopEndpoints { get; init; }

    /// <summary>Highest risk of an incident going on in each piece of <see cref="Traffic"/>, 0 to 100; 0 where there was none.</summary>
    public IReadOnlyList<int> Risk { get; init; } = [];

    /// <summary>Addresses with the most requests.</summary>
    public IReadOnlyList<CallerRow> TopCallers { get; init; } = [];

    /// <summary>Users, sessions and keys with the most requests.</summary>
    public IReadOnlyList<CallerRow> TopUsers { get; init; } = [];

    public required string Phase { get; init; }

    public required string Health { get; init; }

    /// <summary>What cannot be watched, for people.</summary>
    public required IReadOnlyList<string> NotWatched { get; init; }
}

/// <summary>Incidents counted.</summary>
/// <param name="Total">All.</param>
/// <param name="ByType">By type.</param>
/// <param name="ByLevel">By level.</param>
public sealed record IncidentTotals(long Total, IReadOnlyDictionary<string, long> ByType, IReadOnlyDictionary<string, long> ByLevel);
