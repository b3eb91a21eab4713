namespace Vedette.Lab.Evaluation;

/// <summary>A threshold an operator would write for one caller and minute.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Threshold">Value from which on it raises an alert.</param>
/// <param name="Unit">Of the value and the threshold.</param>
/// <param name="Value">What it looks at; 0 where it does not apply.</param>
public sealed record StaticRule(string Name, double Threshold, string Unit, Func<CallerWindow, double> Value)
{
    /// <summary>Below this many requests a ratio or a mean says nothing: one missing page would be "100% errors".</summary>
    public const int LeastRequests = 10;

    /// <summary>The rules, with the numbers widespread tools and this product's founding documents begin with; docs/evaluation.md gives each number's origin.</summary>
    public static IReadOnlyList<StaticRule> All { get; } =
    [
        new("requests_per_minute", 100, "requests in a minute", static window => window.Requests),
        new("unauthorized", 5, "401 answers in ten minutes", static window => window.UnauthorizedInTenMinutes),
        new("refused_or_missing", 11, "400, 403 and 404 answers in a minute", static window => window.Refused),
        new("error_ratio", 0.3, "share of answers of 400 and above, from ten requests on", static window => window.Requests < LeastRequests ? 0 : (double)window.Errors / window.Requests),
        new("response_time", 800, "mean milliseconds, from ten requests on", static window => window.Timed < LeastRequests ? 0 : window.MeanMilliseconds),
        new("bad_string", 1, "requests with a known bad string", static window => window.BadStrings > 0 ? double.PositiveInfinity : 0),
    ];

    /// <summary>The largest factor by which all thresholds could be multiplied and one rule would still raise an alert; 1 is the rules as written, infinity a known bad string.</summary>
    public static float Score(in CallerWindow window)
    {
        double most = 0;
        foreach (StaticRule rule in All) most = Math.Max(most, rule.Value(window) / rule.Threshold);
        return (float)most;
    }
}
