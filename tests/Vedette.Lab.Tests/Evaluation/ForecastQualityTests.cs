using Vedette.Engine;
using Vedette.Engine.Parsing;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Evaluation;

/// <summary>Guards what the forecast promises, on a few fixed days: lead, and false alarms on each kind of day. The figures over many days are those of <c>bench/Vedette.ForecastBench</c>.</summary>
public sealed class ForecastQualityTests
{
    private static readonly TruthType[] Sudden = [TruthType.LatencySpike, TruthType.ErrorSpike, TruthType.TrafficDrop, TruthType.TrafficSpike];

    [Fact]
    public void FailuresThatBuildUpAreForetoldInTime()
    {
        EvaluatedTraffic[] days = Run(faults: true, TruthType.FailurePredicted);
        FailureScore score = FailureScore.Of(days);
        Assert.True(score.Failures >= 12, $"{score.Failures}");
        Assert.True(score.LeadMinutes.Count * 3 >= score.Failures, $"{score.LeadMinutes.Count} of {score.Failures}");
        Assert.True(score.MedianLeadMinutes >= 5, $"{score.MedianLeadMinutes}");
        Assert.True(score.FalseAlarmsPerDay <= 1, $"{score.FalseAlarmsPerDay}");
    }

    [Fact]
    public void SuddenFaultsAreNoBuildUps() => AssertFewFalseAlarms(Run(faults: true, Sudden));

    [Fact]
    public void HonestDaysHaveFewFalseAlarms() => AssertFewFalseAlarms(Run(faults: false));

    /// <summary>Where nothing builds up every alarm is false but those that the engine itself saw come true.</summary>
    private static void AssertFewFalseAlarms(EvaluatedTraffic[] days)
    {
        double length = days.Sum(static day => day.Days);
        int wrong = days.Sum(static day => FailureScore.Of([], [.. day.Incidents.Where(static i => !i.Drivers.Any(static d => d.Feature == "lead_minutes"))], day.Days).FalseAlarms);
        Assert.True(wrong <= length, $"{wrong} in {length} days");
    }

    private static EvaluatedTraffic[] Run(bool faults, params TruthType[] types) => [.. TrafficSimulator.ApiNames.Select((api, i) =>
    {
        var simulator = new TrafficSimulator(new SimulationOptions
        {
            Seed = 301 + (ulong)i, Api = api, RequestsPerMinute = 200, Duration = TimeSpan.FromHours(20), CleanLead = TimeSpan.FromHours(2), Bodies = false,
            Faults = faults, AttackDensity = 0, Types = faults ? types.ToHashSet() : null,
        });
        using var source = new SimulatedSource(simulator, Lab.Output.LogFormat.Json);
        using var spool = new MemoryStream();
        return EvaluatedTraffic.Run(api, source, new LogParser(Engine.Parsing.LogFormats.Find("json")!), new EngineOptions(), () => TruthRow.From(simulator), spool, static _ => { }, TestContext.Current.CancellationToken);
    })];
}
