using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;
using Vedette.Lab.Training;

namespace Vedette.Lab.Tests.Training;

public sealed class SimulatedWindowsTests
{
    private static readonly SimulationOptions TwoHours = new() { Duration = TimeSpan.FromHours(2), RequestsPerMinute = 120, Seed = 5, Bodies = false };

    [Fact]
    public void SomeWindowsAreOfAttacksAndMostAreNot()
    {
        LabelledWindows windows = SimulatedWindows.Make(TwoHours, LogFormat.Json, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(windows.Count, 500, 50_000);
        Assert.InRange(windows.AttackCount, 10, windows.Count / 2);
    }

    [Fact]
    public void WithoutAttacksNoWindowIsOfOne()
    {
        LabelledWindows windows = SimulatedWindows.Make(TwoHours with { AttackDensity = 0, Faults = false }, LogFormat.Combined, cancellation: TestContext.Current.CancellationToken);
        Assert.NotEqual(0, windows.Count);
        Assert.Equal(0, windows.AttackCount);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void ModelsTrainedOnOneSeedTellTheAttacksOfAnother()
    {
        IReadOnlyList<LabelledWindows> streams = SimulatedWindows.Make(4, 200, seed: 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(TrafficSimulator.ApiNames.Count, streams.Count);
        TrainingData own = GatheredTraffic.Of(TwoHours with { Duration = TimeSpan.FromHours(6) }, LogFormat.Json, new EngineOptions(), TestContext.Current.CancellationToken);
        ModelSet models = ModelTrainer.Train(own, streams, new TrainerOptions { Tune = false }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(ModelNames.All, models.Ready);

        long attacks = 0, told = 0, others = 0, wrong = 0;
        var labels = new Dictionary<(ulong, long), bool>();
        var simulator = new TrafficSimulator(TwoHours with { Seed = 77 });
        using var source = new SimulatedSource(simulator, LogFormat.Json, (request, truth) =>
        {
            if (truth is not null && truth.Type.IsAttack() && Vedette.Engine.Events.NetworkAddress.TryParse(System.Text.Encoding.ASCII.GetBytes(request.Client), out var address))
                labels[(CallerKey.OfAddress(address), request.TimeMicros / 60_000_000)] = true;
        });
        var engine = new DetectionEngine(new EngineOptions());
        engine.Adopt(models);
        engine.WindowsClosed = batch =>
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.IsPrincipal(i) || batch.Row(i)[8] < 5) continue;
                bool isAttack = labels.ContainsKey((batch.Caller(i), (batch.Time(i) - 1) / 60_000_000)), isTold = batch.AnomalyScore(i) >= 0.5f;
                if (isAttack) (attacks, told) = (attacks + 1, told + (isTold ? 1 : 0));
                else (others, wrong) = (others + 1, wrong + (isTold ? 1 : 0));
            }
        };
        Vedette.Engine.Pipeline.BatchPipeline.Run(source, new Vedette.Engine.Parsing.LogParser(Vedette.Engine.Parsing.LogFormats.Find("json")!), engine, 0, static _ => { }, TestContext.Current.CancellationToken);
        Assert.True(told >= 0.6 * attacks, $"{told} of {attacks} windows of attacks were told");
        Assert.True(wrong <= 0.01 * others, $"{wrong} of {others} other windows were called strange");
    }
}
