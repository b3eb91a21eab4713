using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine.Detection;
using Vedette.Server.Access;
using Vedette.Server.Enforcement;
using Vedette.Storage;
using Vedette.Storage.Control;
using Vedette.Storage.Results;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Api;

/// <summary><c>/api/incidents</c>: what was found, and what people say of it.</summary>
internal sealed class Incidents(Store store, Verdicts verdicts, AutomaticDecisions enforcement, AuditLog audit, TimeProvider time)
{
    private const int MaxNote = 4000;
    private const int MaxRelated = 10;
    private const int MaxTrafficBuckets = 120;

    private static readonly TimeSpan RelatedReach = TimeSpan.FromHours(1);
    private static readonly string[] VerdictNames = ["confirmed", "false_positive", "benign"];

    private static readonly QuerySchema ListQuery = new(
    [
        .. QuerySchema.Times,
        QueryParameter.Choice("type", "Incident type.", [.. Enum.GetValues<IncidentType>().Select(static type => type.Name())]),
        QueryParameter.Choice("level", "Risk level.", "CRITICAL", "HIGH", "MEDIUM", "LOW"),
        QueryParameter.Integer("min_risk", "Least risk.", 0, 100),
        QueryParameter.Text("actor", "Whom it is about."),
        QueryParameter.Text("endpoint", "Route template."),
        QueryParameter.Choice("verdict", "What people said of it; none: nothing yet.", [.. VerdictNames, "none"]),
        QueryParameter.Text("q", "Text in explanation or actor, case ignored."),
        .. QuerySchema.Paging,
    ]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/incidents", ListAsync).Describe(Role.Viewer, "Incidents, newest first.").With(ListQuery).Produces<ListOf<IncidentRow>>();
        routes.MapGet("/api/incidents/{id}", FindAsync).Describe(Role.Viewer, "One incident with evidence, feedback, and the traffic around it.").WithPath("id", "Incident id.").With(QuerySchema.None)
            .Produces<IncidentDetail>().Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
        routes.MapPost("/api/incidents/{id}/feedback", JudgeAsync).Describe(Role.Analyst, "Say what an incident was.").WithPath("id", "Incident id.").With(QuerySchema.None)
            .Takes<FeedbackRequest>().Produces<Feedback>(StatusCodes.Status201Created).Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
    }

    private async Task ListAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        var wanted = new IncidentQuery
        {
            From = query.Time("from"),
            To = query.Time("to"),
            Type = query.Text("type"),
            Level = query.Text("level"),
            MinRisk = query.Integer("min_risk"),
            ActorValue = query.Text("actor"),
            Endpoint = query.Text("endpoint"),
            Verdict = query.Text("verdict"),
            Text = query.Text("q"),
        };
        Page<StoredIncident> found = await store.Results.QueryIncidentsAsync(wanted, query.Page(), context.RequestAborted);
        await Answer.JsonAsync(context, new ListOf<IncidentRow>([.. found.Items.Select(Row)], found.NextCursor), WireJson.Wire.ListOfIncidentRow);
    }

    private async Task FindAsync(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["id"]!;
        if (await store.Results.FindIncidentAsync(id, context.RequestAborted) is not { } stored)
        {
            await Problem.NotFoundAsync(context, "such incident");
            return;
        }
        IncidentRow row = Row(stored);
        IReadOnlyList<FeedbackRecord> feedback = await store.Control.FeedbackAsync(id, 100, context.RequestAborted);
        await Answer.JsonAsync(context, new IncidentDetail(row)
        {
            Feedback = [.. feedback.Select(static entry => new Feedback(entry.Verdict, entry.Note, entry.By, entry.Time))],
            Related = await RelatedAsync(stored, context.RequestAborted),
            Traffic = await TrafficAsync(stored, context.RequestAborted),
        }, WireJson.Wire.IncidentDetail);
    }

    private async Task JudgeAsync(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["id"]!;
        if (await Answer.ReadAsync(context, WireJson.Wire.FeedbackRequest) is not { } request) return;
        if (!VerdictNames.Contains(request.Verdict, StringComparer.Ordinal))
        {
            await Problem.BadFieldAsync(context, "verdict", $"must be one of {string.Join(", ", VerdictNames)}");
            return;
        }
        if (request.Note?.Length > MaxNote)
        {
            await Problem.BadFieldAsync(context, "note", $"must be at most {MaxNote} characters");
            return;
        }
        if (await store.Results.FindIncidentAsync(id, context.RequestAborted) is null)
        {
            await Problem.NotFoundAsync(context, "such incident");
            return;
        }
        Principal by = Caller.Of(context).Principal;
        var record = new FeedbackRecord(id, request.Verdict!, request.Note, by.Id, time.GetUtcNow());
        await store.Control.AddFeedbackAsync(record, context.RequestAborted);
        verdicts.Set(record);
        if (record.Verdict != "confirmed") await enforcement.LiftAsync(id, context.RequestAborted);
        await audit.AddAsync(context, $"incident.{record.Verdict}", id);
        await Answer.JsonAsync(context, new Feedback(record.Verdict, record.Note, record.By, record.Time), WireJson.Wire.Feedback, StatusCodes.Status201Created);
    }

    private IncidentRow Row(StoredIncident stored) => IncidentRow.Of(stored, verdicts.Of(stored.Id));

    /// <summary>Other incidents about the same actor or, for a route, the same route; then those of the same type at the same endpoint within an hour before or after, by whomever.</summary>
    private async ValueTask<IReadOnlyList<IncidentRow>> RelatedAsync(StoredIncident stored, CancellationToken cancellationToken)
    {
        IncidentQuery same = stored.ActorKind == "endpoint" ? new IncidentQuery { Endpoint = stored.Endpoint } : new IncidentQuery { ActorValue = stored.ActorValue };
        var alike = new IncidentQuery { Type = stored.Type, Endpoint = stored.Endpoint, From = stored.FirstSeen - RelatedReach, To = stored.LastSeen + RelatedReach };
        var page = new PageRequest(MaxRelated + 1);
        Page<StoredIncident> byActor = await store.Results.QueryIncidentsAsync(same, page, cancellationToken);
        Page<StoredIncident> byDeed = await store.Results.QueryIncidentsAsync(alike, page, cancellationToken);
        return [.. byActor.Items.Concat(byDeed.Items).Where(other => other.Id != stored.Id).DistinctBy(static other => other.Id).Take(MaxRelated).Select(Row)];
    }

    /// <summary>Traffic of the actor or the route: as long before as the incident took, a quarter to a whole hour, and half as long after. Quiet minutes are points as well.</summary>
    private async ValueTask<IReadOnlyList<TrafficPoint>> TrafficAsync(StoredIncident stored, CancellationToken cancellationToken)
    {
        double minutes = Math.Clamp((stored.LastSeen - stored.FirstSeen).TotalMinutes, 15, 60);
        DateTimeOffset now = time.GetUtcNow(), end = stored.LastSeen.AddMinutes(minutes / 2);
        TrafficRange range = TrafficRange.Cover(stored.FirstSeen.AddMinutes(-minutes), end < now || stored.LastSeen > now ? end : now, MaxTrafficBuckets);
        bool isCaller = stored.ActorKind is "ip" or "user" or "api_key";
        var query = new TrafficQuery(range.From, range.To, range.Bucket, isCaller ? null : stored.Endpoint, Caller: isCaller ? stored.ActorValue : null);
        return TrafficPoint.Of(await store.Events.TrafficAsync(query, cancellationToken), range.From, range.To, range.Bucket);
    }
}

/// <summary>A person's word on an incident.</summary>
/// <param name="Verdict">confirmed, false_positive or benign.</param>
/// <param name="Note">Free text.</param>
public sealed record FeedbackRequest(string? Verdict, string? Note);

/// <summary>What was said, by whom.</summary>
/// <param name="Verdict">confirmed, false_positive or benign.</param>
/// <param name="Note">Free text, or null.</param>
/// <param name="By">Id of the key.</param>
/// <param name="Time">When.</param>
public sealed record Feedback(string Verdict, string? Note, string By, DateTimeOffset Time);

/// <summary>One incident with all there is to see.</summary>
public sealed record IncidentDetail : IncidentRow
{
    public IncidentDetail()
    {
    }

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public IncidentDetail(IncidentRow row) : base(row)
    {
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Feedback> Feedback { get; init; } = [];

    public IReadOnlyList<IncidentRow> Related { get; init; } = [];

    public IReadOnlyList<TrafficPoint> Traffic { get; init; } = [];
}
