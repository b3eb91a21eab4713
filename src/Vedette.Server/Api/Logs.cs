using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine.Parsing;
using Vedette.Server.Access;
using Vedette.Server.Ingestion;
using Vedette.Server.Settings;
using Vedette.Storage;
using Vedette.Storage.Events;

namespace Vedette.Server.Api;

/// <summary><c>/logs</c>: traffic in, and found again.</summary>
internal sealed class Logs(EventIntake intake, LogParsers parsers, Idempotency idempotency, IEventStore store, ServerOptions options)
{
    private const long MaxCounted = 100_000;

    private static readonly QuerySchema PostQuery = new(
        QueryParameter.Text("source", "Name of the input, for statistics. Default: the key's name."),
        QueryParameter.Text("format", "Log format of plain-text lines: a name, or a LogFormat or log_format string. Default: detected."));

    private static readonly QuerySchema ListQuery = new(
    [
        .. QuerySchema.Times,
        QueryParameter.Text("endpoint", "Route template, or a path as sent."),
        QueryParameter.Text("method", "Request method."),
        QueryParameter.Status("status"),
        QueryParameter.Network("client_ip", "Client address, or network in CIDR notation."),
        QueryParameter.Text("user", "User name."),
        QueryParameter.Number("min_duration_ms", "Least server time in milliseconds.", 0, 1e12),
        QueryParameter.Text("q", "Text in path, query or user agent, case ignored."),
        QueryParameter.Choice("is_anomaly", "Only events that carry an attack (true), or that do not (false).", "true", "false"),
        .. QuerySchema.Paging,
        QueryParameter.Integer("page", "Page number from 1, instead of a cursor.", 1, 1_000_000),
        QueryParameter.Integer("page_size", "Rows of a page.", 1, 1000),
    ]);

    private readonly BodyReader _bodies = new(intake, options.MaxBodyBytes);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/logs", PostAsync).Describe(Role.Ingest, "Take traffic in: one event, several, or lines of an access log. Answered when it is durable.").With(PostQuery)
            .Takes<EventRequest>("application/x-ndjson", "text/plain").Produces<LogsTaken>(StatusCodes.Status201Created)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType).Produces<Problem>(StatusCodes.Status429TooManyRequests, Problem.ContentType)
            .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, Problem.ContentType);
        foreach (string path in (string[])["/logs", "/api/logs"])
            routes.MapGet(path, ListAsync).Describe(Role.Viewer, "Stored events, newest first.").With(ListQuery).Produces<ListOf<StoredEvent>>();
    }

    private async Task PostAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        LogParser? parser = null;
        if (query.Text("format") is { } format && !parsers.TryFind(format, out parser, out string? unknown))
        {
            await Problem.BadFieldAsync(context, "format", unknown);
            return;
        }
        Principal principal = Caller.Of(context).Principal;
        using Idempotency.Claim? claim = await idempotency.ClaimAsync(context, principal.Id);
        if (claim is null) return;
        long? length = context.Request.Headers.ContentEncoding.Count == 0 ? context.Request.ContentLength : null;
        Submission submission = intake.Rent(length);
        BodyError? error;
        BodyShape shape = BodyShape.Lines;
        try
        {
            submission.Source = intake.Sources.IndexOf(query.Text("source") ?? (principal.Name.Length > 0 ? principal.Name : "http"), "http");
            error = await _bodies.ReadAsync(context, submission) ?? Parse(context, submission, parser, out shape);
        }
        catch
        {
            intake.Return(submission);
            throw;
        }
        if (error is null) await TakeAsync(context, submission, shape, claim);
        else await RefuseAsync(context, submission, error);
    }

    /// <summary>Makes events of the body; what is wrong with it as a whole, or null.</summary>
    private BodyError? Parse(HttpContext context, Submission submission, LogParser? parser, out BodyShape shape)
    {
        bool isText = parser is not null || context.Request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true;
        string? problem = BodySplitter.Split(submission.Events, isText, submission.Source, options.MaxEventsPerRequest, out shape);
        if (problem is not null) return new BodyError(submission.Events.LineCount >= options.MaxEventsPerRequest ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, problem);
        (parser ?? (isText ? parsers.Text : parsers.Json)).Parse(submission.Events);
        intake.Check(submission);
        return null;
    }

    private async Task TakeAsync(HttpContext context, Submission submission, BodyShape shape, Idempotency.Claim claim)
    {
        int accepted = submission.Events.EventCount;
        IReadOnlyList<RejectedEvent> rejected = submission.Events.Failures.Count == 0 ? [] : RejectedEvent.Of(submission.Events);
        byte[] answer = Format(accepted, rejected);
        submission.Receipt = accepted == 0 ? null : claim.ReceiptFor(accepted, answer);
        SubmitResult result = await intake.SubmitAsync(submission);
        if (result != SubmitResult.Stored) await RefuseAsync(context, result);
        else if (accepted == 0 && rejected.Count > 0) await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "No event could be read.", Name(rejected, shape));
        else await SendAsync(context, answer);
    }

    private Task RefuseAsync(HttpContext context, Submission submission, BodyError error)
    {
        intake.Return(submission);
        if (error.Status == StatusCodes.Status429TooManyRequests) context.Response.Headers.RetryAfter = "1";
        return Problem.WriteAsync(context, error.Status, error.Detail, error.Status == StatusCodes.Status400BadRequest ? [new FieldError("$", error.Detail)] : null);
    }

    private Task RefuseAsync(HttpContext context, SubmitResult result)
    {
        if (result == SubmitResult.StoreUnavailable) return Problem.UnavailableAsync(context, $"Nothing was kept, send it again later: {intake.Health.Problem ?? "the store was away"}");
        if (result == SubmitResult.Failed) return Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "The events could not be processed; nothing was kept. The log says why.");
        context.Response.Headers.RetryAfter = "1";
        return Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too much waits to be analysed; nothing was kept, send it again in a moment.");
    }

    private static byte[] Format(int accepted, IReadOnlyList<RejectedEvent> rejected)
    {
        if (rejected.Count == 0) return Encoding.UTF8.GetBytes($"{{\"accepted\":{accepted},\"rejected\":[]}}");
        return JsonSerializer.SerializeToUtf8Bytes(new LogsTaken(accepted, rejected), WireJson.Wire.LogsTaken);
    }

    private static Task SendAsync(HttpContext context, byte[] answer)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = Answer.JsonType;
        context.Response.ContentLength = answer.Length;
        return context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted).AsTask();
    }

    private static FieldError[] Name(IReadOnlyList<RejectedEvent> rejected, BodyShape shape) => [.. rejected.Select(entry =>
    {
        string place = shape switch
        {
            BodyShape.Single => "",
            BodyShape.Array => $"[{entry.Index}]",
            BodyShape.Wrapped => $"logs[{entry.Index}]",
            _ => $"line {entry.Index + 1}",
        };
        string field = entry.Field is null ? place : place.Length == 0 ? entry.Field : $"{place}.{entry.Field}";
        return new FieldError(field.Length == 0 ? "$" : field, entry.Error);
    })];

    private async Task ListAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        var wanted = new EventQuery
        {
            From = query.Time("from"),
            To = query.Time("to"),
            Endpoint = query.Text("endpoint"),
            Method = query.Text("method"),
            MinStatus = query.Status("status")?.Least,
            MaxStatus = query.Status("status")?.Most,
            ClientIp = query.Text("client_ip"),
            User = query.Text("user"),
            MinDurationMs = query.Number("min_duration_ms"),
            Text = query.Text("q"),
            IsAnomaly = query.Text("is_anomaly") is { } flag ? flag == "true" : null,
        };
        PageRequest page = query.Page();
        Page<StoredEvent> found = await store.QueryAsync(wanted, page, context.RequestAborted);
        var list = new ListOf<StoredEvent>(found.Items, found.NextCursor);
        if (query.Has("page") || query.Has("page_size"))
        {
            long total = await store.CountAsync(wanted, MaxCounted, context.RequestAborted);
            list = list with { Page = page.Skip / page.Limit + 1, PageSize = page.Limit, Total = total, TotalIsExact = total < MaxCounted };
        }
        await Answer.JsonAsync(context, list, WireJson.Wire.ListOfStoredEvent);
    }
}

/// <summary>An event as it is sent; everything but a path may be missing, and other names in use (endpoint, status_code, response_time_ms, ip_address, user_id…) are read as well.</summary>
public sealed record EventRequest
{
    /// <summary>RFC 3339, or Unix seconds or milliseconds. Default: now.</summary>
    public string? Timestamp { get; init; }

    public string? Method { get; init; }

    public string? Path { get; init; }

    public string? Query { get; init; }

    public int? Status { get; init; }

    public double? DurationMs { get; init; }

    public string? ClientIp { get; init; }

    public string? User { get; init; }

    public string? Session { get; init; }

    /// <summary>Kept as a keyed hash only.</summary>
    public string? ApiKey { get; init; }

    public long? RequestBytes { get; init; }

    public long? ResponseBytes { get; init; }

    public string? UserAgent { get; init; }

    public string? Referer { get; init; }

    public string? Host { get; init; }

    public string? Protocol { get; init; }

    /// <summary>Inspected; a masked sample is kept.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Inspected; a masked sample is kept.</summary>
    public string? Body { get; init; }
}

/// <summary>What became of the events sent.</summary>
/// <param name="Accepted">Events analysed and stored.</param>
/// <param name="Rejected">Those that were not, at most 1000.</param>
public sealed record LogsTaken(int Accepted, IReadOnlyList<RejectedEvent> Rejected);
