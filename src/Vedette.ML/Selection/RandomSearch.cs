namespace Vedette.ML.Selection;

/// <summary>Tries points at random: with few settings that matter better than a grid of the same size.</summary>
/// <remarks>J. Bergstra, Y. Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13, 2012.</remarks>
public static class RandomSearch
{
    /// <summary>Evaluates <paramref name="trials"/> points and returns the best.</summary>
    /// <param name="space">What may be tried.</param>
    /// <param name="trials">Number of points, at least 1.</param>
    /// <param name="seed">Seed of the points: point number i is the same however many are drawn.</param>
    /// <param name="evaluate">Judges a point; higher is better, NaN is worst. Called on several threads.</param>
    /// <param name="maxThreads">Most threads; 0 for one per processor.</param>
    /// <param name="progress">Told of every trial as it ends, on its thread.</param>
    /// <param name="cancellation">Stops before the next trial.</param>
    public static SearchResult Run(
        SearchSpace space, int trials, ulong seed, Func<SearchPoint, double> evaluate, int maxThreads = 0,
        IProgress<SearchTrial>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        var points = SearchRound.Draw(space, trials, seed);
        return SearchResult.From(SearchRound.Run(points, 1, (point, _) => evaluate(point), maxThreads, progress, cancellation));
    }
}
