using Vedette.Engine.Tests;
using Vedette.ML.Isolation;
using Vedette.ML.Metrics;

namespace Vedette.ML.Tests.Isolation;

public class IsolationForestTests
{
    [Fact]
    public void FarRowsOutscoreTheCloud()
    {
        var (rows, labels) = TestRows.CloudWithOutliers(2000, 4, 1);
        float[] scores = new float[2000];

        IsolationForest.Fit(rows, 4, new IsolationForestOptions()).Score(rows, scores);

        Assert.InRange(Ranking.RocAuc(labels, scores), 0.93, 1);
        Assert.All(scores, score => Assert.InRange(score, float.Epsilon, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1003)]
    public void FastAndPlainScoresAgree(int count)
    {
        var (rows, _) = TestRows.CloudWithOutliers(1100, 6, 2);
        for (int i = 0; i < rows.Length; i += 11) rows[i] = float.NaN;
        var forest = IsolationForest.Fit(rows, 6, new IsolationForestOptions { Trees = 53 });
        float[] fast = new float[count];
        float[] plain = new float[count];

        forest.Score(rows.AsSpan(0, count * 6), fast);
        forest.ScoreReference(rows.AsSpan(0, count * 6), plain);

        Assert.Equal(plain, fast);
    }

    [Fact]
    public void ScoreOfTwoDistinctRowsIsOneHalf()
    {
        // Two rows of one feature are always parted by one split: the path is 1 = c(2), and 2^-1 = 0.5.
        float[] scores = new float[2];

        IsolationForest.Fit([0, 1], 1, new IsolationForestOptions { Trees = 10 }).Score([0, 1], scores);

        Assert.Equal([0.5f, 0.5f], scores);
    }

    [Fact]
    public void MeanPathMatchesThePaper()
    {
        Assert.Equal(0, IsolationMath.MeanPath(1));
        Assert.Equal(1, IsolationMath.MeanPath(2));
        Assert.Equal(10.244770920116851, IsolationMath.MeanPath(256), 1e-9);
    }

    [Fact]
    public void ContributionsAddUpToTheLogarithmOfTheScoreAndNameTheOddFeature()
    {
        var (rows, _) = TestRows.Blobs(1000, 5, 3);
        var forest = IsolationForest.Fit(rows, 5, new IsolationForestOptions { Trees = 200 });
        float[] odd = [0.5f, 0.5f, 30, 0.5f, 0.5f];
        double[] contributions = new double[5];
        float[] score = new float[1];

        double expected = forest.Contributions(odd, contributions);
        forest.Score(odd, score);

        Assert.Equal(Math.Log2(score[0]), expected + contributions.Sum(), 1e-4);
        Assert.Equal(2, Array.IndexOf(contributions, contributions.Max()));
        Assert.True(contributions[2] > 0.1);
    }

    [Fact]
    public void ThresholdIsExceededByTheContaminatedShare()
    {
        float[] scores = Enumerable.Range(0, 1001).Select(i => i / 1000f).ToArray();

        Assert.Equal(0.95f, IsolationForest.Threshold(scores, 0.05), 1e-5f);
        Assert.Throws<ArgumentOutOfRangeException>(() => IsolationForest.Threshold(scores, 0));
        Assert.Throws<ArgumentException>(() => IsolationForest.Threshold([], 0.1));
    }

    [Fact]
    public void AGapAloneDoesNotIsolate()
    {
        var (rows, _) = TestRows.Blobs(1000, 4, 4);
        var forest = IsolationForest.Fit(rows, 4, new IsolationForestOptions { Trees = 200 });
        float[] scores = new float[2];

        forest.Score([0.6f, 0.6f, 0.6f, 0.6f, 0.6f, float.NaN, 0.6f, 0.6f], scores);

        Assert.InRange(scores[1], scores[0] - 0.05f, scores[0] + 0.05f);
    }

    [Fact]
    public void AllProblemsOfTheOptionsAreReportedTogether()
    {
        var options = new IsolationForestOptions { Trees = 0, SampleSize = 0, MaxDepth = 0, MaxThreads = -1 };

        var error = Assert.Throws<ArgumentException>(() => IsolationForest.Fit([1], 1, options));

        Assert.All(["Trees", "SampleSize", "MaxDepth", "MaxThreads"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void ScoringOneRowAllocatesNothing()
    {
        var (rows, _) = TestRows.Blobs(500, 5, 3);
        var forest = IsolationForest.Fit(rows, 5, new IsolationForestOptions());
        float[] score = new float[1];
        Assert.Equal(0, Allocations.Of(() => { for (int i = 0; i < 100; i++) forest.Score(rows.AsSpan(i * 5, 5), score); }));
    }
}
