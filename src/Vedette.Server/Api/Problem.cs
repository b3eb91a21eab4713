using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Vedette.Server.Api;

/// <summary>What is wrong with a request, as RFC 9457 has it.</summary>
public sealed record Problem
{
    public const string ContentType = "application/problem+json";

    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    /// <summary>One entry for each bad field or line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>Answers with a problem; does nothing if an answer has begun.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail, IReadOnlyList<FieldError>? errors = null)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.StatusCode = status;
        var problem = new Problem { Title = ReasonPhrases.GetReasonPhrase(status), Status = status, Detail = detail, Errors = errors };
        return context.Response.WriteAsJsonAsync(problem, WireJson.Wire.Problem, ContentType, context.RequestAborted);
    }

    /// <summary>400 about one field.</summary>
    public static Task BadFieldAsync(HttpContext context, string field, string error) =>
        WriteAsync(context, StatusCodes.Status400BadRequest, $"{field}: {error}", [new FieldError(field, error)]);

    /// <summary>503: the store is away.</summary>
    public static Task UnavailableAsync(HttpContext context, string reason)
    {
        context.Response.Headers.RetryAfter = "2";
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, reason);
    }

    public static Task NotFoundAsync(HttpContext context, string what) => WriteAsync(context, StatusCodes.Status404NotFound, $"There is no {what}.");
}

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">Path of the field: <c>threshold</c>, <c>logs[2].status</c>.</param>
/// <param name="Error">What is wrong, and what would be right.</param>
public sealed record FieldError(string Field, string Error);
