using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Evaluation;

/// <summary>What the forecast promises, at the default settings, on faults it was not fitted to.</summary>
[Trait("Speed", "Slow")]
public sealed class ForecastQualityTests
{
    [Fact]
    public void FailuresThatBuildUpAreForetoldMinutesAheadWithHardlyAFalseAlarm()
    {
        EvaluatedTraffic[] days = [Day("shop", 900), Day("bank", 901)];
        FailureScore score = EvaluationResult.Of(days, []).Failures;
        Assert.True(score.Failures >= 6);
        Assert.True(score.LeadMinutes.Count * 3 >= score.Failures, $"{score.LeadMinutes.Count} of {score.Failures} were foretold.");
        Assert.True(score.MedianLeadMinutes >= 5, $"{score.MedianLeadMinutes}");
        Assert.True(score.FalseAlarmsPerDay <= 1, $"{score.FalseAlarmsPerDay}");
    }

    private static EvaluatedTraffic Day(string api, ulong seed)
    {
        var simulation = new SimulationOptions
        {
            Api = api, Seed = seed, Duration = TimeSpan.FromHours(24), RequestsPerMinute = 400, AttackDensity = 0, CleanLead = TimeSpan.FromHours(2), Bodies = false, Types = new HashSet<TruthType> { TruthType.FailurePredicted },
        };
        return EvaluatedTrafficTests.Run(simulation);
    }
}
