using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Storage;
using Vedette.Storage.Results;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Api;

/// <summary><c>/api/endpoints</c> and <c>/api/analytics/endpoint/…</c>: the routes that were seen, and one of them closely.</summary>
internal sealed class Endpoints(Store store, Forecasts forecasts, Verdicts verdicts, TimeProvider time)
{
    private const int DefaultBuckets = 60;
    private const int MostRoutes = 1000;
    private const int TopRows = 20;

    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly QuerySchema ListQuery = new(
    [
        .. QuerySchema.Times,
        QueryParameter.Integer("limit", "Rows at most. Default 100.", 1, MostRoutes),
        QueryParameter.Text("q", "Text in the route, case ignored."),
    ]);

    private static readonly QuerySchema OneQuery = new(
    [
        .. QuerySchema.Times,
        QueryParameter.Text("method", "One method only."),
        QueryParameter.Integer("buckets", "Pieces the time is cut into at most. Default 60.", 1, 500),
    ]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/endpoints", ListAsync).Describe(Role.Viewer, "Routes that were seen, the busiest first; the last day by default.").With(ListQuery).Produces<ListOf<EndpointRow>>();
        routes.MapGet("/api/analytics/endpoint/{**endpoint}", FindAsync).Describe(Role.Viewer, "One route closely: traffic, hours, callers, incidents, forecast.")
            .WithPath("endpoint", "Route template, URL-encoded.").With(OneQuery).Produces<EndpointAnalytics>().Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
    }

    private async Task ListAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        (DateTimeOffset from, DateTimeOffset to) = query.Range(time.GetUtcNow(), DefaultSpan);
        IReadOnlyList<TrafficTotal> totals = await store.Events.TotalsAsync(new TotalsQuery(from, to, TotalsBy.Route, 10_000), context.RequestAborted);
        IEnumerable<TrafficTotal> wanted = query.Text("q") is { } text ? totals.Where(total => total.Key.Contains(text, StringComparison.OrdinalIgnoreCase)) : totals;
        EndpointRow[] rows = [.. wanted.Take(query.Integer("limit") ?? 100).Select(total => forecasts.Complete(EndpointRow.Of(total)))];
        await Answer.JsonAsync(context, new ListOf<EndpointRow>(rows, null), WireJson.Wire.ListOfEndpointRow);
    }

    private async Task FindAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        string endpoint = "/" + Uri.UnescapeDataString((string?)context.Request.RouteValues["endpoint"] ?? "").TrimStart('/');
        string? method = query.Text("method")?.ToUpperInvariant();
        (DateTimeOffset from, DateTimeOffset to) = query.Range(time.GetUtcNow(), DefaultSpan);
        IReadOnlyList<TrafficTotal> all = await store.Events.TotalsAsync(new TotalsQuery(from, to, TotalsBy.Route, 100, endpoint), context.RequestAborted);
        TrafficTotal[] totals = [.. all.Where(total => method is null || total.Method == method)];
        if (totals.Length == 0)
        {
            await Problem.NotFoundAsync(context, $"traffic of the route '{(endpoint.Length <= 200 ? endpoint : endpoint[..200])}' in this time; GET /api/endpoints lists those that have some");
            return;
        }
        await Answer.JsonAsync(context, await AnalyseAsync(endpoint, method, totals, TrafficRange.Cover(from, to, query.Integer("buckets") ?? DefaultBuckets), context.RequestAborted), WireJson.Wire.EndpointAnalytics);
    }

    private async ValueTask<EndpointAnalytics> AnalyseAsync(string endpoint, string? method, TrafficTotal[] totals, TrafficRange range, CancellationToken cancel)
    {
        // Methods of one route are told apart in lists; asked for together, the busiest gives the name.
        string? one = method ?? (totals.Length == 1 ? totals[0].Method : null);
        // Read side by side: who calls takes as long as the rest.
        Task<IReadOnlyList<TrafficTotal>> callers = Task.Run(async () => endpoint.StartsWith('/') ? await store.Events.TotalsAsync(new TotalsQuery(range.From, range.To, TotalsBy.RouteOfCaller, TopRows, endpoint), cancel) : [], cancel);
        IReadOnlyList<TrafficBucket> traffic = await store.Events.TrafficAsync(new TrafficQuery(range.From, range.To, range.Bucket, endpoint, one), cancel);
        // Pieces are aligned to their length, so that one of an hour at most lies within an hour, and a longer one begins with it.
        IReadOnlyList<TrafficBucket> hours = range.Bucket <= Hour ? traffic : await store.Events.TrafficAsync(new TrafficQuery(range.From, range.To, Hour, endpoint, one), cancel);
        Page<StoredIncident> incidents = await store.Results.QueryIncidentsAsync(new IncidentQuery { From = range.From, To = range.To, Endpoint = endpoint }, new PageRequest(TopRows), cancel);
        var row = new EndpointAnalytics(EndpointRow.Of(TrafficSums.Of(totals) with { Method = one }))
        {
            Traffic = TrafficPoint.Of(traffic, range.From, range.To, range.Bucket),
            ByHour = HourRow.Of(hours),
            Status = StatusSplit(totals),
            TopCallers = [.. (await callers).Select(static caller => CallerRow.Of(caller, "ip"))],
            Incidents = [.. incidents.Items.Select(stored => IncidentRow.Of(stored, verdicts.Of(stored.Id)))],
            Forecast = forecasts.Find(endpoint, one) is { } forecast ? ForecastRow.Of(forecast) : null,
        };
        return forecasts.Complete(row) with { Insights = [.. EndpointInsights.Of(row)] };
    }

    private static Dictionary<string, long> StatusSplit(TrafficTotal[] totals)
    {
        long redirects = totals.Sum(static t => t.Counts.Redirects), client = totals.Sum(static t => t.Counts.ClientErrors), server = totals.Sum(static t => t.Counts.ServerErrors);
        return new Dictionary<string, long> { ["2xx"] = totals.Sum(static t => t.Counts.Requests) - redirects - client - server, ["3xx"] = redirects, ["4xx"] = client, ["5xx"] = server };
    }
}

/// <summary>One route closely.</summary>
public sealed record EndpointAnalytics : EndpointRow
{
    public EndpointAnalytics()
    {
    }

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public EndpointAnalytics(EndpointRow row) : base(row)
    {
    }

    public IReadOnlyList<TrafficPoint> Traffic { get; init; } = [];

    /// <summary>24 rows: hours of the day, UTC.</summary>
    public IReadOnlyList<HourRow> ByHour { get; init; } = [];

    /// <summary>Answers by class of status: 2xx, 3xx, 4xx, 5xx. What has no status counts as 2xx.</summary>
    public IReadOnlyDictionary<string, long> Status { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<CallerRow> TopCallers { get; init; } = [];

    public IReadOnlyList<IncidentRow> Incidents { get; init; } = [];

    /// <summary>What stands out, in sentences.</summary>
    public IReadOnlyList<string> Insights { get; init; } = [];

    /// <summary>What is expected; null before enough is known.</summary>
    public ForecastRow? Forecast { get; init; }
}
