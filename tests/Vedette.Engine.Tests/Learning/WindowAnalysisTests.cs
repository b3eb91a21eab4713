using System.Globalization;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;

namespace Vedette.Engine.Tests.Learning;

public sealed class WindowAnalysisTests
{
    private static readonly IReadOnlyList<string> Attacked = Attack();

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(8, 1000)]
    [InlineData(4, 7)]
    public void WorkersAndBatchesChangeNothingThatModelsSay(int workers, int linesPerBatch) => Assert.Equal(Print(2, 500), Print(workers, linesPerBatch));

    [Fact]
    public void WithoutModelsNothingIsJudged()
    {
        int judged = 0;
        Run(Attacked, new EngineOptions(), engine => engine.WindowJudged = _ => judged++);
        Assert.Equal(0, judged);
    }

    [Fact]
    public void ModelsAreAtWorkFromTheTickAfterTheirAdoption()
    {
        var times = new List<DateTimeOffset>();
        DetectionEngine engine = Run(Attacked, new EngineOptions { Learning = new LearningOptions { AnomalyThreshold = 0 } }, engine =>
        {
            engine.Adopt(SmallModels.Instance);
            engine.WindowJudged = window => times.Add(window.Time);
        });
        Assert.Equal(LearningPhase.Ensemble, engine.Learning.Phase);
        Assert.NotEmpty(times);
        Assert.All(times, static time => Assert.True(time.Minute >= 2 || time.Hour > 8));
    }

    [Fact]
    [Trait("Row", "E4")]
    [Trait("Row", "C6")]
    public void AStrangeWindowTellsWhatEveryModelSaysAndWhatDroveIt()
    {
        var told = new List<WindowAnomaly>();
        Run(Attacked, new EngineOptions(), engine =>
        {
            engine.Adopt(SmallModels.Instance);
            engine.WindowJudged = told.Add;
        });
        WindowAnomaly strangest = told.Where(static window => window.Actor == "203.0.113.66").MaxBy(static window => window.AnomalyScore)!;
        Assert.InRange(strangest.AnomalyScore, 0.5, 1);
        Assert.Superset(new HashSet<string> { "signatures", "isolation_forest", "random_forest", "dense", "kmeans" }, strangest.Votes.Keys.ToHashSet());
        Assert.All(strangest.Votes.Values, static vote => Assert.InRange(vote, 0, 1));
        Assert.Equal(WindowFeatures.Count, strangest.Features.Count);
        Assert.True(strangest.Features[1] > 0.9, "nearly all of its requests failed");
        Assert.NotEmpty(strangest.Drivers);
        Assert.Contains("usually", strangest.Explanation, StringComparison.Ordinal);
        Assert.Equal(0.45 * strangest.AnomalyScore + 0.35 * strangest.FailureProbability + 0.2 * strangest.BotProbability, strangest.RiskScore, 0.001);
        Assert.InRange(strangest.FailureProbability, 0.5, 1);
    }

    [Fact]
    public void AMinuteTellsOfNoMoreWindowsThanAllowedAndCountsTheRest()
    {
        var byMinute = new Dictionary<DateTimeOffset, int>();
        DetectionEngine engine = Run(Attacked, new EngineOptions { Learning = new LearningOptions { AnomalyThreshold = 0, MaxAnomaliesPerMinute = 3 } }, engine =>
        {
            engine.Adopt(SmallModels.Instance);
            engine.WindowJudged = window => byMinute[window.Time] = byMinute.GetValueOrDefault(window.Time) + 1;
        });
        Assert.InRange(byMinute.Values.Max(), 1, 3);
        Assert.True(engine.DroppedWindowCount > 0);
    }

    [Fact]
    public void AnIncidentCarriesTheVotesOfTheModelsAboutItsActor()
    {
        IReadOnlyList<string> lines = Scan.LinesOf("scanner");
        DetectionEngine engine = Run(lines, new EngineOptions(), static engine => engine.Adopt(SmallModels.Instance));
        Assert.Contains(engine.Incidents, static incident => incident.Models.ContainsKey("isolation_forest") && incident.Models.ContainsKey("xgboost"));
    }

    [Fact]
    public void GatheringDependsOnTheEventsAlone()
    {
        TrainingData one = SmallModels.Gather(SmallModels.Browsing(3, 60), workers: 1), many = SmallModels.Gather(SmallModels.Browsing(3, 60), workers: 8);
        Assert.Equal(one.Windows.Select(static window => string.Join(',', window.Row)), many.Windows.Select(static window => string.Join(',', window.Row)));
        Assert.Equal(one.Requests.Select(static facts => facts.Sequence), many.Requests.Select(static facts => facts.Sequence));
        Assert.Equal(one.Sequences, many.Sequences);
        Assert.Equal(1200, one.Events);
    }

    [Fact]
    public void ThePhaseFollowsTheNumberOfEvents()
    {
        var options = new EngineOptions { Learning = new LearningOptions { Gather = true, WarmupEvents = 500 } };
        Assert.Equal("warmup", Scan.Run([.. SmallModels.Browsing(1, 60).Take(400)], options).Learning.PhaseName);
        LearningStatus later = Scan.Run(SmallModels.Browsing(1, 60), options).Learning;
        Assert.Equal(("training", 500), (later.PhaseName, later.WarmupTarget));
        Assert.True(later.Windows > 0 && later.Requests > 0 && later.Sequences > 0);
    }

    [Fact]
    [Trait("Row", "E11")]
    public void TrafficLikeThatOfTheTrainingDoesNotDriftAndOtherTrafficDoes()
    {
        DriftReport same = Drift(SmallModels.Browsing(2, 300));
        Assert.False(same.IsDrifting, $"{same}, {string.Join(", ", same.Features.Take(15))}");
        DriftReport other = Drift([.. SmallModels.Browsing(2, 300).Select(static line => line.Replace("\" 200 ", "\" 503 ", StringComparison.Ordinal))]);
        Assert.True(other.IsDrifting || other.Features[0].Psi > DriftReport.Moved);
        Assert.Contains(other.Features.Take(6), static feature => feature.Name is "error_rate" or "server_error_share");
    }

    private static DriftReport Drift(IReadOnlyList<string> lines) => Run(lines, new EngineOptions(), static engine => engine.Adopt(SmallModels.Instance)).CompareWithTraining()!;

    private static string Print(int workers, int linesPerBatch)
    {
        var told = new List<string>();
        var options = new EngineOptions { Tracking = new TrackingOptions { Workers = workers }, Learning = new LearningOptions { AnomalyThreshold = 0.2 } };
        DetectionEngine engine = Run(Attacked, options, engine =>
        {
            engine.Adopt(SmallModels.Instance);
            engine.WindowJudged = window => told.Add(string.Create(CultureInfo.InvariantCulture, $"{window.Time:o} {window.Actor} {window.RiskScore} {window.PValue} {string.Join(' ', window.Votes)}"));
        }, linesPerBatch);
        return string.Join('\n', told) + Scan.Print(engine.Incidents);
    }

    private static DetectionEngine Run(IReadOnlyList<string> lines, EngineOptions options, Action<DetectionEngine> prepare, int linesPerBatch = 1000)
    {
        using var source = new LineSource(lines, linesPerBatch);
        var engine = new DetectionEngine(options);
        prepare(engine);
        BatchPipeline.Run(source, new LogParser(LogFormats.Find("combined")!), engine, 2, static _ => { }, CancellationToken.None);
        return engine;
    }

    /// <summary>People who browse, and from the second hour on somebody all of whose many requests are refused.</summary>
    private static List<string> Attack()
    {
        var lines = new List<string>();
        DateTime start = new(2026, 3, 10, 8, 0, 0, DateTimeKind.Utc);
        IReadOnlyList<string> honest = SmallModels.Browsing(9, 90);
        for (int minute = 0; minute < 90; minute++)
        {
            lines.AddRange(honest.Skip(minute * 20).Take(20));
            if (minute < 60) continue;
            for (int i = 0; i < 60; i++)
                lines.Add(SmallModels.Line(start.AddMinutes(minute).AddSeconds(59), "203.0.113.66", "POST", $"/orders/{100 + minute * 60 + i}", i % 3 == 0 ? 500 : 403, 120, "okhttp/4.9"));
        }
        return lines;
    }
}
