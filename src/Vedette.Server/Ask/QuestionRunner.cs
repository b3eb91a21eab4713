using Vedette.Engine.Forecasting;
using Vedette.Storage;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Ask;

/// <summary>Answers questions from a store. Thread-safe.</summary>
/// <param name="store">Where the answers are.</param>
/// <param name="forecasts">The forecasts of now; empty where nothing is forecast.</param>
public sealed class QuestionRunner(Store store, Func<IReadOnlyList<RouteForecast>> forecasts)
{
    internal const int DefaultRows = 100;
    internal const int MaxRows = 1000;

    private const int MaxRoutes = 10_000;

    /// <summary>Understands a question and answers it.</summary>
    /// <param name="query">The question in plain words; may be null if there is a filter.</param>
    /// <param name="filter">A filter that stands for the question: chips that were changed come back as one. Null to read the question.</param>
    /// <param name="now">The time "today" and the like refer to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FormatException">The filter has a field that is not known, or asks for user agents where only roll-ups are read.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async ValueTask<QuestionAnswer> AnswerAsync(string? query, string? filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Interpretation understood = string.IsNullOrWhiteSpace(filter) ? QuestionParser.Parse(query ?? "", now) : Interpretation.Of(query ?? "", Filter.Parse(filter), []);
        Filter meant = Filter.Parse(understood.Filter);
        // A question's own words never come to this: what was not understood is left over.
        if (!string.IsNullOrWhiteSpace(filter) && meant.Has("user_agent") && (meant["subject"] != "requests" || meant.Has("by")))
            throw new FormatException("user_agent is known of single requests only: ask for subject=requests without by.");
        if (!meant.Has("endpoint") && await FindNamedAsync(understood.NotUnderstood, AskRange.Of(meant, now), cancellationToken) is var (word, named))
        {
            meant["endpoint"] = named;
            understood = Interpretation.Of(query ?? "", meant, [.. understood.NotUnderstood.Where(left => left != word)]);
        }
        else if (meant["endpoint"] is { Length: > 0 } name)
        {
            string? route = await FindRouteAsync(name, AskRange.Of(meant, now), cancellationToken);
            // A path that is no route stays: it may be one request's own.
            meant["endpoint"] = route ?? (IsPath(name) ? name : null);
            if (route != name) understood = Interpretation.Of(query ?? "", meant, meant.Has("endpoint") ? understood.NotUnderstood : [.. understood.NotUnderstood, name]);
        }
        return QuestionAnswer.Of(query ?? "", understood, await RunAsync(meant, now, cancellationToken));
    }

    /// <summary>The route of this name, else one that ends with this path ("/payment": "/api/checkout/payment"), else one that holds it or has a segment that begins with this word; the busiest of several, null if there is none.</summary>
    private async ValueTask<string?> FindRouteAsync(string name, AskRange range, CancellationToken cancellationToken)
    {
        string part = IsPath(name) ? name : $"/{name}";
        IReadOnlyList<TrafficTotal> totals = await store.Events.TotalsAsync(new TotalsQuery(range.From, range.To, TotalsBy.Route, MaxRoutes), cancellationToken);
        return totals.Where(total => total.Key == name || (part.Length > 1 && total.Key.Contains(part, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(total => total.Key == name).ThenByDescending(total => total.Key.EndsWith(part, StringComparison.OrdinalIgnoreCase)).ThenByDescending(static total => total.Counts.Requests)
            .FirstOrDefault()?.Key;
    }

    /// <summary>The first word that was left over and is a whole segment of a route, in the singular or the plural, with the busiest of those routes; null if there is none, or if what is left over may be excluded.</summary>
    private async ValueTask<(string Word, string Route)?> FindNamedAsync(IReadOnlyList<string> left, AskRange range, CancellationToken cancellationToken)
    {
        if (left.Count == 0 || left.Any(static word => QuestionParser.IsExclusion(Spelling.Fold(word)))) return null;
        IReadOnlyList<TrafficTotal> totals = await store.Events.TotalsAsync(new TotalsQuery(range.From, range.To, TotalsBy.Route, MaxRoutes), cancellationToken);
        foreach (string word in left.Where(static word => word.Length >= 4))
        {
            string[] segments = [$"/{word}", $"/{word}s", $"/{word.TrimEnd('s')}"];
            TrafficTotal? route = totals.Where(total => segments.Any(segment => HasSegment(total.Key, segment)))
                .OrderByDescending(total => segments.Any(segment => total.Key.EndsWith(segment, StringComparison.OrdinalIgnoreCase))).ThenByDescending(static total => total.Counts.Requests).FirstOrDefault();
            if (route is not null) return (word, route.Key);
        }
        return null;
    }

    private static bool HasSegment(string route, string segment) => route.EndsWith(segment, StringComparison.OrdinalIgnoreCase) || route.Contains(segment + "/", StringComparison.OrdinalIgnoreCase);

    private static bool IsPath(string name) => name.Contains('/', StringComparison.Ordinal);

    /// <summary>Runs a filter that <see cref="QuestionParser"/> made, or a user changed.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public ValueTask<AnswerTable> RunAsync(Filter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        AskRange range = AskRange.Of(filter, now);
        return filter["subject"] switch
        {
            "anomalies" => new AnomalyAnswers(store.Results).RunAsync(filter, range, cancellationToken),
            "endpoints" => new EndpointAnswers(store, forecasts()).RunAsync(filter, range, cancellationToken),
            "callers" => new CallerAnswers(store).RunAsync(filter, range, cancellationToken),
            "requests" => new RequestAnswers(store.Events).RunAsync(filter, range, cancellationToken),
            "traffic" => new TrafficAnswers(store.Events).RunAsync(filter, range, cancellationToken),
            _ => new IncidentAnswers(store.Results).RunAsync(filter, range, cancellationToken),
        };
    }

    internal static int Limit(Filter filter) => (int)Math.Clamp(filter.Number("limit") ?? DefaultRows, 1, MaxRows);
}
