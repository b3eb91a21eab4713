using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class RobustLevelTests
{
    [Fact]
    public void FindsTheLevelAndTheSpreadOfNoise()
    {
        var random = new Random(6);
        var level = new RobustLevel();
        for (int i = 0; i < 5000; i++) level.Add(10 + 2 * Normal(random), halfLife: 200, minSpread: 0.01);
        Assert.Equal(10, level.Level, 0.4);
        Assert.InRange(level.Spread, 1.5, 2.2);
        Assert.Equal(3, level.Deviation(level.Level + 3 * level.Spread, 0.01), 1e-9);
        Assert.Equal(5000, level.Count);
    }

    [Fact]
    public void AnOutlierMovesItNoFurtherThanTwoSpreadsWould()
    {
        var level = new RobustLevel();
        var random = new Random(7);
        for (int i = 0; i < 500; i++) level.Add(Normal(random), halfLife: 50, minSpread: 0.1);
        RobustLevel before = level, mild = level;
        level.Add(1e9, 50, 0.1);
        mild.Add(before.Level + 2 * before.Spread, 50, 0.1);
        Assert.Equal(mild.Level, level.Level, 1e-9);
    }

    [Fact]
    public void FollowsALastingShift()
    {
        var level = new RobustLevel();
        for (int i = 0; i < 100; i++) level.Add(1, 20, 0.1);
        for (int i = 0; i < 400; i++) level.Add(5, 20, 0.1);
        Assert.Equal(5, level.Level, 0.1);
    }

    [Fact]
    public void AConstantSeriesHasTheSmallestSpread()
    {
        var level = new RobustLevel();
        for (int i = 0; i < 50; i++) level.Add(3, 20, 0.25);
        Assert.Equal(3, level.Level);
        Assert.Equal(0.25, level.Spread);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
