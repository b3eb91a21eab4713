using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class TrendFilterTests
{
    [Fact]
    public void FollowsARampAndSeesItsPace()
    {
        var filter = new TrendFilter(0, 1);
        for (int minute = 0; minute < 60; minute++)
        {
            filter.Advance(1, 0.01, 0.001, 1);
            filter.Observe(0.1 * minute, 0.05);
        }
        Assert.Equal(5.9, filter.Level, 0.4);
        Assert.InRange(filter.Slope, 0.07, 0.12);
    }

    [Fact]
    public void OneOddMinuteMovesItLittle()
    {
        var filter = new TrendFilter(10, 0.1);
        for (int minute = 0; minute < 60; minute++)
        {
            filter.Advance(1, 0.003, 0.0001, 1);
            filter.Observe(minute == 50 ? 18 : 10, 0.05);
        }
        Assert.InRange(filter.Level, 9.9, 10.3);
    }

    [Fact]
    public void PredictsTheDampedSumOfTheSlope()
    {
        var filter = new TrendFilter(0, 1);
        for (int minute = 0; minute < 60; minute++)
        {
            filter.Advance(1, 0.01, 0.001, 1);
            filter.Observe(0.1 * minute, 0.05);
        }
        double expected = filter.Level, slope = filter.Slope;
        for (int step = 0; step < 10; step++)
        {
            slope *= step == 0 ? 1 : 0.97;
            expected += 0.97 * slope;
        }
        (double mean, double deviation) = filter.Predict(10, 0.01);
        Assert.Equal(expected, mean, 1e-9);
        Assert.True(deviation > filter.LevelDeviation);
        double minutes = filter.MinutesTo(mean, 0);
        Assert.Equal(10, minutes, 1e-6);
    }

    [Fact]
    public void NeverReachesWhatADampedSlopeCannot()
    {
        var flat = new TrendFilter(0, 1);
        Assert.Equal(double.PositiveInfinity, flat.MinutesTo(1, 0));
        Assert.Equal(0, flat.MinutesTo(-1, 0));
    }

    [Fact]
    public void CountsMoveTheLogitToTheirShare()
    {
        var filter = new TrendFilter(TrendFilter.Logit(0.01), 0.3);
        for (int minute = 0; minute < 60; minute++)
        {
            filter.Advance(1, 0.03, 0.003, 1);
            filter.ObserveCounts(20, 100, TrendFilter.Logit(0.002));
        }
        Assert.Equal(0.2, TrendFilter.Logistic(filter.Level), 0.02);
    }

    [Fact]
    public void FewCountsSayLessThanMany()
    {
        var few = new TrendFilter(TrendFilter.Logit(0.01), 0.3);
        var many = few;
        few.ObserveCounts(1, 4, -10);
        many.ObserveCounts(50, 200, -10);
        Assert.True(many.Level > few.Level);
        Assert.True(many.LevelDeviation < few.LevelDeviation);
    }

    [Fact]
    public void SilenceNeverMakesTheLevelLessKnownThanItsBound()
    {
        var filter = new TrendFilter(3, 0.1);
        filter.Advance(10_000, 0.1, 0.01, 0.5);
        Assert.True(filter.LevelDeviation <= Math.Sqrt(0.5) + 1e-12);
    }
}
