using Vedette.Engine.Detection;

namespace Vedette.Engine.Tests.Detection;

public sealed class VisitorShareTests
{
    private const long Minute = 60_000_000;

    [Fact]
    public void MoreVisitorsAreNoLargerShare()
    {
        (VisitorShare share, long time) = Calm();
        for (int i = 0; i < 30; i++) Assert.False(share.Observe(time += Minute, 200, 4));
    }

    [Fact]
    public void ManyWhoTurnWithinMinutesAreTold()
    {
        (VisitorShare share, long time) = Calm();
        bool isTold = false;
        for (int i = 0; i < 4; i++) isTold |= share.Observe(time += Minute, 20, 8);
        Assert.True(isTold);
        Assert.True(share.PValue < 1e-3);
        Assert.InRange(share.Usual, 0.01, 0.04);
        Assert.True(share.Present > 3 * share.Usual);
    }

    [Fact]
    public void WhatIsToldDoesNotTeachAndWhatLastsDoes()
    {
        (VisitorShare share, long time) = Calm();
        double before = share.Usual;
        for (int i = 0; i < 10; i++)
        {
            if (share.Observe(time += Minute, 20, 8)) share.LastTold = time;
            share.Learn(time, 8);
        }
        Assert.InRange(share.Usual, 0.9 * before, 1.1 * before);
        share.LastTold = 0;
        for (int i = 0; i < 300; i++)
        {
            share.Observe(time += Minute, 20, 8);
            share.Learn(time, 8);
        }
        Assert.True(share.Usual > 0.2);
    }

    /// <summary>Readers take a while to show what they are: until then nobody has turned, which says nothing about them.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(20, 14)]
    [InlineData(60, 30)]
    public void NothingIsToldWhereReadingIsWhatPeopleDo(int visitors, int readers)
    {
        const int MinutesOfReading = 9;
        var share = new VisitorShare();
        long time = 1_000_000 * Minute;
        for (int i = 0; i < 600; i++)
        {
            int turned = i >= MinutesOfReading ? readers : 0;
            Assert.False(share.Observe(time += Minute, visitors, turned) && share.PValue < 1e-3);
            share.Learn(time, turned);
        }
        Assert.InRange(share.Usual, 0.7 * readers / visitors, 1.1 * readers / visitors);
    }

    /// <summary>Two hours in which one visitor in fifty turns, and the time they have come to.</summary>
    private static (VisitorShare Share, long Time) Calm()
    {
        var share = new VisitorShare();
        long time = 1_000_000 * Minute;
        for (int i = 0; i < 120; i++)
        {
            double turned = i % 5 == 0 ? 2 : 0;
            Assert.False(share.Observe(time += Minute, 20, turned));
            share.Learn(time, turned);
        }
        return (share, time);
    }
}
