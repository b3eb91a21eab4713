using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class LogHistogramTests
{
    [Fact]
    public void ANumberLiesInItsBucketWhetherItIsWholeOrNot()
    {
        foreach (double value in Enumerable.Range(1, 600).SelectMany(static whole => (double[])[whole, whole + 0.4]))
        {
            var histogram = new LogHistogram();
            histogram.Add(value);
            Assert.InRange(value, histogram.Quantile(0) * (1 - 1e-12), histogram.Quantile(1) * (1 + 1e-12));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void QuantilesAreWithinTwentyPercentOfTheExactOnes(int seed)
    {
        var random = new Random(seed);
        var histogram = new LogHistogram();
        double[] values = [.. Enumerable.Range(0, 5000).Select(_ => 1 + Math.Exp(4 + 2 * Normal(random)))];
        foreach (double value in values) histogram.Add(value);
        Array.Sort(values);
        foreach (double q in (double[])[0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999])
        {
            double exact = values[(int)Math.Min(values.Length - 1, q * values.Length)];
            Assert.InRange(histogram.Quantile(q), exact / 1.2, exact * 1.2);
        }
    }

    [Fact]
    public void MergedPartsAreTheWhole()
    {
        var random = new Random(8);
        LogHistogram whole = new(), left = new(), right = new();
        for (int i = 0; i < 3000; i++)
        {
            double value = Math.Exp(10 * random.NextDouble());
            whole.Add(value);
            (random.Next(2) == 0 ? left : right).Add(value);
        }
        left.Add(right);
        Assert.Equal(whole.Total, left.Total);
        for (double q = 0; q <= 1; q += 0.05) Assert.Equal(whole.Quantile(q), left.Quantile(q));
        Assert.Equal(whole.TailProbability(500, 1, ownWeight: 0), left.TailProbability(500, 1, ownWeight: 0));
    }

    [Fact]
    public void TheTailProbabilityNeverRisesAndReachesBeyondEverythingSeen()
    {
        var random = new Random(4);
        var histogram = new LogHistogram();
        for (int i = 0; i < 2000; i++) histogram.Add(Math.Exp(2 + Normal(random)));
        double before = 1;
        for (double value = 1; value < 1e9; value *= 1.1)
        {
            double tail = histogram.TailProbability(value, priorExcess: 1, ownWeight: 0);
            Assert.InRange(tail, double.Epsilon, before * (1 + 1e-9));
            before = tail;
        }
        Assert.True(before < 1e-5);
    }

    [Fact]
    public void TheTailProbabilityIsTheEmpiricalShareInTheMiddle()
    {
        var histogram = new LogHistogram();
        for (int i = 1; i <= 1000; i++) histogram.Add(i);
        // Four buckets an octave: a share is exact up to one bucket, 19% of the value.
        Assert.InRange(histogram.TailProbability(500, 1, ownWeight: 0), 1 - 500 * 1.2 / 1000, 1 - 500 / 1.2 / 1000);
    }

    [Fact]
    public void ACallerThatGrowsIsCountedOnceWhereItIsNow()
    {
        LogHistogram grown = new(), once = new();
        for (int value = 1; value <= 300; value++) grown.Grow(value - 1, value);
        once.Add(300);
        Assert.Equal(1, grown.Total, 1e-6);
        Assert.Equal(once.Quantile(0.5), grown.Quantile(0.5), 1e-6);
    }

    [Fact]
    public void DecayKeepsTheShapeAndShrinksTheWeight()
    {
        var histogram = new LogHistogram();
        for (int i = 1; i <= 100; i++) histogram.Add(i);
        double median = histogram.Quantile(0.5);
        histogram.Decay(0.25f);
        Assert.Equal(25, histogram.Total, 1e-3);
        Assert.Equal(median, histogram.Quantile(0.5), 1e-3);
    }

    [Fact]
    public void AnEmptyOneKnowsNothing()
    {
        var histogram = new LogHistogram();
        histogram.Add(7);
        histogram.Clear();
        Assert.Equal(0, histogram.Total);
        Assert.Equal(0, histogram.Quantile(0.5));
        Assert.Equal(1, histogram.TailProbability(1e6, 1, ownWeight: 0));
        Assert.Equal(0, histogram.ShareAbove(1));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void ValuesOutOfRangeFallIntoTheOuterBuckets(double value)
    {
        var histogram = new LogHistogram();
        histogram.Add(value);
        Assert.Equal(1, histogram.Total);
        Assert.InRange(histogram.Quantile(0.5), 1, Math.Pow(2, 33));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
