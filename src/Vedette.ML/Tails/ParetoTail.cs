namespace Vedette.ML.Tails;

/// <summary>How a <see cref="ParetoTail"/> is estimated.</summary>
public enum ParetoEstimator
{
    /// <summary>Probability-weighted moments: J. Hosking, J. Wallis, Technometrics 29(3), 1987. Fast and steady for few peaks.</summary>
    WeightedMoments,

    /// <summary>Maximum likelihood by one equation: S. Grimshaw, Technometrics 35(2), 1993. Sharper for many peaks.</summary>
    Grimshaw,
}

/// <summary>Generalised Pareto distribution: how far values go beyond a high threshold.</summary>
/// <param name="Shape">The paper's γ (or ξ): 0 is exponential, above 0 heavier, below 0 bounded.</param>
/// <param name="Scale">The paper's σ, positive.</param>
public readonly record struct ParetoTail(double Shape, double Scale)
{
    /// <summary>Heavier tails than this have no mean; no estimate from traffic is believed beyond it.</summary>
    private const double MaxShape = 0.95;
    private const int GridPoints = 48;
    private const int Bisections = 60;

    /// <summary>Chance of going at least <paramref name="excess"/> beyond the threshold, in [0, 1].</summary>
    public double Survival(double excess)
    {
        if (excess <= 0) return 1;
        if (Math.Abs(Shape) < 1e-9) return Math.Exp(-excess / Scale);
        double inner = 1 + Shape * excess / Scale;
        return inner <= 0 ? 0 : Math.Pow(inner, -1 / Shape);
    }

    /// <summary>The excess that is reached with a chance of <paramref name="share"/>, in (0, 1].</summary>
    public double Quantile(double share) =>
        Math.Abs(Shape) < 1e-9 ? -Scale * Math.Log(share) : Scale / Shape * (Math.Pow(share, -Shape) - 1);

    /// <summary>Estimates the tail.</summary>
    /// <param name="excesses">Positive excesses over the threshold; fewer than two, or all equal, give an exponential.</param>
    /// <param name="estimator">The method.</param>
    /// <param name="minShape">Least shape: 0 never believes in a bounded tail.</param>
    /// <exception cref="ArgumentException">There is no excess, or one is not positive and finite.</exception>
    public static ParetoTail Fit(ReadOnlySpan<double> excesses, ParetoEstimator estimator, double minShape = 0)
    {
        if (excesses.IsEmpty) throw new ArgumentException("0 excesses are too few; at least 1 is needed.", nameof(excesses));
        double[] sorted = excesses.ToArray();
        Array.Sort(sorted);
        if (!(sorted[0] > 0) || !double.IsFinite(sorted[^1])) throw new ArgumentException($"Excesses reach from {sorted[0]} to {sorted[^1]}.", nameof(excesses));
        double mean = sorted.Average();
        if (sorted[^1] - sorted[0] <= 1e-12 * mean) return new ParetoTail(Math.Max(0, minShape), mean);
        ParetoTail free = estimator == ParetoEstimator.Grimshaw ? FitGrimshaw(sorted, mean) : FitMoments(sorted, mean);
        double shape = Math.Clamp(free.Shape, minShape, MaxShape);
        // With the shape held, the scale that keeps the mean.
        return shape == free.Shape ? free : new ParetoTail(shape, mean * (1 - shape));
    }

    private static ParetoTail FitMoments(double[] sorted, double mean)
    {
        double weighted = 0;
        for (int i = 0; i < sorted.Length; i++) weighted += (1 - (i + 0.65) / sorted.Length) * sorted[i];
        weighted /= sorted.Length;
        double denominator = mean - 2 * weighted;
        if (denominator <= 1e-12 * mean) return new ParetoTail(double.NegativeInfinity, mean);
        return new ParetoTail(2 - mean / denominator, 2 * mean * weighted / denominator);
    }

    /// <summary>Candidates are the roots of u·v = 1, u = mean of 1/(1 + xY), v = 1 + mean of ln(1 + xY), and the exponential; the likeliest wins.</summary>
    private static ParetoTail FitGrimshaw(double[] y, double mean)
    {
        double epsilon = 1e-8 / mean;
        var best = new ParetoTail(0, mean);
        double bestLikelihood = LogLikelihood(y, best);
        void Consider(double x)
        {
            double shape = Level(y, x) - 1;
            var candidate = new ParetoTail(shape, shape / x);
            double likelihood = LogLikelihood(y, candidate);
            if (likelihood > bestLikelihood) (best, bestLikelihood) = (candidate, likelihood);
        }
        double lowest = -1 / y[^1];
        foreach (double root in Roots(y, lowest * (1 - 1e-9), -epsilon)) Consider(root);
        foreach (double root in Roots(y, epsilon, 2 * (mean - y[0]) / (y[0] * y[0]))) Consider(root);
        return best;
    }

    private static IEnumerable<double> Roots(double[] y, double from, double to)
    {
        if (!(from < to)) yield break;
        double before = from, valueBefore = Equation(y, from);
        for (int i = 1; i <= GridPoints; i++)
        {
            double next = Between(from, to, i / (double)GridPoints), value = Equation(y, next);
            if (valueBefore * value < 0) yield return Bisect(y, before, next, valueBefore);
            (before, valueBefore) = (next, value);
        }
    }

    /// <summary>Points spread evenly in the logarithm: roots lie close to zero as often as far from it.</summary>
    private static double Between(double from, double to, double share) =>
        Math.Sign(from) * Math.Exp(Math.Log(Math.Abs(from)) + share * (Math.Log(Math.Abs(to)) - Math.Log(Math.Abs(from))));

    private static double Bisect(double[] y, double low, double high, double valueLow)
    {
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2, value = Equation(y, middle);
            if (value * valueLow > 0) (low, valueLow) = (middle, value);
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static double Equation(double[] y, double x)
    {
        double u = 0;
        foreach (double value in y) u += 1 / (1 + x * value);
        return u / y.Length * Level(y, x) - 1;
    }

    private static double Level(double[] y, double x)
    {
        double sum = 0;
        foreach (double value in y) sum += Math.Log(1 + x * value);
        return 1 + sum / y.Length;
    }

    private static double LogLikelihood(double[] y, ParetoTail tail)
    {
        if (!(tail.Scale > 0)) return double.NegativeInfinity;
        double sum = -y.Length * Math.Log(tail.Scale);
        foreach (double value in y)
        {
            if (Math.Abs(tail.Shape) < 1e-9) sum -= value / tail.Scale;
            else sum -= (1 + 1 / tail.Shape) * Math.Log(1 + tail.Shape * value / tail.Scale);
        }
        return double.IsNaN(sum) ? double.NegativeInfinity : sum;
    }
}
