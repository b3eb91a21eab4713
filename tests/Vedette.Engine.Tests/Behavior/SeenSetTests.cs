using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class SeenSetTests
{
    [Fact]
    public void AgreesWithAPlainSetWhileThereIsRoom()
    {
        var random = new Random(1);
        var seen = new SeenSet(1024);
        var twin = new HashSet<ulong>();
        for (int i = 0; i < 5000 && twin.Count < 1023; i++)
        {
            ulong fingerprint = (ulong)random.NextInt64(1, 2000) * 0x9E3779B97F4A7C15UL;
            Assert.Equal(twin.Add(fingerprint), seen.Add(fingerprint));
        }
    }

    [Fact]
    public void TheLatestThingsAreRememberedAtLeastUpToItsCapacity()
    {
        const int capacity = 256;
        var seen = new SeenSet(capacity);
        for (ulong i = 1; i <= 10_000; i++) seen.Add(Spread(i));
        for (ulong i = 10_000; i > 10_000 - capacity + 1; i--) Assert.False(seen.Add(Spread(i)), $"{10_000 - i} back");
    }

    [Fact]
    public void OldThingsAreForgotten()
    {
        var seen = new SeenSet(256);
        for (ulong i = 1; i <= 10_000; i++) seen.Add(Spread(i));
        Assert.True(seen.Add(Spread(1)));
    }

    [Fact]
    public void TheFingerprintZeroIsAThingLikeOthers()
    {
        var seen = new SeenSet(16);
        Assert.True(seen.Add(0));
        Assert.False(seen.Add(0));
    }

    [Fact]
    public void ThingsThatCollideInTheTableAreToldApart()
    {
        var seen = new SeenSet(64);
        for (ulong i = 1; i <= 40; i++) Assert.True(seen.Add(i));
        for (ulong i = 1; i <= 20; i++) Assert.False(seen.Add(i));
    }

    private static ulong Spread(ulong i) => i * 0x9E3779B97F4A7C15UL;
}
