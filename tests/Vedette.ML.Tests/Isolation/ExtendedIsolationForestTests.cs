using Vedette.ML.Isolation;
using Vedette.ML.Metrics;

namespace Vedette.ML.Tests.Isolation;

public class ExtendedIsolationForestTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(1)]
    public void FarRowsOutscoreTheCloud(int? level)
    {
        var (rows, labels) = TestRows.CloudWithOutliers(2000, 4, 1);
        float[] scores = new float[2000];

        ExtendedIsolationForest.Fit(rows, 4, new ExtendedIsolationForestOptions { ExtensionLevel = level }).Score(rows, scores);

        Assert.InRange(Ranking.RocAuc(labels, scores), 0.93, 1);
    }

    [Fact]
    public void EqualDistanceScoresAlikeInEveryDirection()
    {
        // Around one round cluster, cuts along the axes favour points on an axis (figure 2 of the paper); slanted cuts do not.
        var random = new SeededRandom(5);
        float[] rows = new float[2 * 2000];
        foreach (ref float value in rows.AsSpan()) value = (float)random.NextGaussian();
        float diagonal = 5 / MathF.Sqrt(2);
        float[] axisThenDiagonal = [5, 0, 0, 5, -5, 0, 0, -5, diagonal, diagonal, -diagonal, diagonal, diagonal, -diagonal, -diagonal, -diagonal];
        float[] plain = new float[8];
        float[] extended = new float[8];

        IsolationForest.Fit(rows, 2, new IsolationForestOptions { Trees = 400 }).Score(axisThenDiagonal, plain);
        ExtendedIsolationForest.Fit(rows, 2, new ExtendedIsolationForestOptions { Trees = 400 }).Score(axisThenDiagonal, extended);

        float plainGap = plain[4..].Average() - plain[..4].Average();
        float extendedGap = extended[4..].Average() - extended[..4].Average();
        Assert.True(plainGap > 0.03f, $"plain gap {plainGap}");
        Assert.True(MathF.Abs(extendedGap) < plainGap / 2, $"extended gap {extendedGap}, plain gap {plainGap}");
    }

    [Fact]
    public void ExtensionLevelIsBelowTheFeatureCount() =>
        Assert.Throws<ArgumentException>(() => ExtendedIsolationForest.Fit([1, 2], 2, new ExtendedIsolationForestOptions { ExtensionLevel = 2 }));
}
