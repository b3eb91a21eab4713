using Vedette.Engine.Pipeline;

namespace Vedette.Engine.Tests.Pipeline;

public sealed class EventClockTests
{
    private const long Start = 1_770_000_000_000_000;
    private const long Minute = 60_000_000;
    private const long Day = 1440 * Minute;

    [Fact]
    public void TimeFollowsTheEvents()
    {
        EventClock clock = Started();
        Assert.Equal(Start + Minute, clock.Admit(Start + Minute, out bool isLate));
        Assert.False(isLate);
        Assert.Equal(Start + Minute, clock.Now);
    }

    [Fact]
    public void AnEventALittleLateHappensWhenItSays()
    {
        EventClock clock = Started();
        clock.Admit(Start + 4 * Minute, out _);
        Assert.Equal(Start + Minute, clock.Admit(Start + Minute, out bool isLate));
        Assert.False(isLate);
        Assert.Equal(Start + 4 * Minute, clock.Now);
    }

    [Fact]
    public void AnEventTooLateHappensNowAndIsCounted()
    {
        EventClock clock = Started();
        clock.Admit(Start + 10 * Minute, out _);
        Assert.Equal(Start + 10 * Minute, clock.Admit(Start, out bool isLate));
        Assert.True(isLate);
        Assert.Equal(1, clock.LateEvents);
    }

    [Fact]
    public void OneTimeFarAheadIsNotBelieved()
    {
        EventClock clock = Started();
        Assert.Equal(Start, clock.Admit(Start + 1000 * Day, out bool isLate));
        Assert.False(isLate);
        Assert.Equal(Start + Minute, clock.Admit(Start + Minute, out _));
        Assert.Equal(Start + Minute, clock.Admit(Start + 1000 * Day, out _));
        Assert.Equal(0, clock.LateEvents);
    }

    [Fact]
    public void ThreeInARowAreBelievedSinceALogMayHaveAGap()
    {
        EventClock clock = Started();
        clock.Admit(Start + 5 * Day, out _);
        clock.Admit(Start + 5 * Day + 1, out _);
        Assert.Equal(Start + 5 * Day + 2, clock.Admit(Start + 5 * Day + 2, out _));
        Assert.Equal(Start + 5 * Day + 2, clock.Now);
    }

    [Fact]
    public void AnEventWithoutATimeHappensNow()
    {
        EventClock clock = Started();
        Assert.Equal(Start, clock.Admit(-1, out bool isLate));
        Assert.False(isLate);
    }

    [Fact]
    public void TimeNeverRunsBackwards()
    {
        var random = new Random(9);
        EventClock clock = Started();
        long before = clock.Now;
        for (int i = 0; i < 5000; i++)
        {
            long at = clock.Admit(Start + random.NextInt64(-2 * Day, 3 * Day), out _);
            Assert.True(clock.Now >= before);
            Assert.InRange(at, clock.Now - EventClock.AllowedLateness.Ticks / 10, clock.Now);
            before = clock.Now;
        }
    }

    private static EventClock Started()
    {
        var clock = new EventClock();
        clock.Admit(Start, out _);
        return clock;
    }
}
