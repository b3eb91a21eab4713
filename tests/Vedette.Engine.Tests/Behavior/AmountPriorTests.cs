using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class AmountPriorTests
{
    private static readonly AmountPrior Prior = new(Callers: 50, Median: 3, Spread: 1.5);

    [Fact]
    public void WithoutPeersThePriorDecides()
    {
        var nobody = new LogHistogram();
        Assert.Equal(0.5, Prior.UpperTail(nobody, 3, ownWeight: 0), 6);
        Assert.Equal(Gaussian.UpperTail(2), Prior.UpperTail(nobody, 24, ownWeight: 0), 6);
    }

    [Fact]
    public void WhatOnlyTheJudgedCallerDidIsNoPeer()
    {
        var own = new LogHistogram();
        own.Add(400);
        Assert.Equal(Prior.UpperTail(new LogHistogram(), 400, ownWeight: 0), Prior.UpperTail(own, 400, ownWeight: 1), 12);
    }

    [Fact]
    public void SomePeersMoveThePriorToWhereTheyAre()
    {
        var some = new LogHistogram();
        for (int i = 0; i < 20; i++) some.Add(30 + 2 * i);
        AmountPrior movable = Prior with { MedianCallers = 20 };
        Assert.InRange(movable.UpperTail(some, 130, ownWeight: 0), 0.005, 0.1);
        Assert.InRange(Prior.UpperTail(some, 130, ownWeight: 0), 0.0002, 0.004);
        Assert.True(movable.UpperTail(some, 3000, ownWeight: 0) < 1e-4);
        some.Add(3000);
        Assert.True(movable.UpperTail(some, 3000, ownWeight: 1) < 1e-4);
    }

    [Fact]
    public void PeersWhoDoLessDoNotMoveIt()
    {
        var few = new LogHistogram();
        for (int i = 0; i < 20; i++) few.Add(1);
        Assert.Equal(Prior.UpperTail(few, 8, ownWeight: 0), (Prior with { MedianCallers = 20 }).UpperTail(few, 8, ownWeight: 0));
    }

    [Fact]
    public void ManyPeersOvertakeThePrior()
    {
        var busy = new LogHistogram();
        for (int i = 0; i < 5000; i++) busy.Add(40 + i % 20);
        // A bucket of the histogram is a quarter of an octave wide: 50 shares its own with 46 to 53.
        Assert.InRange(Prior.UpperTail(busy, 50, ownWeight: 0), 0.2, 0.7);
        Assert.True(Prior.UpperTail(busy, 5000, ownWeight: 0) < 1e-3);
    }
}
