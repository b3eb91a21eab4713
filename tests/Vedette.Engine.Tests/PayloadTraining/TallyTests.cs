using Vedette.Training;

namespace Vedette.Engine.Tests.PayloadTraining;

public sealed class TallyTests
{
    [Fact]
    public void RecallIsOfVisibleAttacksAndFalsePositivesOfOrdinaryRows()
    {
        var first = new Tally();
        first.Count(isAttack: true, isVisible: true, isFlagged: true);
        first.Count(isAttack: true, isVisible: true, isFlagged: false);
        first.Count(isAttack: true, isVisible: false, isFlagged: true);
        first.Count(isAttack: false, isVisible: false, isFlagged: true);
        var both = new Tally();
        both.Count(isAttack: false, isVisible: false, isFlagged: false);
        both.Add(first);
        Assert.Equal("1 of 2 visible attacks (50.00 %), ordinary values flagged: 1 of 2 (50.00 %)", both.ToString());
        Assert.Equal("0 of 0 (0.00 %)", new Tally().FalseText);
    }
}
