using System.Text.Json;
using Vedette.ML.Tails;

namespace Vedette.ML.Tests.Tails;

public class TailTests
{
    [Fact]
    public void ConformalPValueCountsTheSampleExactly()
    {
        double[] sample = [3, 1, 4, 1, 5, 9, 2, 6];
        var tail = ConformalTail.Fit([.. sample, double.NaN]);

        foreach (double score in (double[])[0, 1, 1.5, 4, 6, 8.9, 9, 10])
            Assert.Equal((1.0 + sample.Count(value => value >= score)) / 9, tail.PValue(score), 1e-12);
        Assert.Equal(1, tail.PValue(double.NaN));
    }

    [Fact]
    public void BoundedConformalSampleIsExactAboveAndNeverTooSmallBelow()
    {
        double[] sample = Gaussian(20_000, 1), sorted = [.. sample.Order()];
        var tail = ConformalTail.Fit(sample, 1000);

        for (int i = 0; i < sorted.Length; i += 97)
        {
            double exact = (1.0 + sorted.Length - i) / (sorted.Length + 1);
            Assert.InRange(tail.PValue(sorted[i]), exact - 1e-12, exact + (i < 19_500 ? 0.003 : 1e-12));
        }
    }

    [Fact]
    public void ConformalPValuesOfNewScoresAreUniform()
    {
        var tail = ConformalTail.Fit(Gaussian(5000, 2));
        double[] p = [.. Gaussian(5000, 3).Select(tail.PValue)];

        foreach (double alpha in (double[])[0.01, 0.05, 0.5]) Assert.Equal(alpha, p.Count(value => value <= alpha) / 5000.0, 3 * Math.Sqrt(alpha / 2500));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void GrimshawReachesTheLikelihoodOfANumericalSearch(int index)
    {
        JsonElement reference = ReferenceValues.Neural("pareto")[index];
        double[] excesses = reference.Doubles("excesses");

        var tail = ParetoTail.Fit(excesses, ParetoEstimator.Grimshaw, minShape: -1);

        Assert.True(LogLikelihood(excesses, tail) >= reference.Double("likelihood") - 1e-3, $"{LogLikelihood(excesses, tail)} < {reference.Double("likelihood")}");
        Assert.Equal(reference.Double("shape"), tail.Shape, 0.02);
        Assert.Equal(reference.Double("scale"), tail.Scale, 0.05);
    }

    [Theory]
    [InlineData(ParetoEstimator.WeightedMoments)]
    [InlineData(ParetoEstimator.Grimshaw)]
    public void EstimatorsFindTheTailThatWasDrawnFrom(ParetoEstimator estimator)
    {
        var truth = new ParetoTail(0.3, 2);
        var random = new SeededRandom(4);
        double[] excesses = [.. Enumerable.Range(0, 5000).Select(_ => truth.Quantile(1 - random.NextDouble())).Where(value => value > 0)];

        var tail = ParetoTail.Fit(excesses, estimator);

        Assert.Equal(truth.Shape, tail.Shape, 0.06);
        Assert.Equal(truth.Scale, tail.Scale, 0.15);
        Assert.Equal(0.001, tail.Survival(tail.Quantile(0.001)), 1e-9);
    }

    [Theory]
    [InlineData(ParetoEstimator.WeightedMoments)]
    [InlineData(ParetoEstimator.Grimshaw)]
    public void SpotForeseesTheRateOfExceedancesFarBeyondItsSample(ParetoEstimator estimator)
    {
        var random = new SeededRandom(5);
        double Draw() => -Math.Log(1 - random.NextDouble());
        var tail = SpotTail.Fit([.. Enumerable.Range(0, 2000).Select(_ => Draw())], new SpotTailOptions { Estimator = estimator, Level = 0.95 });
        for (int i = 0; i < 20_000; i++) tail.Update(Draw());

        // The exponential's survival at x is e^-x.
        Assert.InRange(tail.PValue(9) / Math.Exp(-9), 0.2, 5);
        Assert.InRange(tail.Threshold(1e-4), -Math.Log(1e-4) - 1.5, -Math.Log(1e-4) + 2);
        Assert.Equal(1e-5, tail.PValue(tail.Threshold(1e-5)), 1e-8);
        Assert.InRange(tail.PValue(1), 0.3, 0.45);
    }

    [Fact]
    public void SpotPValueFallsWithTheScoreAndNeverReachesZero()
    {
        var tail = SpotTail.Fit(Gaussian(1000, 6), new SpotTailOptions());
        double before = 1;
        for (double score = -5; score < 50; score += 0.05)
        {
            double p = tail.PValue(score);
            Assert.True(p > 0 && p <= before, $"{p} at {score} after {before}");
            before = p;
        }
        Assert.True(tail.PValue(double.PositiveInfinity) > 0);
        Assert.Equal(1, tail.PValue(double.NaN));
    }

    [Fact]
    public void SpotDoesNotLearnFromAnomalies()
    {
        var tail = SpotTail.Fit(Gaussian(1000, 7), new SpotTailOptions());
        double threshold = tail.Threshold(1e-4);

        for (int i = 0; i < 1000; i++) Assert.False(tail.Update(100 + i));
        Assert.False(tail.Update(double.NaN));

        Assert.Equal(threshold, tail.Threshold(1e-4));
        Assert.Equal(1000, tail.Count);
    }

    [Fact]
    public void SavedSpotContinuesAsIfNothingHadHappened()
    {
        var tail = SpotTail.Fit(Gaussian(500, 8), new SpotTailOptions { MaxPeaks = 16, Level = 0.9 });
        foreach (double score in Gaussian(333, 9)) tail.Update(score);
        using var file = new MemoryStream();
        tail.Save(file);
        file.Position = 0;
        var loaded = SpotTail.Load(file);
        foreach (double score in Gaussian(700, 10)) Assert.Equal(tail.Update(score), loaded.Update(score));

        Assert.Equal(tail.Tail, loaded.Tail);
        Assert.Equal((tail.Count, tail.PeakCount, tail.PValue(4)), (loaded.Count, loaded.PeakCount, loaded.PValue(4)));
    }

    [Fact]
    public void ConstantSampleMakesOnlyLargerScoresRare()
    {
        var tail = SpotTail.Fit([.. Enumerable.Repeat(3.0, 99)], new SpotTailOptions());

        Assert.Equal(1, tail.PValue(3));
        Assert.Equal(0.01, tail.PValue(4), 1e-9);
        Assert.Throws<ArgumentException>(() => SpotTail.Fit([1, 2, double.NaN], new SpotTailOptions()));
        Assert.Throws<ArgumentException>(() => SpotTail.Fit(Gaussian(50, 1), new SpotTailOptions { Level = 2, MaxPeaks = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => tail.Threshold(0));
    }

    private static double[] Gaussian(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        double[] values = new double[count];
        foreach (ref double value in values.AsSpan()) value = random.NextGaussian();
        return values;
    }

    private static double LogLikelihood(double[] excesses, ParetoTail tail) =>
        excesses.Sum(y => -Math.Log(tail.Scale) - (1 + 1 / tail.Shape) * Math.Log(1 + tail.Shape * y / tail.Scale));
}
