using System.Globalization;

namespace Vedette.Server.Ask;

/// <summary>What was made of a question, for the asker to check and change.</summary>
/// <param name="Sentence">The meaning in words.</param>
/// <param name="Chips">The conditions one by one.</param>
/// <param name="NotUnderstood">Words that were left over.</param>
/// <param name="Suggestions">Questions nearby that would be understood; none if all was.</param>
/// <param name="Filter">The conditions as text, for the address line of a page and for programs.</param>
public sealed record Interpretation(string Sentence, IReadOnlyList<Chip> Chips, IReadOnlyList<string> NotUnderstood, IReadOnlyList<string> Suggestions, string Filter)
{
    internal static Interpretation Of(string question, Filter filter, IReadOnlyList<string> notUnderstood) =>
        new(Ask.Sentence.Of(filter), [.. filter.Conditions.Select(static condition => Chip.Of(condition.Field, condition.Value))], notUnderstood, notUnderstood.Count == 0 ? [] : Ask.Suggestions.For(question, filter, notUnderstood), filter.ToString());
}

/// <summary>One condition, to be shown, changed or taken away.</summary>
/// <param name="Field">Name of the field, as in <see cref="Ask.Filter.Fields"/>.</param>
/// <param name="Operator"><c>=</c>, <c>≥</c> or <c>≤</c>.</param>
/// <param name="Value">The value as it stands in the filter.</param>
/// <param name="Label">Both for people.</param>
public sealed record Chip(string Field, string Operator, string Value, string Label)
{
    internal static Chip Of(string field, string value)
    {
        string sign = field.StartsWith("min_", StringComparison.Ordinal) || field == "from" ? "≥" : field.StartsWith("max_", StringComparison.Ordinal) || field == "to" ? "≤" : "=";
        return new Chip(field, sign, value, LabelOf(field, value));
    }

    private static string LabelOf(string field, string value) => field switch
    {
        "last" => $"last {Sentence.Duration(value)}",
        "from" => $"from {value.Replace('T', ' ')} UTC",
        "to" => $"until {value.Replace('T', ' ')} UTC",
        "min_error_rate" => $"error rate at least {Sentence.Percent(value)}",
        "min_failure_probability" => $"failure probability at least {Sentence.Percent(value)}",
        "min_duration_ms" => $"slower than {value} ms",
        "max_duration_ms" => $"faster than {value} ms",
        "min_risk" => $"risk at least {value}",
        "min_confidence" => $"confidence at least {Sentence.Percent(value)}",
        "max_confidence" => $"confidence at most {Sentence.Percent(value)}",
        "outcome" => value == "succeeded" ? "answered with success" : "never answered with success",
        "is_new" => "new",
        "limit" => $"first {value}",
        "sort" => $"by {value.Replace('_', ' ')}",
        "by" => $"per {value}",
        "compare" => "compared with " + (value == "previous" ? "the time before" : Sentence.Duration(value) + " before"),
        "verdict" => value == "none" ? "not judged yet" : value.Replace('_', ' '),
        _ => $"{field.Replace('_', ' ')}: {value.Replace('_', ' ').Replace(",", ", ", StringComparison.Ordinal)}",
    };
}

/// <summary>Puts a filter into words.</summary>
internal static class Sentence
{
    public static string Of(Filter filter)
    {
        string what = filter["measure"] switch
        {
            "count" => "How many " + Subject(filter),
            "avg_latency" => "Average latency of " + Subject(filter),
            "p95_latency" => "95th percentile of the latency of " + Subject(filter),
            "error_rate" => "Error rate of " + Subject(filter),
            _ => char.ToUpperInvariant(Subject(filter)[0]) + Subject(filter)[1..],
        };
        IEnumerable<string> conditions = filter.Conditions.Where(static condition => condition.Field is not ("subject" or "kind" or "measure")).Select(static condition => Chip.Of(condition.Field, condition.Value).Label);
        return string.Join(", ", conditions.Prepend(what)) + ".";
    }

    public static string Duration(string value)
    {
        if (value.Length < 2) return value;
        string unit = value[^1] switch { 's' => "second", 'm' => "minute", 'h' => "hour", _ => "day" };
        return value[..^1] == "1" ? "1 " + unit : $"{value[..^1]} {unit}s";
    }

    public static string Percent(string value) => (double.Parse(value, CultureInfo.InvariantCulture) * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Subject(Filter filter) => filter["subject"] == "callers" && filter["kind"] is { } kind ? kind == "ip" ? "addresses" : kind + "s" : filter["subject"] ?? "incidents";
}
