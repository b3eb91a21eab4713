namespace Vedette.Engine.Behavior;

/// <summary>How much of something callers do, before any data: log-normal, and overtaken by the peers as they come.</summary>
/// <param name="Callers">How many callers it counts like.</param>
/// <param name="Median">The median.</param>
/// <param name="Spread">Standard deviation of the binary logarithm.</param>
/// <param name="MedianCallers">How many callers its median counts like where they do more: known so many, it has moved halfway to theirs, in logarithms. Without bound it stays.</param>
internal readonly record struct AmountPrior(double Callers, double Median, double Spread, double MedianCallers = double.PositiveInfinity)
{
    /// <summary>Probability that a caller reaches <paramref name="value"/>, in (0, 1]: prior and peers in a logarithmic pool, each with the weight of its callers.</summary>
    /// <param name="peers">What callers did here.</param>
    /// <param name="value">The value judged.</param>
    /// <param name="ownWeight">What its owner has put into <paramref name="peers"/>; see <see cref="LogHistogram.TailProbability"/>.</param>
    /// <param name="excess">Mean log2-excess beyond the 98% quantile expected before any data.</param>
    public double UpperTail(LogHistogram peers, double value, double ownWeight, double excess = 1)
    {
        double prior = Gaussian.UpperTail(Math.Log2(Math.Max(1, value) / MedianAmong(peers, ownWeight)) / Spread);
        if (peers.Total <= ownWeight) return prior;
        double tail = peers.TailProbability(value, excess, ownWeight);
        // Pooled in logarithms: a mean of the two could not fall below what one of them does not know yet, which is 1 in as many callers as it has seen.
        return Math.Exp((Callers * Math.Log(Math.Max(prior, 1e-300)) + peers.Total * Math.Log(tail)) / (Callers + peers.Total));
    }

    /// <summary>The prior's median, moved up where callers do more.</summary>
    private double MedianAmong(LogHistogram peers, double ownWeight)
    {
        double others = peers.Total - ownWeight;
        if (others <= 0) return Median;
        double more = Math.Log2(peers.Quantile(0.5 * others / peers.Total) / Median);
        return more <= 0 ? Median : Median * Math.Pow(2, more * others / (others + MedianCallers));
    }
}
