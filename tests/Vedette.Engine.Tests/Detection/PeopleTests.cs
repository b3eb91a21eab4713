using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Detection;

public sealed class PeopleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void AnAppThatShowsPagesAndABrowserThatWasUpdatedAreNothingOdd(int changes) => Assert.Equal(1, People.ChanceOfAgents(Visitor(changes, principals: 1)));

    [Fact]
    public void TheMoreAgentsOneSessionShowsTheLessLikelyAPersonIsThere()
    {
        double three = People.ChanceOfAgents(Visitor(3, principals: 1));
        double four = People.ChanceOfAgents(Visitor(4, principals: 1));
        Assert.InRange(three, 0.005, 0.02);
        Assert.InRange(four, 0.001, 0.5 * three);
        Assert.Equal(1e-3, People.ChanceOfAgents(Visitor(500, principals: 1)), 6);
    }

    [Fact]
    public void SeveralPeopleBehindAnAddressHaveSeveralAgents() => Assert.Equal(1, People.ChanceOfAgents(Visitor(5, principals: 3)));

    [Fact]
    public void AUserMayHaveManyDevices()
    {
        CallerState user = Visitor(5, principals: 1);
        user.Kind = CallerKind.User;
        Assert.Equal(1, People.ChanceOfAgents(user));
    }

    [Theory]
    [InlineData(1000, 2, true, 0.003, 0.006)]
    [InlineData(1000, 600, true, 0.59, 0.61)]
    [InlineData(10, 0, false, 1, 1)]
    public void WhoLastsOnARouteWithoutPicturesIsComparedWithTheBrowsersThatLastThere(double lasting, double bare, bool skips, double least, double most)
    {
        var baselines = new Baselines(new RouteTable(new RouteTableOptions())) { BrowserAssetShare = bare > 100 ? 0.5 : 0.1 };
        baselines.Learn(7).Browsers.Add(lasting, bare);
        var caller = new CallerState { Kind = CallerKind.Address, Agent = UserAgentKind.Browser, WatchedRoute = 7 };
        caller.Episode[Counter.Requests] = 12;
        Assert.Equal(skips, People.SkipsAssets(caller, baselines));
        Assert.InRange(People.ChanceOfSkipping(caller, baselines), least, most);
    }

    [Theory]
    [InlineData(20, 10, 0.0002, 0.0003)]
    [InlineData(1000, 0, 0.001, 0.003)]
    [InlineData(1000, 100, 0.09, 0.11)]
    public void WhoHasEverythingFromVisitsBeforeIsAsLikelyAsOthersWhoDo(double lasting, double bare, double least, double most)
    {
        var baselines = new Baselines(new RouteTable(new RouteTableOptions())) { BrowserAssetShare = 0.5 };
        baselines.Browsers.Add(lasting, bare);
        var caller = new CallerState { Kind = CallerKind.Address, Agent = UserAgentKind.Browser };
        caller.Episode[Counter.Requests] = 400;
        Assert.InRange(People.ChanceOfSkipping(caller, baselines), least, most);
    }

    [Theory]
    [InlineData(20, 10, 0.0002, 0.0003)]
    [InlineData(1000, 600, 0.59, 0.61)]
    public void WhoIsSignedInIsComparedWithOthersWhoAre(double lasting, double bare, double least, double most)
    {
        var baselines = new Baselines(new RouteTable(new RouteTableOptions())) { PrincipalAssetShare = 0.5 };
        baselines.Browsers.Add(1000, 0);
        baselines.PrincipalBrowsers.Add(lasting, bare);
        var caller = new CallerState { Kind = CallerKind.User, Agent = UserAgentKind.Browser };
        caller.Episode[Counter.Requests] = 400;
        Assert.InRange(People.ChanceOfSkipping(caller, baselines), least, most);
    }

    private static CallerState Visitor(int changes, int principals)
    {
        var caller = new CallerState { Kind = CallerKind.Address, ChangedAgents = changes };
        caller.Episode[Counter.NewCounterparts] = principals;
        return caller;
    }
}
