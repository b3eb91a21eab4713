namespace Vedette.ML.Selection;

/// <summary>One evaluation of a point.</summary>
/// <param name="Index">Number of the point in the order it was drawn.</param>
/// <param name="Point">The settings.</param>
/// <param name="Budget">What was spent, from 0 to 1.</param>
/// <param name="Value">What came out; higher is better, NaN is worst.</param>
public sealed record SearchTrial(int Index, SearchPoint Point, double Budget, double Value);

/// <summary>What a search found.</summary>
/// <param name="Best">The best trial of those with the greatest budget; of equals the first drawn.</param>
/// <param name="Trials">All trials, by budget and then in the order drawn.</param>
public sealed record SearchResult(SearchTrial Best, IReadOnlyList<SearchTrial> Trials)
{
    internal static SearchResult From(List<SearchTrial> trials)
    {
        double full = trials.Max(trial => trial.Budget);
        return new SearchResult(Ranked(trials.Where(trial => trial.Budget == full)).First(), trials);
    }

    /// <summary>Best first; a NaN comes last, equals in the order drawn.</summary>
    internal static IEnumerable<SearchTrial> Ranked(IEnumerable<SearchTrial> trials) =>
        trials.OrderByDescending(trial => double.IsNaN(trial.Value) ? double.NegativeInfinity : trial.Value).ThenBy(trial => trial.Index);
}

/// <summary>Evaluates points on several threads; the result depends neither on their number nor on the order in which they finish.</summary>
internal static class SearchRound
{
    public static List<SearchTrial> Run(
        IReadOnlyList<(int Index, SearchPoint Point)> points, double budget, Func<SearchPoint, double, double> evaluate, int maxThreads,
        IProgress<SearchTrial>? progress, CancellationToken cancellation)
    {
        var trials = new SearchTrial[points.Count];
        Workers.For(points.Count, maxThreads, i =>
        {
            if (cancellation.IsCancellationRequested) return;
            trials[i] = new SearchTrial(points[i].Index, points[i].Point, budget, evaluate(points[i].Point, budget));
            progress?.Report(trials[i]);
        });
        cancellation.ThrowIfCancellationRequested();
        return [.. trials];
    }

    public static List<(int Index, SearchPoint Point)> Draw(SearchSpace space, int count, ulong seed)
    {
        var points = new List<(int Index, SearchPoint Point)>(count);
        for (int i = 0; i < count; i++)
        {
            var random = SeededRandom.Fork(seed, i);
            points.Add((i, space.Draw(ref random)));
        }
        return points;
    }
}
