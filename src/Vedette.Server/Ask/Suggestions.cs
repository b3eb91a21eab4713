namespace Vedette.Server.Ask;

/// <summary>Questions nearby for somebody who was not quite understood.</summary>
internal static class Suggestions
{
    public static readonly string[] Examples =
    [
        "show high risk APIs in last 10 minutes", "find anomalies in /payment endpoint", "show all bot-like behavior", "critical incidents today", "top 10 slowest endpoints today", "requests slower than 2 seconds in the last hour",
        "how many incidents by type this week", "which endpoints are about to fail", "busiest 20 callers last 24 hours", "server errors by endpoint in the last hour", "compare traffic today with yesterday", "incidents not yet reviewed",
        "attacks that got through today", "incidents with confidence above 90%", "requests by curl in the last hour", "successful logins today",
    ];

    /// <param name="question">The question as it was asked.</param>
    /// <param name="filter">What was understood of it.</param>
    /// <param name="notUnderstood">What was left over. A word that excludes is understood as such, and what follows it is not what is meant: neither is a typing error.</param>
    public static IReadOnlyList<string> For(string question, Filter filter, IReadOnlyList<string> notUnderstood)
    {
        var suggestions = new List<string>();
        bool isExcluding = notUnderstood.Any(static word => QuestionParser.IsExclusion(Spelling.Fold(word)));
        foreach (string word in isExcluding ? [] : notUnderstood.Take(3))
            foreach (string near in Spelling.Near(word.ToLowerInvariant()).Where(near => !Vocabulary.Fillers.Contains(near) && near != Spelling.Fold(word)).Take(1))
                suggestions.Add(question.Length <= Words.MaxLength ? question.Replace(word, near, StringComparison.Ordinal) : near);
        suggestions.AddRange(Examples.OrderByDescending(example => Likeness(example, filter)).Take(3));
        return [.. suggestions.Where(suggestion => suggestion != question).Distinct().Take(4)];
    }

    private static int Likeness(string example, Filter filter) => filter.Conditions.Count(condition => example.Contains(condition.Value, StringComparison.OrdinalIgnoreCase));
}
