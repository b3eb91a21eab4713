namespace Vedette.Engine.Behavior;

/// <summary>The standard normal distribution.</summary>
internal static class Gaussian
{
    /// <summary>P(Z &gt; <paramref name="z"/>), relative error under 1e-6 (Numerical Recipes' erfc in Chebyshev form).</summary>
    public static double UpperTail(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double erfc = t * Math.Exp(-x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (0.27886807
            + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
        return z >= 0 ? 0.5 * erfc : 1 - 0.5 * erfc;
    }
}
