using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class FailureStateTests
{
    private const long Minute = 60_000_000;

    [Fact]
    public void TwoBadJudgmentsBeginAFailureAtTheFirst()
    {
        var state = default(FailureState);
        Assert.False(state.Observe(Signs.Of(100, errors: 50), 0.3, 800_000, 10 * Minute));
        Assert.True(state.IsSuspect);
        Assert.True(state.Observe(Signs.Of(100, errors: 50), 0.3, 800_000, 11 * Minute));
        Assert.True(state.IsFailing);
        Assert.Equal(9 * Minute, state.Since);
    }

    [Fact]
    public void ABlipOfOneMinuteIsNoFailure()
    {
        var state = default(FailureState);
        state.Observe(Signs.Of(100, errors: 90), 0.3, 800_000, 10 * Minute);
        state.Observe(Signs.Of(100), 0.3, 800_000, 11 * Minute);
        state.Observe(Signs.Of(100, errors: 90), 0.3, 800_000, 12 * Minute);
        Assert.False(state.IsFailing);
    }

    [Fact]
    public void SlownessFailsAsErrorsDo()
    {
        var state = default(FailureState);
        state.Observe(Signs.Of(100, millis: 1000), 0.3, 800_000, 10 * Minute);
        Assert.True(state.Observe(Signs.Of(100, millis: 1000), 0.3, 800_000, 11 * Minute));
    }

    [Fact]
    public void ThreeGoodJudgmentsEndIt()
    {
        var state = default(FailureState);
        for (int i = 0; i < 2; i++) state.Observe(Signs.Of(100, errors: 90), 0.3, 800_000, (10 + i) * Minute);
        for (int i = 2; i < 4; i++) state.Observe(Signs.Of(100), 0.3, 800_000, (10 + i) * Minute);
        Assert.True(state.IsFailing);
        state.Observe(Signs.Of(100), 0.3, 800_000, 14 * Minute);
        Assert.False(state.IsFailing);
    }

    [Fact]
    public void QuietMinutesAreAddedUpUntilThereIsEnoughToJudge()
    {
        var state = default(FailureState);
        for (int i = 0; i < 3; i++) Assert.False(state.Observe(Signs.Of(3, errors: 3), 0.3, 800_000, (10 + i) * Minute));
        Assert.False(state.IsSuspect);
        state.Observe(Signs.Of(3, errors: 3), 0.3, 800_000, 13 * Minute);
        Assert.True(state.IsSuspect);
    }

    [Fact]
    public void ARouteThatIsAlwaysSlowIsMeasuredByItself()
    {
        var rule = new FailureRule(new ForecastOptions());
        Assert.Equal(800_000, rule.MeanLimitMicros(120_000));
        Assert.Equal(4_000_000, rule.MeanLimitMicros(2_000_000));
        Assert.Equal(0.3, rule.ErrorLimit(0.01));
        Assert.Equal(0.5, rule.ErrorLimit(0.25));
        Assert.Equal(0.9, rule.ErrorLimit(0.8));
    }
}
