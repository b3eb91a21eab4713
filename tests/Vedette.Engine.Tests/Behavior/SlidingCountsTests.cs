using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class SlidingCountsTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 130)]
    [InlineData(3, 700)]
    public void AgreesWithATwinThatKeepsEveryEvent(int seed, int meanGapSeconds)
    {
        var random = new Random(seed);
        var counts = new SlidingCounts();
        var twin = new List<(long Bucket, Counter Counter, int Amount)>();
        long time = 1_770_000_000_000_000, newest = 0;
        for (int i = 0; i < 2000; i++)
        {
            // Now and then time runs backwards a little.
            time += (long)(random.NextDouble() * 2 * meanGapSeconds * 1e6) - (random.Next(10) == 0 ? 60_000_000 : 0);
            counts.Advance(time);
            newest = Math.Max(newest, time / SlidingCounts.BucketMicros);
            var counter = (Counter)random.Next((int)Counter.Count);
            int amount = random.Next(1, 5);
            counts.Add(counter, amount);
            twin.Add((newest, counter, amount));
            twin.RemoveAll(e => e.Bucket <= newest - SlidingCounts.BucketCount);
            for (var c = (Counter)0; c < Counter.Count; c++)
            {
                Assert.Equal(twin.Where(e => e.Counter == c).Sum(static e => e.Amount), counts.Window[c]);
                Assert.Equal(twin.Where(e => e.Counter == c && e.Bucket == newest).Sum(static e => e.Amount), counts.Newest[(int)c]);
            }
        }
    }
}
