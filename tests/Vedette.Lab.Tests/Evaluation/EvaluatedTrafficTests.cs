using Vedette.Engine;
using Vedette.Engine.Parsing;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Evaluation;

public sealed class EvaluatedTrafficTests
{
    private static readonly SimulationOptions Attacked = Traffic.Small with { Duration = TimeSpan.FromHours(1), Types = new HashSet<TruthType> { TruthType.SqlInjection, TruthType.Scanner, TruthType.BruteForce } };

    private static readonly Lazy<EvaluatedTraffic> Shared = new(() => Run(Attacked));

    [Fact]
    [Trait("Row", "B1")]
    public void TheEngineFindsSimulatedAttacksWithFarFewerFalsePositivesThanStaticRules()
    {
        EvaluatedTraffic traffic = Shared.Value;
        var result = EvaluationResult.Of([traffic], []);
        Assert.Equal("vedette", result.Engine.Name);
        Assert.True(result.Windows.Recall > 0.4, $"{result.Windows.Recall}");
        Assert.True(result.Windows.Reduction > 0.6, $"{result.Windows.Reduction}");
        Assert.Equal(result.Windows.Recall * result.Types.Sum(static type => type.Windows), result.Types.Sum(static type => type.WindowsFound), 3);
        Assert.Equal(traffic.Truth.Count(static row => !row.IsHonest), result.Counted.Total);
        Assert.Equal(result.Counted.Found, result.Types.Sum(static type => type.All.Found));
    }

    [Fact]
    public void TheSameTrafficGivesTheSameResult()
    {
        EvaluatedTraffic first = Shared.Value, second = Run(Attacked);
        Assert.Equal(first.EngineScores.Scores, second.EngineScores.Scores);
        Assert.Equal(first.Labels.Values, second.Labels.Values);
    }

    [Fact]
    public void LabelsAreTheMinutesInWhichActorsAttack()
    {
        var (events, truth) = Traffic.Run(Attacked);
        EvaluatedTraffic traffic = Shared.Value;
        var meant = events.Where(e => e.ClientKind == ClientKind.Attacker && !e.Client.Contains(':')).Select(e => (e.Client, e.TimeMicros / 60_000_000)).ToHashSet();
        var found = new HashSet<(string, long)>();
        for (int i = 0; i < traffic.Windows.Count; i++)
        {
            CallerWindow window = traffic.Windows.Windows[i];
            if (traffic.Labels.Values[i] == 1 && window.Caller.IsIPv4) found.Add((window.Caller.ToString(), window.Minute));
        }
        Assert.NotEmpty(truth);
        Assert.Equal(meant, found);
    }

    [Fact]
    public void AnotherModelIsComparedOnTheSameWindows()
    {
        EvaluatedTraffic traffic = Run(Attacked);
        traffic.Add(new ModelScores("oracle", traffic.Labels.Values, 0.5f));
        ModelResult oracle = EvaluationResult.Of([traffic], []).Models[1];
        Assert.Equal(("oracle", 1.0, 1.0, 1.0), (oracle.Name, oracle.Counts.Precision, oracle.Counts.Recall, oracle.Auc));
        Assert.Throws<ArgumentException>(() => traffic.Add(new ModelScores("short", [1f], 0.5f)));
        Assert.Throws<ArgumentException>(() => EvaluationResult.Of([traffic, Shared.Value], []));
    }

    [Fact]
    public void EveryModelIsComparedWithTheStaticRulesAtItsOwnRecall()
    {
        EvaluatedTraffic traffic = Run(Attacked);
        traffic.Add(new ModelScores("oracle", traffic.Labels.Values, 0.5f));
        traffic.Add(new ModelScores("blind", new float[traffic.Windows.Count], 0.5f));
        var result = EvaluationResult.Of([traffic], []);
        Assert.Equal(result.Models.Select(static model => model.Counts.Recall), result.Comparisons.Select(static comparison => comparison.Recall));
        Assert.Equal((1, 0, 1.0, 0.0), (result.Comparisons[1].Recall, result.Comparisons[1].FalsePositives, result.Comparisons[1].Reduction, result.Comparisons[1].AtTheirRecall));
        Assert.True(result.Comparisons[1].AtEqualRecall.FalsePositives > result.Windows.AtEqualRecall.FalsePositives);
        Assert.Equal((0, 0, null), (result.Comparisons[2].Recall, result.Comparisons[2].AtEqualRecall.FalsePositives, result.Comparisons[2].Reduction));
    }

    [Fact]
    public void TruthOfAnotherTimeIsRefused()
    {
        var error = Assert.Throws<InvalidDataException>(() => Run(Attacked, [Incidents.Row("xss", 100_000, 100_001, "203.0.113.9")]));
        Assert.Contains("another traffic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TruthAboutUnknownAddressesIsRefused()
    {
        var error = Assert.Throws<InvalidDataException>(() => Run(Attacked, [Incidents.Row("xss", 10, 20, "192.0.2.250", "192.0.2.251")]));
        Assert.Contains("192.0.2.250", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HonestTrafficIsCountedByEpisode()
    {
        EvaluatedTraffic traffic = Run(Attacked with { AttackDensity = 0, Faults = false, Duration = TimeSpan.FromMinutes(40) });
        HonestScore honest = HonestScore.Of([traffic]);
        Assert.Equal(traffic.Events, honest.Events);
        foreach (string episode in (string[])["nat_gateway", "partner_batch", "health_check", "crawler", "authorized_export", "flash_crowd", "deploy_blip", "password_reset_wave", "missing_icons", "polling_console"])
            Assert.True(honest.ByScenario.ContainsKey(episode), episode);
        Assert.Equal(honest.Incidents.Count, honest.ByScenario.Values.Sum());
    }

    private static EvaluatedTraffic Run(SimulationOptions options, IReadOnlyList<TruthRow>? truth = null)
    {
        var simulator = new TrafficSimulator(options);
        using var source = new SimulatedSource(simulator, Lab.Output.LogFormat.Json);
        using var spool = new MemoryStream();
        return EvaluatedTraffic.Run("simulated", source, new LogParser(Engine.Parsing.LogFormats.Find("json")!), new EngineOptions(), () => truth ?? TruthRow.From(simulator), spool, static _ => { }, TestContext.Current.CancellationToken);
    }
}
