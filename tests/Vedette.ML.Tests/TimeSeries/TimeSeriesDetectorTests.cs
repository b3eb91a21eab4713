using Vedette.Engine.Tests;
using Vedette.ML.TimeSeries;

namespace Vedette.ML.Tests.TimeSeries;

public class TimeSeriesDetectorTests
{
    private const long Minute = 60_000_000;

    [Fact]
    public void VerdictsDoNotDependOnTheFuture()
    {
        double[] values = Noise(3000, 1);
        for (int i = 1500; i < 1600; i++) values[i] += 9;
        var whole = Judge(values);

        foreach (int length in new[] { 1, 99, 1501, 2999 })
        {
            double[] changed = [.. values[..length], .. Noise(500, 2).Select(value => 100 * value)];
            Assert.Equal(whole[..length], Judge(changed)[..length]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(3600)]
    public void JumpIsReportedOnceAndAtItsBeginning(int stepSeconds)
    {
        double[] values = Noise(4000, 3);
        for (int i = 3000; i < 3200; i++) values[i] += 12;

        var verdicts = Judge(values, stepSeconds * 1_000_000L);

        Assert.True(verdicts[3000].IsAnomaly);
        Assert.True(verdicts[3000].Score > 0.999);
        Assert.Equal(0, Enumerable.Range(3005, 190).Count(i => verdicts[i].IsAnomaly));
    }

    [Fact]
    public void NoiseAloneRaisesFewAlarms()
    {
        int alarms = 0;
        for (ulong seed = 10; seed < 20; seed++) alarms += Judge(Noise(10_000, seed)).Count(verdict => verdict.IsAnomaly);

        // One in 2500 observations.
        Assert.InRange(alarms, 0, 40);
    }

    [Fact]
    public void ScoresLieBetweenZeroAndOne()
    {
        double[] values = Noise(2000, 4);
        values[1000] = 1e300;
        values[1200] = -1e300;
        values[1400] = 1e-300;

        Assert.All(Judge(values), verdict => Assert.InRange(verdict.Score, 0, 1));
        Assert.True(Judge(values)[1000].IsAnomaly);
    }

    [Fact]
    public void ConstantSeriesIsQuietUntilItChanges()
    {
        double[] values = new double[1000];
        Array.Fill(values, 45.0);
        Assert.All(Judge(values), verdict => Assert.Equal(default, verdict));

        values[700] = 46;

        Assert.True(Judge(values)[700].IsAnomaly);
        Assert.Equal(1, Judge(values).Count(verdict => verdict.IsAnomaly));
    }

    [Fact]
    public void UsualValueAtAnUnusualTimeOfDayIsFoundOnceTheSeasonIsKnown()
    {
        double[] values = new double[288 * 14];
        double[] noise = Noise(values.Length, 5);
        for (int i = 0; i < values.Length; i++) values[i] = (i % 288 is >= 108 and < 204 ? 100 : 20) + noise[i];
        int night = 288 * 12 + 30;
        for (int i = night; i < night + 12; i++) values[i] += 80;

        var verdicts = Judge(values, 5 * Minute);

        Assert.Contains(verdicts[night..(night + 12)], verdict => verdict.IsAnomaly);
        Assert.True(verdicts.Skip(288 * 3).Take(288 * 9).Count(verdict => verdict.IsAnomaly) <= 2);
    }

    [Fact]
    public void GapsAreNeitherScoredNorLearnt()
    {
        double[] values = Noise(1000, 6);
        var plain = Judge(values);
        var detector = new TimeSeriesDetector();

        for (int i = 0; i < values.Length; i++)
        {
            if (i % 3 == 0)
            {
                Assert.Equal(default, detector.Push(i * Minute, double.NaN));
                Assert.Equal(default, detector.Push(i * Minute, double.PositiveInfinity));
            }
            Assert.Equal(plain[i], detector.Push(i * Minute, values[i]));
        }
    }

    [Fact]
    public void RepeatedAndReversedTimesAreTolerated()
    {
        var detector = new TimeSeriesDetector();
        double[] values = Noise(2000, 7);

        for (int i = 0; i < values.Length; i++) Assert.InRange(detector.Push(i % 2 == 0 ? -i * Minute : long.MaxValue, values[i]).Score, 0, 1);
    }

    [Fact]
    public void MemoryDoesNotGrow()
    {
        var detector = new TimeSeriesDetector();
        var random = new SeededRandom(8);
        int next = 0;
        while (next < 10_000) detector.Push(next++ * Minute, random.NextGaussian());

        // A drifting series always has new values to remember.
        Assert.Equal(0, Allocations.Of(() => { for (int end = next + 100_000; next < end; next++) detector.Push(next * Minute, random.NextGaussian() + next * 0.01); }));
    }

    [Fact]
    public void ValueMemoryFindsTheNearestWithinItsResolution()
    {
        var memory = new ValueMemory();
        var random = new SeededRandom(9);
        var all = new List<double>();
        for (int i = 0; i < 50_000; i++)
        {
            // The range grows, so that early values come to lie closer than the resolution and are thinned out.
            double value = random.NextGaussian() * (1 + i * 0.001);
            memory.Add(value);
            all.Add(value);
        }
        double range = all.Max() - all.Min();
        for (int i = 0; i < 200; i++)
        {
            double query = random.NextGaussian() * 40;
            var (lower, upper) = memory.Around(query);
            double nearest = all.Min(value => Math.Abs(value - query));
            Assert.InRange(Math.Min(query - lower, upper - query), nearest, nearest + range / 500);
        }
    }

    private static TimeSeriesVerdict[] Judge(double[] values, long step = Minute)
    {
        var detector = new TimeSeriesDetector();
        return [.. values.Select((value, i) => detector.Push(i * step, value))];
    }

    private static double[] Noise(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }
}
