namespace Vedette.Server.Ask;

/// <summary>The rows that answer a question.</summary>
/// <param name="Columns">What the values of a row are.</param>
/// <param name="Rows">One value per column: text, number, time or null.</param>
public sealed record AnswerTable(IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>A table of one number.</summary>
    public static AnswerTable Single(string name, string label, string type, object? value) => new([new AnswerColumn(name, label, type)], [[value]]);
}

/// <summary>One column of an answer.</summary>
/// <param name="Name">For programs.</param>
/// <param name="Label">For people.</param>
/// <param name="Type">text, number, time, percent (a share of 1), ms, bytes, endpoint, ip or incident.</param>
public sealed record AnswerColumn(string Name, string Label, string Type);
