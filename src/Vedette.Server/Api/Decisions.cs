using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;
using Vedette.Server.Access;
using Vedette.Storage.Control;

namespace Vedette.Server.Api;

/// <summary><c>/api/decisions</c>: whom to ban or slow down; <c>/v1/decisions/stream</c>: the same as enforcing proxies poll it.</summary>
internal sealed class Decisions(DecisionList list, AuditLog audit, TimeProvider time)
{
    private const int MaxActive = 100_000;
    private const int MaxPollers = 1000;
    private const int MaxText = 200;

    private static readonly string[] Scopes = ["ip", "range", "user"];
    private static readonly string[] Types = ["ban", "throttle", "captcha"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static readonly QuerySchema StreamQuery = new(
        QueryParameter.Choice("startup", "true: everything in force; else what changed since this key asked last.", "true", "false"),
        QueryParameter.Text("scopes", "Scopes wanted, with commas between."),
        QueryParameter.Text("origins", "Origins wanted, with commas between."),
        QueryParameter.Text("scenarios_containing", "Accepted and not used."),
        QueryParameter.Text("scenarios_not_containing", "Accepted and not used."),
        QueryParameter.Choice("dedup", "Accepted and not used.", "true", "false"),
        QueryParameter.Choice("additional_pull", "Accepted and not used.", "true", "false"),
        QueryParameter.Choice("community_pull", "Accepted and not used.", "true", "false"));

    private static readonly QuerySchema LookupQuery = new(
        QueryParameter.Text("ip", "Decisions that hit this address, its networks' included."),
        QueryParameter.Text("range", "Decisions about exactly this network."),
        QueryParameter.Text("scope", "With value: ip, range or user."),
        QueryParameter.Text("value", "With scope: whom it is about."),
        QueryParameter.Text("type", "ban, throttle or captcha."),
        QueryParameter.Text("origins", "Origins wanted, with commas between."),
        QueryParameter.Text("scopes", "Scopes wanted, with commas between."),
        QueryParameter.Choice("contains", "Accepted and not used.", "true", "false"),
        QueryParameter.Text("scenarios_containing", "Accepted and not used."),
        QueryParameter.Text("scenarios_not_containing", "Accepted and not used."));

    private readonly ConcurrentDictionary<string, DateTimeOffset> _polled = new(StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/decisions", ListAsync).Describe(Role.Analyst, "Decisions in force, newest first.").With(QuerySchema.None).Produces<ListOf<DecisionRow>>();
        routes.MapPost("/api/decisions", CreateAsync).Describe(Role.Analyst, "Ban, throttle or challenge a caller for a time.").With(QuerySchema.None)
            .Takes<DecisionRequest>().Produces<DecisionRow>(StatusCodes.Status201Created);
        routes.MapDelete("/api/decisions/{id}", DeleteAsync).Describe(Role.Analyst, "Take a decision back.").WithPath("id", "Decision id.").With(QuerySchema.None)
            .Produces(StatusCodes.Status204NoContent).Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
        routes.MapGet("/v1/decisions", LookUpAsync).Describe(Role.Bouncer, "Decisions about one caller as enforcing proxies ask for them; null for none.").With(LookupQuery).Produces<IReadOnlyList<StreamedDecision>>();
        routes.MapGet("/v1/decisions/stream", StreamAsync).Describe(Role.Bouncer, "Decisions as enforcing proxies poll them: new and deleted.").With(StreamQuery).Produces<DecisionStream>();
    }

    private Task ListAsync(HttpContext context)
    {
        DecisionRow[] rows = [.. list.Active.OrderByDescending(static decision => decision.CreatedAt).Select(DecisionRow.Of)];
        return Answer.JsonAsync(context, new ListOf<DecisionRow>(rows, null), WireJson.Wire.ListOfDecisionRow);
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (await Answer.ReadAsync(context, WireJson.Wire.DecisionRequest) is not { } request) return;
        var errors = new List<FieldError>();
        if (!Scopes.Contains(request.Scope)) errors.Add(new FieldError("scope", $"must be one of {string.Join(", ", Scopes)}"));
        if (!Types.Contains(request.Type)) errors.Add(new FieldError("type", $"must be one of {string.Join(", ", Types)}"));
        if (ValueProblem(request.Scope, request.Value) is { } wrong) errors.Add(new FieldError("value", wrong));
        if (!GoDuration.TryParse(request.Duration, out TimeSpan duration) || duration <= TimeSpan.Zero || duration > Longest) errors.Add(new FieldError("duration", "must be a time as 30m, 4h or 7d, at most 366d"));
        if (request.Reason?.Length > MaxText) errors.Add(new FieldError("reason", $"must be at most {MaxText} characters"));
        if (list.Active.Count >= MaxActive) errors.Add(new FieldError("$", $"{MaxActive} decisions are in force already"));
        if (errors.Count > 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The decision was not made.", errors);
            return;
        }
        DateTimeOffset now = time.GetUtcNow();
        var decision = new DecisionRecord(Guid.CreateVersion7(now).ToString("N"), request.Scope!, request.Value!.Trim(), request.Type!, request.Reason ?? "", "manual", now, now + duration, null, null);
        await list.SaveAsync(decision, context.RequestAborted);
        await audit.AddAsync(context, $"decision.{decision.Type}", $"{decision.Scope} {decision.Value} {request.Duration}");
        await Answer.JsonAsync(context, DecisionRow.Of(decision), WireJson.Wire.DecisionRow, StatusCodes.Status201Created);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (list.Find((string)context.Request.RouteValues["id"]!) is not { } decision)
        {
            await Problem.NotFoundAsync(context, "such decision");
            return;
        }
        if (decision.DeletedAt is null)
        {
            await list.SaveAsync(decision with { DeletedAt = time.GetUtcNow() }, context.RequestAborted);
            await audit.AddAsync(context, "decision.delete", $"{decision.Scope} {decision.Value}");
        }
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task StreamAsync(HttpContext context)
    {
        // Proxies try with HEAD whether their key is good: that is no poll, after which they would miss what it did not carry.
        if (HttpMethods.IsHead(context.Request.Method)) return;
        QueryValues query = QueryValues.Of(context);
        string poller = Caller.Of(context).Principal.Id;
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? since = query.Text("startup") != "true" && _polled.TryGetValue(poller, out DateTimeOffset last) ? last : null;
        if (_polled.Count < MaxPollers || _polled.ContainsKey(poller)) _polled[poller] = now;
        DecisionRecord[] all = [.. list.All.Where(Wanted(query))];
        var fresh = all.Where(decision => IsInForce(decision, now) && (since is null || decision.CreatedAt > since));
        var gone = all.Where(decision => !IsInForce(decision, now) && (since is null || (decision.DeletedAt ?? decision.ExpiresAt) > since));
        await Answer.JsonAsync(context, new DecisionStream([.. fresh.Select(decision => StreamedDecision.Of(decision, now))], [.. gone.Select(decision => StreamedDecision.Of(decision, now))]), WireJson.Wire.DecisionStream);
    }

    private async Task LookUpAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        NetworkAddress address = default;
        string? ip = query.Text("ip"), type = query.Text("type"), value = query.Text("value") ?? query.Text("range"), scope = query.Text("range") is null ? query.Text("scope") : "range";
        if (ip is not null && !NetworkAddress.TryParse(System.Text.Encoding.UTF8.GetBytes(ip), out address))
        {
            await Problem.BadFieldAsync(context, "ip", "must be an IPv4 or IPv6 address");
            return;
        }
        Func<DecisionRecord, bool> isWanted = Wanted(query);
        DateTimeOffset now = time.GetUtcNow();
        StreamedDecision[] found = [.. list.Active.Where(decision => isWanted(decision)
            && (ip is null || decision.Scope != "user" && NetworkRange.TryParse(decision.Value, out NetworkRange range) && range.Contains(address))
            && (type is null || decision.Type == type)
            && (scope is null || decision.Scope.Equals(scope, StringComparison.OrdinalIgnoreCase))
            && (value is null || decision.Value == value)).Select(decision => StreamedDecision.Of(decision, now))];
        await Answer.JsonAsync(context, found.Length == 0 ? null : found, WireJson.Wire.IReadOnlyListStreamedDecision!);
    }

    private static Func<DecisionRecord, bool> Wanted(QueryValues query)
    {
        string[]? scopes = query.Text("scopes")?.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries), origins = query.Text("origins")?.Split(',', StringSplitOptions.TrimEntries);
        return decision => (scopes is null || scopes.Contains(decision.Scope)) && (origins is null || origins.Contains(decision.Origin));
    }

    private static bool IsInForce(DecisionRecord decision, DateTimeOffset now) => decision.DeletedAt is null && decision.ExpiresAt > now;

    private static string? ValueProblem(string? scope, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > MaxText || value.Any(char.IsControl)) return $"must be 1 to {MaxText} characters";
        return scope switch
        {
            "ip" => NetworkAddress.TryParse(System.Text.Encoding.UTF8.GetBytes(value.Trim()), out _) && System.Net.IPAddress.TryParse(value.Trim(), out _) ? null : "must be an IPv4 or IPv6 address",
            "range" => value.Contains('/', StringComparison.Ordinal) && NetworkRange.TryParse(value.Trim(), out NetworkRange range) && range.Bits >= (range.Network.IsIPv4 ? 96 + 8 : 16) ? null
                : "must be a network as 203.0.113.0/24, no larger than /8 (IPv6: /16)",
            _ => null,
        };
    }
}

/// <summary>The decision that is wanted.</summary>
/// <param name="Scope">ip, range or user.</param>
/// <param name="Value">Whom it is about.</param>
/// <param name="Type">ban, throttle or captcha.</param>
/// <param name="Duration">How long, as 30m, 4h, 7d.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record DecisionRequest(string? Scope, string? Value, string? Type, string? Duration, string? Reason);

/// <summary>A decision in force.</summary>
public sealed record DecisionRow(string Id, string Scope, string Value, string Type, string Reason, string Origin, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? Incident)
{
    public static DecisionRow Of(DecisionRecord decision) =>
        new(decision.Id, decision.Scope, decision.Value, decision.Type, decision.Reason, decision.Origin, decision.CreatedAt, decision.ExpiresAt, decision.Incident);
}

/// <summary>What changed, as proxies want it.</summary>
/// <param name="New">Decisions to enforce.</param>
/// <param name="Deleted">Decisions to forget.</param>
public sealed record DecisionStream(IReadOnlyList<StreamedDecision> New, IReadOnlyList<StreamedDecision> Deleted);

/// <summary>A decision as proxies read it.</summary>
public sealed record StreamedDecision
{
    public long Id { get; init; }

    public required string Uuid { get; init; }

    public required string Origin { get; init; }

    /// <summary>ban, throttle or captcha.</summary>
    public required string Type { get; init; }

    /// <summary>Ip, Range or User.</summary>
    public required string Scope { get; init; }

    public required string Value { get; init; }

    /// <summary>What is left of it, as 3h59m1s.</summary>
    public required string Duration { get; init; }

    public required string Scenario { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>False: every decision here is to be enforced.</summary>
    public bool Simulated { get; init; }

    public static StreamedDecision Of(DecisionRecord decision, DateTimeOffset now) => new()
    {
        Id = (long)(Fingerprint.Of(System.Text.Encoding.UTF8.GetBytes(decision.Id)) >> 12),
        Uuid = decision.Id,
        Origin = decision.Origin,
        Type = decision.Type,
        Scope = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(decision.Scope),
        Value = decision.Value,
        Duration = GoDuration.Format(decision.DeletedAt is null ? decision.ExpiresAt - now : TimeSpan.Zero),
        Scenario = decision.Reason,
        Until = decision.DeletedAt ?? decision.ExpiresAt,
    };
}
