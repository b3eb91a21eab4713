namespace Vedette.Engine.Behavior;

/// <summary>How often something should happen in n trials, when each caller has a rate of its own: the share is Beta, the count given it binomial.</summary>
/// <remarks>
/// The predictive distribution of empirical Bayes: a caller with three requests is judged by its peers, one with three thousand by itself.
/// Unlike the binomial it does not call a run of equal outcomes impossible, since callers differ.
/// </remarks>
/// <param name="Alpha">Prior successes, above 0.</param>
/// <param name="Beta">Prior failures, above 0.</param>
internal readonly record struct BetaBinomial(double Alpha, double Beta)
{
    /// <summary>Expected share, in (0, 1).</summary>
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>A prior with the given expected share, as sure of it as <paramref name="trials"/> observations would make it.</summary>
    public static BetaBinomial WithMean(double mean, double trials) => new(mean * trials, (1 - mean) * trials);

    /// <summary>P(X ≥ <paramref name="count"/>) in <paramref name="trials"/> trials, in (0, 1].</summary>
    public double UpperTail(int count, int trials)
    {
        if (count <= 0) return 1;
        if (count > trials) return double.Epsilon;
        // Far out, n is scaled down: the predictive tail depends on n hardly at all once n is much larger than alpha + beta.
        const int mostTerms = 4096;
        if (trials > mostTerms)
        {
            count = (int)((long)count * mostTerms / trials);
            trials = mostTerms;
        }
        double logTerm = LogChoose(trials, count) + LogBeta(count + Alpha, trials - count + Beta) - LogBeta(Alpha, Beta);
        double term = Math.Exp(logTerm);
        double sum = 0;
        for (int k = count; k <= trials; k++)
        {
            sum += term;
            if (term < 1e-12 * sum && k > trials * Mean) break;
            term *= (double)(trials - k) / (k + 1) * (k + Alpha) / Math.Max(1e-9, trials - k - 1 + Beta);
        }
        return Math.Clamp(sum, double.Epsilon, 1);
    }

    private static double LogChoose(int n, int k) => LogGamma(n + 1) - LogGamma(k + 1) - LogGamma(n - k + 1);

    private static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    /// <summary>ln Γ(x) for x above 0, to 1e-10 (Lanczos, g = 7, n = 9).</summary>
    internal static double LogGamma(double x)
    {
        ReadOnlySpan<double> c =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        x -= 1;
        double sum = c[0];
        for (int i = 1; i < c.Length; i++) sum += c[i] / (x + i);
        double t = x + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
