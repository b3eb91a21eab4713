using Vedette.Lab.Evaluation;

namespace Vedette.Lab.Tests.Evaluation;

public sealed class StaticRuleTests
{
    [Fact]
    public void TheScoreIsTheLargestShareOfAThreshold()
    {
        Assert.Equal(0.5f, StaticRule.Score(new CallerWindow { Requests = 50 }));
        Assert.Equal(1f, StaticRule.Score(new CallerWindow { Requests = 100 }));
        Assert.Equal(2f, StaticRule.Score(new CallerWindow { Requests = 60, UnauthorizedInTenMinutes = 10 }));
        Assert.Equal(3f, StaticRule.Score(new CallerWindow { Requests = 10, Timed = 10, DurationMicros = 24_000_000 }));
        Assert.Equal(float.PositiveInfinity, StaticRule.Score(new CallerWindow { Requests = 1, BadStrings = 1 }));
    }

    [Fact]
    public void RatiosAndMeansOfAFewRequestsSayNothing()
    {
        Assert.Equal(0.09f, StaticRule.Score(new CallerWindow { Requests = 9, Errors = 9, Timed = 9, DurationMicros = 90_000_000 }));
        Assert.Equal(1 / 0.3f, StaticRule.Score(new CallerWindow { Requests = 10, Errors = 10 }), 5);
    }
}
