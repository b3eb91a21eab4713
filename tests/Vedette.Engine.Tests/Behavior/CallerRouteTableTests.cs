using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class CallerRouteTableTests
{
    private const int Ways = 8;
    private const long Second = 1_000_000;

    [Fact]
    public void EachOfTheEightPairsOfASetIsFoundAgain()
    {
        var table = new CallerRouteTable(Ways);
        for (ulong key = 1; key <= Ways; key++) table.Get(key, Second).Requests = (int)key;
        for (ulong key = Ways; key >= 1; key--)
        {
            ref CallerRoute found = ref table.Get(key, 2 * Second);
            Assert.Equal(key, found.Key);
            Assert.Equal((int)key, found.Requests);
        }
    }

    [Fact]
    public void TheLeastRecentlyUsedPairMakesRoom()
    {
        var table = new CallerRouteTable(Ways);
        for (ulong key = 1; key <= Ways; key++) table.Get(key, (long)key * Second).Requests = 1;
        table.Get(1, 20 * Second);
        Assert.Equal(0, table.Get(99, 21 * Second).Requests);
        Assert.Equal(1, table.Get(1, 22 * Second).Requests);
        Assert.Equal(1, table.Get(3, 22 * Second).Requests);
        Assert.Equal(0, table.Get(2, 22 * Second).Requests);
    }

    [Fact]
    public void APairThatRestedForAnEpisodeBeginsAnew()
    {
        var table = new CallerRouteTable(Ways);
        table.Get(7, Second).Requests = 5;
        Assert.Equal(5, table.Get(7, Second + CallerState.EpisodeGapMicros).Requests);
        Assert.Equal(0, table.Get(7, Second + 2 * CallerState.EpisodeGapMicros + 1).Requests);
    }
}
