using Vedette.Engine.Behavior;
using Vedette.Engine.Learning;

namespace Vedette.Engine.Tests.Learning;

public sealed class ConsensusTests
{
    private static readonly string[] Models = ["isolation_forest", "dbscan", "random_forest", "dense"];

    [Fact]
    [Trait("Row", "C6")]
    public void GroupsAreWeighedThenTheirModelsAlike() =>
        Assert.Equal(0.35f * 0.3f + 0.5f * 0.8f + 0.15f * 1f, new Consensus(Models, new LearningOptions()).Of([0.2f, 0.4f, 0.8f, 1f]), 1e-6f);

    [Fact]
    public void AGroupWithoutAnOpinionGivesItsWeightToTheOthers() =>
        Assert.Equal((0.35f * 0.2f + 0.5f * 0.8f) / 0.85f, new Consensus(Models, new LearningOptions()).Of([0.2f, float.NaN, 0.8f, float.NaN]), 1e-6f);

    [Fact]
    public void ConsentIsWhatTheMostDoubtfulSupervisedModelSays()
    {
        var consensus = new Consensus(["random_forest", "xgboost", "isolation_forest"], new LearningOptions());
        consensus.Of([0.9f, 0.3f, 0.1f], out float divided);
        consensus.Of([float.NaN, float.NaN, 0.1f], out float none);
        Assert.Equal(0.3f, divided);
        Assert.True(float.IsNaN(none));
    }

    [Fact]
    [Trait("Row", "C6")]
    public void WeightsOfAllModelsAddUpToOne()
    {
        IReadOnlyDictionary<string, double> weights = Consensus.Weights(Models, new LearningOptions());
        Assert.Equal(1, weights.Values.Sum(), 1e-9);
        Assert.Equal(0.175, weights["dbscan"], 1e-9);
    }

    [Fact]
    public void ImpossibleWeightsAreRefused()
    {
        var options = new EngineOptions { Learning = new LearningOptions { SupervisedWeight = -1 } };
        Assert.Contains("Learning: the weights", Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }
}

public sealed class ThinningReservoirTests
{
    [Fact]
    public void HoldsAnEvenSelectionInOrder()
    {
        var reservoir = new ThinningReservoir<int>(100);
        for (int i = 0; i < 10_000; i++) reservoir.Offer(i);
        Assert.InRange(reservoir.Items.Count, 50, 100);
        Assert.Equal(reservoir.Items.Select((_, place) => (int)(place * reservoir.Stride)), reservoir.Items);
    }
}

public sealed class VoteScaleTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.05, 0.5)]
    [InlineData(0.0025, 2.0 / 3)]
    public void TheContaminationIsTheMiddle(double p, double vote) => Assert.Equal(vote, VoteScale.Vote(p), 1e-6);
}

public sealed class RecentNullTests
{
    [Fact]
    public void FollowsTrafficThatChanges()
    {
        var random = new Random(4);
        var recent = new RecentNull([.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())]);
        double before = recent.PValue(1.2);
        for (int i = 0; i < 20_000; i++) recent.Learn(random.NextDouble() * (1 + i / 20_000.0));
        Assert.InRange(before, 0, 0.01);
        Assert.InRange(recent.PValue(1.2), 0.1, 0.6);
    }

    [Fact]
    public void AFewWildScoresDoNotBecomeTheNorm()
    {
        var random = new Random(4);
        var recent = new RecentNull([.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())]);
        for (int i = 0; i < 500; i++) recent.Learn(50);
        Assert.InRange(recent.PValue(50), 0, 1e-4);
    }
}

public sealed class StrangeLessonsTests
{
    [Fact]
    public void ACallerTeachesThreeTimesAnHour()
    {
        var lessons = new StrangeLessons();
        long hour = 3600L * 1_000_000, start = 1000 * hour;
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(i => lessons.Admit(7, start + i)));
        Assert.True(lessons.Admit(8, start));
        Assert.True(lessons.Admit(7, start + hour));
    }
}

public sealed class TokenRingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(50)]
    [InlineData(1000)]
    public void HoldsTheLastOnesOldestFirst(int added)
    {
        var ring = new TokenRing();
        for (int i = 0; i < added; i++) ring.Add((ushort)i);
        ushort[] tokens = new ushort[TokenRing.Capacity];
        int count = ring.CopyTo(tokens);
        Assert.Equal(Enumerable.Range(0, added).TakeLast(TokenRing.Capacity).Select(static token => (ushort)token), tokens[..count]);
    }
}

public sealed class FeatureScaleTests
{
    [Fact]
    public void LongTailsAreDrawnInAndNothingLeavesTheLimit()
    {
        var random = new Random(2);
        float[] rows = [.. Enumerable.Range(0, 500).Select(_ => (float)Math.Exp(3 * random.NextDouble()))];
        FeatureScale scale = FeatureScale.Fit(rows, 1);
        float[] scaled = new float[rows.Length];
        scale.Apply(rows, scaled);
        Assert.Equal(0, scaled.Average(), 1e-3);
        Assert.Equal(1, scaled.Average(static value => value * value), 1e-2);
        float[] wild = [1e30f, -1e30f];
        scale.Apply(wild, wild);
        Assert.Equal([FeatureScale.Limit, -FeatureScale.Limit], wild);
    }
}

public sealed class TemplateMatcherTests
{
    private static readonly TemplateMatcher Matcher = new(["GET /", "GET /orders/{id}", "POST /orders/{id}", "GET /orders/new", "GET /blog/{slug}/comments", "GET /static/{file}.png", "GET /days/{date}", "GET /users/{user}"]);

    [Theory]
    [InlineData("GET", "/", 0)]
    [InlineData("GET", "/orders/1842", 1)]
    [InlineData("GET", "/orders/5d41402abc4b2a76b9719d911017c592", 1)]
    [InlineData("POST", "/orders/7", 2)]
    [InlineData("GET", "/orders/new", 3)]
    [InlineData("GET", "/blog/any-title-at-all/comments", 4)]
    [InlineData("GET", "/static/logo.PNG", 5)]
    [InlineData("GET", "/days/2026-01-31", 6)]
    [InlineData("GET", "/users/91", 7)]
    [InlineData("GET", "/orders/{id}", 1)]
    [InlineData("PUT", "/orders/7", -1)]
    [InlineData("GET", "/orders/7/items", -1)]
    [InlineData("GET", "/nothing", -1)]
    public void APathMeetsItsTemplate(string method, string path, int expected) =>
        Assert.Equal(expected, Matcher.Match(System.Text.Encoding.UTF8.GetBytes(method), System.Text.Encoding.UTF8.GetBytes(path)));
}
