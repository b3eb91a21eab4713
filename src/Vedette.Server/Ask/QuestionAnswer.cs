using System.Text.Json;
using System.Text.Json.Serialization;
using Vedette.Server.Api;

namespace Vedette.Server.Ask;

/// <summary>An answer and how the question was understood.</summary>
/// <param name="Query">The question.</param>
/// <param name="Interpretation">What was understood.</param>
/// <param name="Columns">What the values of a row are.</param>
/// <param name="Rows">One value per column.</param>
public sealed record QuestionAnswer(string Query, Interpretation Interpretation, IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<IReadOnlyList<JsonElement>> Rows)
{
    internal static QuestionAnswer Of(string query, Interpretation interpretation, AnswerTable table) => new(query, interpretation, table.Columns, [.. table.Rows.Select(static row => row.Select(Cell).ToArray())]);

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

/// <summary>Values of cells.</summary>
[JsonSourceGenerationOptions(Converters = [typeof(TimeConverter)])]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(DateTimeOffset))]
internal sealed partial class CellJson : JsonSerializerContext;
