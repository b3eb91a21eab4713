using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine.Events;
using Vedette.Server.Access;
using Vedette.Storage;
using Vedette.Storage.Events;
using Vedette.Storage.Results;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Api;

/// <summary><c>/api/clients/…</c> and <c>/api/users/…</c>: one caller closely.</summary>
internal sealed class Profiles(Store store, Verdicts verdicts, TimeProvider time)
{
    private const int DefaultBuckets = 60;
    private const int TopRows = 50;
    private const int MaxResults = 50;

    /// <summary>Latest requests looked at for order, agents and company.</summary>
    private const int MaxLookedAt = 1000;

    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(1);
    private static readonly TimeSpan HabitsPatience = TimeSpan.FromMilliseconds(100);

    private static readonly QuerySchema Query = new([.. QuerySchema.Times, QueryParameter.Integer("buckets", "Pieces the time is cut into at most. Default 60.", 1, 500)]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/clients/{ip}", context => FindAsync(context, "ip")).Describe(Role.Viewer, "What one client address did; the last day by default.").WithPath("ip", "Client address.").With(Query)
            .Produces<CallerProfile>().Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
        routes.MapGet("/api/users/{user}", context => FindAsync(context, "user")).Describe(Role.Viewer, "What one user did; the last day by default.").WithPath("user", "User name.").With(Query)
            .Produces<CallerProfile>().Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
    }

    private async Task FindAsync(HttpContext context, string kind)
    {
        QueryValues query = QueryValues.Of(context);
        string value = (string)context.Request.RouteValues[kind]!;
        if (kind == "ip" && !NetworkAddress.TryParse(Encoding.UTF8.GetBytes(value), out _))
        {
            await Problem.BadFieldAsync(context, "ip", "must be an IPv4 or IPv6 address");
            return;
        }
        (DateTimeOffset from, DateTimeOffset to) = query.Range(time.GetUtcNow(), DefaultSpan);
        TrafficRange range = TrafficRange.Cover(from, to, query.Integer("buckets") ?? DefaultBuckets);
        TotalsBy by = kind == "ip" ? TotalsBy.Address : TotalsBy.Principal;
        IReadOnlyList<TrafficTotal> totals = await store.Events.TotalsAsync(new TotalsQuery(range.From, range.To, by, 1, value), context.RequestAborted);
        Page<StoredEvent> latest = await store.Events.QueryAsync(LatestOf(kind, value, range, totals), new PageRequest(MaxLookedAt), context.RequestAborted);
        if (totals.Count == 0 && latest.Items.Count == 0)
        {
            await Problem.NotFoundAsync(context, kind == "ip" ? "traffic from this address in this time" : "traffic of this user in this time");
            return;
        }
        await Answer.JsonAsync(context, await ComposeAsync(kind, value, range, totals, latest.Items, context.RequestAborted), WireJson.Wire.CallerProfile);
    }

    /// <summary>The latest requests of a caller. Where the roll-ups know it they say where to begin, and habits are worth no long search; else the rows are all there is.</summary>
    private static EventQuery LatestOf(string kind, string value, TrafficRange range, IReadOnlyList<TrafficTotal> totals)
    {
        var latest = new EventQuery { From = range.From, To = range.To, ClientIp = kind == "ip" ? value : null, User = kind == "ip" ? null : value };
        if (totals.Count == 0) return latest;
        DateTimeOffset end = totals[0].LastSeen.AddMinutes(1);
        return latest with { To = end < range.To ? end : range.To, Patience = HabitsPatience };
    }

    private async ValueTask<CallerProfile> ComposeAsync(string kind, string value, TrafficRange range, IReadOnlyList<TrafficTotal> totals, IReadOnlyList<StoredEvent> latest, CancellationToken cancel)
    {
        IReadOnlyList<TrafficBucket> traffic = await store.Events.TrafficAsync(new TrafficQuery(range.From, range.To, range.Bucket, Caller: value), cancel);
        IReadOnlyList<TrafficTotal> routes = kind == "ip" ? await store.Events.TotalsAsync(new TotalsQuery(range.From, range.To, TotalsBy.RouteOfCaller, TopRows, value), cancel) : [];
        Page<StoredIncident> incidents = await store.Results.QueryIncidentsAsync(new IncidentQuery { From = range.From, To = range.To, ActorValue = value }, new PageRequest(MaxResults), cancel);
        Page<StoredAnomaly> anomalies = await store.Results.QueryAnomaliesAsync(new AnomalyQuery { From = range.From, To = range.To, ActorValue = value }, new PageRequest(MaxResults), cancel);
        TrafficCounts? counts = totals.Count == 0 ? null : totals[0].Counts;
        long requests = counts?.Requests ?? latest.Count;
        return new CallerProfile
        {
            Kind = kind,
            Value = value,
            FirstSeen = totals.Count == 0 ? latest[^1].Timestamp : totals[0].FirstSeen,
            LastSeen = totals.Count == 0 ? latest[0].Timestamp : totals[0].LastSeen,
            Requests = requests,
            ErrorRate = counts is null ? (double)latest.Count(static e => e.Status >= 400) / requests : (counts.ClientErrors + counts.ServerErrors) / (double)Math.Max(1, requests),
            UsageClass = anomalies.Items.Count == 0 ? null : anomalies.Items[0].UsageClass,
            Risk = incidents.Items.Select(static incident => incident.Risk).DefaultIfEmpty(0).Max(),
            Traffic = TrafficPoint.Of(traffic, range.From, range.To, range.Bucket),
            Endpoints = routes.Count > 0 ? [.. routes.Select(RouteUse.Of)] : RouteUse.Of(latest),
            Transitions = CallerHabits.Transitions(latest),
            UserAgents = CallerHabits.UserAgents(latest),
            Related = CallerHabits.Related(latest, kind),
            Incidents = [.. incidents.Items.Select(stored => IncidentRow.Of(stored, verdicts.Of(stored.Id)))],
            Anomalies = [.. anomalies.Items.Select(AnomalyRow.Of)],
        };
    }
}

/// <summary>One caller closely.</summary>
public sealed record CallerProfile
{
    /// <summary>ip or user.</summary>
    public required string Kind { get; init; }

    public required string Value { get; init; }

    public DateTimeOffset FirstSeen { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    public long Requests { get; init; }

    public double ErrorRate { get; init; }

    /// <summary>normal, heavy or bot; null while not known.</summary>
    public string? UsageClass { get; init; }

    /// <summary>Highest risk of its incidents, 0 to 100.</summary>
    public int Risk { get; init; }

    public IReadOnlyList<TrafficPoint> Traffic { get; init; } = [];

    public IReadOnlyList<RouteUse> Endpoints { get; init; } = [];

    /// <summary>Which route follows which, in its latest requests.</summary>
    public IReadOnlyList<RouteTransition> Transitions { get; init; } = [];

    public IReadOnlyList<IncidentRow> Incidents { get; init; } = [];

    public IReadOnlyList<AnomalyRow> Anomalies { get; init; } = [];

    public IReadOnlyList<AgentUse> UserAgents { get; init; } = [];

    /// <summary>Callers seen together with it: users of an address, addresses of a user.</summary>
    public IReadOnlyList<CallerRow> Related { get; init; } = [];
}

/// <summary>How a caller uses a route.</summary>
public sealed record RouteUse(string Endpoint, string? Method, long Requests, double ErrorRate)
{
    public static RouteUse Of(TrafficTotal total) =>
        new(total.Key, total.Method, total.Counts.Requests, (total.Counts.ClientErrors + total.Counts.ServerErrors) / (double)Math.Max(1, total.Counts.Requests));

    public static IReadOnlyList<RouteUse> Of(IReadOnlyList<StoredEvent> events) =>
    [
        .. events.GroupBy(static e => (Endpoint: e.Endpoint ?? e.Path ?? "", e.Method)).Select(static group => new RouteUse(group.Key.Endpoint, group.Key.Method, group.Count(), group.Count(static e => e.Status >= 400) / (double)group.Count()))
            .OrderByDescending(static use => use.Requests).Take(50),
    ];
}

/// <summary>One route after another.</summary>
public sealed record RouteTransition(string From, string To, int Count);

/// <summary>A user agent and how often it was sent.</summary>
public sealed record AgentUse(string UserAgent, int Count);
