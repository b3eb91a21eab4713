using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Server.Ask;

namespace Vedette.Server.Api;

/// <summary><c>/api/admin/query</c>: questions in plain words, or the filter that one was understood as.</summary>
internal sealed class Questions(QuestionRunner runner, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/admin/query", AnswerAsync).Describe(Role.Viewer, "Ask in plain words; answered with what was understood, and a table.").With(QuerySchema.None)
            .Takes<QuestionRequest>().Produces<QuestionAnswer>();

    private async Task AnswerAsync(HttpContext context)
    {
        if (await Answer.ReadAsync(context, WireJson.Wire.QuestionRequest) is not { } request) return;
        if (string.IsNullOrWhiteSpace(request.Query) && string.IsNullOrWhiteSpace(request.Filter))
        {
            await Problem.BadFieldAsync(context, "query", "ask something, such as 'high risk APIs in the last 10 minutes'");
            return;
        }
        if (request.Query?.Length > Words.MaxLength)
        {
            await Problem.BadFieldAsync(context, "query", $"must be at most {Words.MaxLength} characters");
            return;
        }
        try
        {
            QuestionAnswer answer = await runner.AnswerAsync(request.Query, request.Filter, time.GetUtcNow(), context.RequestAborted);
            await Answer.JsonAsync(context, answer, WireJson.Wire.QuestionAnswer);
        }
        catch (FormatException e)
        {
            await Problem.BadFieldAsync(context, "filter", e.Message);
        }
    }
}

/// <summary>A question.</summary>
/// <param name="Query">In plain words.</param>
/// <param name="Filter">Instead: a filter as an earlier answer gave it, perhaps changed.</param>
public sealed record QuestionRequest(string? Query, string? Filter);
