using System.Numerics;
using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class BetaBinomialTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 10, 3)]
    [InlineData(1, 1, 1, 1, 10, 10)]
    [InlineData(3, 5, 17, 5, 12, 7)]
    [InlineData(3, 5, 17, 5, 200, 60)]
    [InlineData(3, 20, 57, 20, 30, 30)]
    [InlineData(1, 10, 99, 10, 400, 5)]
    [InlineData(1, 1000, 999, 1000, 50, 1)]
    [InlineData(9, 2, 1, 2, 40, 39)]
    [InlineData(12, 1, 30, 1, 500, 480)]
    public void UpperTailIsTheExactSum(int alphaTop, int alphaBottom, int betaTop, int betaBottom, int trials, int count)
    {
        double exact = ExactTail(alphaTop, alphaBottom, betaTop, betaBottom, trials, count);
        double tail = new BetaBinomial((double)alphaTop / alphaBottom, (double)betaTop / betaBottom).UpperTail(count, trials);
        Assert.Equal(1, tail / exact, 1e-8);
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(0.5, 4000)]
    [InlineData(12, 40_000)]
    public void UpperTailNeverRisesWithTheCount(double alpha, int trials)
    {
        var distribution = new BetaBinomial(alpha, 8);
        double before = 1;
        for (int count = 0; count <= trials + 2; count += Math.Max(1, trials / 97))
        {
            double tail = distribution.UpperTail(count, trials);
            Assert.InRange(tail, double.Epsilon, before * (1 + 1e-9));
            before = tail;
        }
    }

    [Fact]
    public void NothingIsCertainAndMoreThanAllIsImpossible()
    {
        var distribution = BetaBinomial.WithMean(0.2, 10);
        Assert.Equal(1, distribution.UpperTail(0, 7));
        Assert.Equal(1, distribution.UpperTail(-3, 7));
        Assert.Equal(1, distribution.UpperTail(0, 0));
        Assert.Equal(double.Epsilon, distribution.UpperTail(8, 7));
    }

    [Fact]
    public void VeryManyTrialsAreJudgedAsTheLargestNumberSummed()
    {
        var distribution = BetaBinomial.WithMean(0.15, 6);
        Assert.Equal(1, distribution.UpperTail(30_000, 60_000) / distribution.UpperTail(2048, 4096), 1e-6);
    }

    [Fact]
    public void MeanIsTheOneAskedFor() => Assert.Equal(0.15, BetaBinomial.WithMean(0.15, 4).Mean, 1e-12);

    [Fact]
    public void LogGammaAgreesWithFactorialsAndHalfIntegers()
    {
        double factorial = 0;
        for (int n = 1; n <= 170; n++)
        {
            Assert.Equal(factorial, BetaBinomial.LogGamma(n), 1e-9 * Math.Max(1, factorial));
            factorial += Math.Log(n);
        }
        Assert.Equal(Math.Log(Math.Sqrt(Math.PI)), BetaBinomial.LogGamma(0.5), 1e-10);
        Assert.Equal(Math.Log(3 * Math.Sqrt(Math.PI) / 4), BetaBinomial.LogGamma(2.5), 1e-10);
        // Γ(1/4), from Abramowitz and Stegun, table 6.1.
        Assert.Equal(Math.Log(3.62560990822191), BetaBinomial.LogGamma(0.25), 1e-10);
    }

    /// <summary>Σ C(n,k) (a)ₖ (b)ₙ₋ₖ / (a+b)ₙ in whole numbers, where (x)ₖ is the rising factorial; a and b are fractions.</summary>
    private static double ExactTail(int alphaTop, int alphaBottom, int betaTop, int betaBottom, int trials, int count)
    {
        BigInteger bottom = alphaBottom * betaBottom, alpha = alphaTop * betaBottom, beta = betaTop * alphaBottom;
        BigInteger sum = 0;
        for (int k = count; k <= trials; k++) sum += Choose(trials, k) * Rising(alpha, bottom, k) * Rising(beta, bottom, trials - k);
        return Math.Exp(BigInteger.Log(sum) - BigInteger.Log(Rising(alpha + beta, bottom, trials)));
    }

    private static BigInteger Rising(BigInteger top, BigInteger bottom, int k)
    {
        BigInteger product = 1;
        for (int i = 0; i < k; i++) product *= top + i * bottom;
        return product;
    }

    private static BigInteger Choose(int n, int k)
    {
        BigInteger product = 1;
        for (int i = 1; i <= k; i++) product = product * (n - k + i) / i;
        return product;
    }
}
