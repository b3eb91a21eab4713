using Vedette.Engine.Detection;
using Vedette.Lab.Evaluation;
using static Vedette.Lab.Tests.Evaluation.Incidents;

namespace Vedette.Lab.Tests.Evaluation;

public sealed class FailureScoreTests
{
    private static readonly TruthRow[] Truth = [Row("failure_predicted", 100, 140), Row("error_spike", 140, 160), Row("failure_predicted", 500, 540), Row("error_spike", 540, 560), Row("failure_predicted", 900, 930)];

    [Fact]
    public void TheLeadIsFromTheFirstPredictionToTheOutage()
    {
        var score = FailureScore.Of(Truth, [Make(IncidentType.FailurePredicted, "/a", 105, 110), Make(IncidentType.FailurePredicted, "/b", 105, 120), Make(IncidentType.FailurePredicted, "/a", 510, 530)], 1);
        Assert.Equal([10.0, 30.0], score.LeadMinutes);
        Assert.Equal((3, 20.0, 0.0), (score.Failures, score.MedianLeadMinutes, score.FalseAlarmsPerDay));
    }

    [Fact]
    public void APredictionOfNothingIsFalseAndOneDuringTheOutageIsNeither()
    {
        var score = FailureScore.Of(Truth, [Make(IncidentType.FailurePredicted, "/a", 290, 300), Make(IncidentType.FailurePredicted, "/a", 150, 150)], 2);
        Assert.Empty(score.LeadMinutes);
        Assert.Null(score.MedianLeadMinutes);
        Assert.Equal(0.5, score.FalseAlarmsPerDay);
    }

    [Fact]
    public void OtherIncidentsPredictNothing() => Assert.Empty(FailureScore.Of(Truth, [Make(IncidentType.ErrorSpike, "/a", 100, 110)], 1).LeadMinutes);
}
