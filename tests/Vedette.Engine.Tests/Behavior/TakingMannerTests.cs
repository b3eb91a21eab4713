using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class TakingMannerTests
{
    [Fact]
    public void BeforeAnybodyIsKnownNobodyTakesInOrder() => Assert.Equal(0, new TakingManner().OrderedShare(Manners.None));

    [Fact]
    public void TheShareFollowsThoseWhoTookSeveral()
    {
        var manner = new TakingManner();
        manner.Add(takers: 180, ordered: 150, hasty: 20);
        Assert.InRange(manner.OrderedShare(Manners.None), 0.7, 0.85);
        Assert.InRange(manner.HastyShare(Manners.None), 0.05, 0.15);
    }

    [Fact]
    public void NobodyIsComparedWithHimself()
    {
        var manner = new TakingManner();
        manner.Add(takers: 1, ordered: 1, hasty: 0);
        Assert.Equal(0, manner.OrderedShare(Manners.Known | Manners.Ordered));
        Assert.True(manner.OrderedShare(Manners.None) > 0);
    }

    [Fact]
    public void ThePastFades()
    {
        var manner = new TakingManner();
        manner.Add(takers: 100, ordered: 100, hasty: 100);
        manner.Decay(0.01);
        Assert.True(manner.HastyShare(Manners.None) < 0.1);
    }
}
