using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;

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

    private static CallerState Visitor(int changes, int principals)
    {
        var caller = new CallerState { Kind = CallerKind.Address, ChangedAgents = changes };
        caller.Episode[Counter.NewCounterparts] = principals;
        return caller;
    }
}
