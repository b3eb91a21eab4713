namespace Vedette.ML.Selection;

/// <summary>How <see cref="SuccessiveHalving"/> spends.</summary>
public sealed record SuccessiveHalvingOptions
{
    /// <summary>Points at the start. Default 27.</summary>
    public int Candidates { get; init; } = 27;

    /// <summary>After each round one in so many goes on, with so many times the budget. Default 3.</summary>
    public int Factor { get; init; } = 3;

    /// <summary>Share of the full budget (rows, trees or epochs) that a point has at least in the first round, in (0, 1]. Default 0.05.</summary>
    public double MinBudget { get; init; } = 0.05;

    /// <summary>Seed of the points. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most threads; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Candidates is < 1 or > 1_000_000) yield return $"Candidates is {Candidates}; it must be 1 to 1000000.";
        if (Factor is < 2 or > 1000) yield return $"Factor is {Factor}; it must be 2 to 1000.";
        if (!(MinBudget is > 0 and <= 1)) yield return $"MinBudget is {MinBudget}; it must be in (0, 1].";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
    }
}

/// <summary>Tries many points on a small budget and gives the better ones more, until a few have all of it.</summary>
/// <remarks>K. Jamieson, A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", AISTATS 2016, https://arxiv.org/abs/1502.07943.</remarks>
public static class SuccessiveHalving
{
    /// <summary>Searches; the last round always has the full budget.</summary>
    /// <param name="space">What may be tried.</param>
    /// <param name="options">How much is spent.</param>
    /// <param name="evaluate">Judges a point with a share of the full budget, in (0, 1]; higher is better, NaN is worst. Called on several threads.</param>
    /// <param name="progress">Told of every trial as it ends, on its thread.</param>
    /// <param name="cancellation">Stops before the next trial.</param>
    /// <exception cref="ArgumentException">Options out of range; all problems are named.</exception>
    public static SearchResult Run(
        SearchSpace space, SuccessiveHalvingOptions options, Func<SearchPoint, double, double> evaluate,
        IProgress<SearchTrial>? progress = null, CancellationToken cancellation = default)
    {
        Options.Check(options.Problems());
        var survivors = SearchRound.Draw(space, options.Candidates, options.Seed);
        var trials = new List<SearchTrial>();
        double budget = FirstBudget(options);
        while (true)
        {
            var round = SearchRound.Run(survivors, budget, evaluate, options.MaxThreads, progress, cancellation);
            trials.AddRange(round);
            if (budget >= 1) return SearchResult.From(trials);
            int kept = Math.Max(1, survivors.Count / options.Factor);
            survivors = [.. SearchResult.Ranked(round).Take(kept).Select(trial => (trial.Index, trial.Point)).OrderBy(pair => pair.Index)];
            // A rounding error short of the full budget counts as full.
            budget = survivors.Count == 1 || budget * options.Factor > 0.999 ? 1 : budget * options.Factor;
        }
    }

    /// <summary>The full budget divided by the factor as often as candidates and the least budget allow.</summary>
    private static double FirstBudget(SuccessiveHalvingOptions options)
    {
        double budget = 1;
        for (int left = options.Candidates; left >= options.Factor && budget / options.Factor >= options.MinBudget * 0.999; left /= options.Factor)
            budget /= options.Factor;
        return budget;
    }
}
