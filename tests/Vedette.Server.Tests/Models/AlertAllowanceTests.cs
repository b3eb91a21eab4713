using Vedette.Server.Models;
using Vedette.Storage.Control;

namespace Vedette.Server.Tests.Models;

public sealed class AlertAllowanceTests
{
    private static readonly DateTimeOffset Now = TestEvents.Noon;

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 2, 0.5)]
    [InlineData(1, 0, 1.5)]
    [InlineData(4, 4, 1)]
    [InlineData(0, 500, 0.1)]
    [InlineData(500, 0, 2)]
    public void VerdictsMoveItWithinItsLimits(int confirmed, int wrong, double expected) =>
        Assert.Equal(expected, AlertAllowance.FactorOf([.. Some("confirmed", confirmed, Now), .. Some("false_positive", wrong, Now), .. Some("benign", 3, Now)], Now), 1e-9);

    [Fact]
    public void AVerdictCountsForAWeek()
    {
        IReadOnlyList<FeedbackRecord> verdicts = [.. Some("false_positive", 8, Now)];
        Assert.Equal(0.2, AlertAllowance.FactorOf(verdicts, Now.AddDays(7)), 1e-9);
        Assert.Equal(1, AlertAllowance.FactorOf(verdicts, Now.AddDays(7.1)));
    }

    private static IEnumerable<FeedbackRecord> Some(string verdict, int count, DateTimeOffset time) => Enumerable.Range(0, count).Select(i => new FeedbackRecord($"{verdict}-{i}", verdict, null, "k1", time));
}
