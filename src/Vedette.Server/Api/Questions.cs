using System.Text.Json;
using System.Text.Json.Serialization;
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
            .Accepts<QuestionRequest>(Answer.JsonType).Produces<QuestionAnswer>();

    private async Task AnswerAsync(HttpContext context)
    {
        if (await Answer.ReadAsync(context, WireJson.Default.QuestionRequest) is not { } request) return;
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
        DateTimeOffset now = time.GetUtcNow();
        Interpretation interpretation;
        Filter filter;
        try
        {
            // Chips that were changed come back as a filter; it then stands for the question.
            interpretation = string.IsNullOrWhiteSpace(request.Filter) ? QuestionParser.Parse(request.Query!, now) : Interpretation.Of(request.Query ?? "", Filter.Parse(request.Filter), []);
            filter = Filter.Parse(interpretation.Filter);
        }
        catch (FormatException e)
        {
            await Problem.BadFieldAsync(context, "filter", e.Message);
            return;
        }
        AnswerTable table = await runner.RunAsync(filter, now, context.RequestAborted);
        await Answer.JsonAsync(context, new QuestionAnswer(request.Query ?? "", interpretation, table.Columns, [.. table.Rows.Select(static row => row.Select(Cell).ToArray())]), WireJson.Default.QuestionAnswer);
    }

    private static JsonElement Cell(object? value) => value switch
    {
        null => JsonSerializer.SerializeToElement(null, CellJson.Default.String),
        string text => JsonSerializer.SerializeToElement(text, CellJson.Default.String),
        int number => JsonSerializer.SerializeToElement(number, CellJson.Default.Int64),
        long number => JsonSerializer.SerializeToElement(number, CellJson.Default.Int64),
        double number => JsonSerializer.SerializeToElement(double.IsFinite(number) ? Math.Round(number, 6) : 0, CellJson.Default.Double),
        DateTimeOffset at => JsonSerializer.SerializeToElement(at, CellJson.Default.DateTimeOffset),
        _ => throw new InvalidOperationException($"A cell cannot hold a {value.GetType()}."),
    };
}

/// <summary>A question.</summary>
/// <param name="Query">In plain words.</param>
/// <param name="Filter">Instead: a filter as an earlier answer gave it, perhaps changed.</param>
public sealed record QuestionRequest(string? Query, string? Filter);

/// <summary>An answer and how the question was understood.</summary>
/// <param name="Query">The question.</param>
/// <param name="Interpretation">What was understood.</param>
/// <param name="Columns">What the values of a row are.</param>
/// <param name="Rows">One value per column.</param>
public sealed record QuestionAnswer(string Query, Interpretation Interpretation, IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<IReadOnlyList<JsonElement>> Rows);

/// <summary>Values of cells.</summary>
[JsonSourceGenerationOptions(Converters = [typeof(TimeConverter)])]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(DateTimeOffset))]
internal sealed partial class CellJson : JsonSerializerContext;
