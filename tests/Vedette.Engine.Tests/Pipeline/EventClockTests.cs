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
        Assert.Equal(Start + Minute, clock.Admit(Start + Minute));
        Assert.Equal(0, clock.LateEvents);
        Assert.Equal(Start + Minute, clock.Now);
    }

    [Fact]
    public void AnEventALittleLateHappensWhenItSays()
    {
        EventClock clock = Started();
        clock.Admit(Start + 4 * Minute);
        Assert.Equal(Start + Minute, clock.Admit(Start + Minute));
        Assert.Equal(0, clock.LateEvents);
        Assert.Equal(Start + 4 * Minute, clock.Now);
    }

    [Fact]
    public void AnEventTooLateHappensNowAndIsCounted()
    {
        EventClock clock = Started();
        clock.Admit(Start + 10 * Minute);
        Assert.Equal(Start + 10 * Minute, clock.Admit(Start));
        Assert.Equal(1, clock.LateEvents);
    }

    [Fact]
    public void OneTimeFarAheadIsNotBelieved()
    {
        EventClock clock = Started();
        Assert.Equal(Start, clock.Admit(Start + 1000 * Day));
        Assert.Equal(Start + Minute, clock.Admit(Start + Minute));
        Assert.Equal(Start + Minute, clock.Admit(Start + 1000 * Day));
        Assert.Equal(0, clock.LateEvents);
    }

    [Fact]
    public void TwentyInARowAreBelievedSinceALogMayHaveAGap()
    {
        EventClock clock = Started();
        for (int i = 0; i < 19; i++) Assert.Equal(Start, clock.Admit(Start + 5 * Day + i));
        Assert.Equal(Start + 5 * Day + 19, clock.Admit(Start + 5 * Day + 19));
        Assert.Equal(Start + 5 * Day + 19, clock.Now);
    }

    [Fact]
    public void AnEventWithoutATimeHappensNow()
    {
        EventClock clock = Started();
        Assert.Equal(Start, clock.Admit(-1));
        Assert.Equal(0, clock.LateEvents);
    }

    [Fact]
    public void ABeginningFromTheFutureIsSetRight()
    {
        var clock = new EventClock();
        clock.Admit(Start + 1000 * Day);
        for (int i = 0; i < 19; i++) Assert.Equal(Start + 1000 * Day, clock.Admit(Start + i));
        Assert.Equal(Start + 19, clock.Admit(Start + 19));
        Assert.Equal(Start + 19, clock.Now);
        Assert.Equal((1, 0L), (clock.SetBack, clock.LateEvents));
    }

    [Fact]
    public void AfterTheBeginningTimeNeverRunsBackwards()
    {
        var random = new Random(9);
        EventClock clock = Started();
        for (int i = 0; i < 1000; i++) clock.Admit(Start);
        long before = clock.Now;
        for (int i = 0; i < 5000; i++)
        {
            long at = clock.Admit(Start + random.NextInt64(-2 * Day, 3 * Day));
            Assert.True(clock.Now >= before);
            Assert.InRange(at, clock.Now - EventClock.AllowedLateness.Ticks / 10, clock.Now);
            before = clock.Now;
        }
    }

    private static EventClock Started()
    {
        var clock = new EventClock();
        clock.Admit(Start);
        return clock;
    }
}
