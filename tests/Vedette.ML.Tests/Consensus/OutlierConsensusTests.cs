using Vedette.ML.Consensus;
using Vedette.ML.Metrics;

namespace Vedette.ML.Tests.Consensus;

public class OutlierConsensusTests
{
    [Fact]
    public void FindsGlobalAndLocalOutliersUnderOneSetting()
    {
        var (global, globalLabels) = TestRows.CloudWithOutliers(1500, 5, 1);
        var (local, localLabels) = LocalOutliers();

        Assert.True(Auc(global, 5, globalLabels) > 0.95);
        Assert.True(Auc(local, 2, localLabels) > 0.9);
    }

    [Fact]
    public void ScaleAndOffsetOfColumnsDoNotMatter()
    {
        var (rows, _) = TestRows.CloudWithOutliers(400, 3, 2);
        float[] moved = [.. rows.Select((value, i) => i % 3 == 0 ? 1024 * value : i % 3 == 1 ? value / 256 : value)];
        float[] scores = new float[400];
        float[] movedScores = new float[400];

        OutlierConsensus.Fit(rows, 3, new OutlierConsensusOptions(), scores);
        OutlierConsensus.Fit(moved, 3, new OutlierConsensusOptions(), movedScores);

        for (int i = 0; i < 400; i++) Assert.Equal(scores[i], movedScores[i], 1e-3f);
    }

    [Fact]
    public void LargeTablesAreJudgedByASample()
    {
        var (rows, labels) = TestRows.CloudWithOutliers(3000, 4, 3);
        float[] scores = new float[3000];

        OutlierConsensus.Fit(rows, 4, new OutlierConsensusOptions { MaxReferenceRows = 500 }, scores);

        Assert.True(Ranking.RocAuc(labels, scores) > 0.93);
        Assert.All(scores, score => Assert.InRange(score, 0, 0.99999f));
    }

    [Fact]
    public void FittedScoresNeedOnePlacePerRow() =>
        Assert.Throws<ArgumentException>(() => OutlierConsensus.Fit([1, 2, 3, 4], 2, new OutlierConsensusOptions(), new float[3]));

    [Fact]
    public void TailProbabilityCountsTiesHalf()
    {
        var tail = ScoreTail.Fit([3, 1, 2, 2]);

        Assert.Equal(-Math.Log(0.5 + 5e-4), tail.Surprise(2), 1e-12);
        Assert.Equal(-Math.Log(0.125 + 5e-4), tail.Surprise(3), 1e-12);
        Assert.Equal(-Math.Log(5e-4), tail.Surprise(4), 1e-12);
        Assert.Equal(0, tail.Surprise(0), 1e-12);
    }

    [Fact]
    public void MissingValueCountsAsTheMedianAndInfinityAsFar()
    {
        float[] scaled = new float[5];
        var columns = RobustColumns.Fit([1, 2, 3, 4, 5], 1);

        columns.Apply([float.NaN, 3, float.PositiveInfinity, float.NegativeInfinity, 5], scaled);

        Assert.Equal([0, 0, RobustColumns.Limit, -RobustColumns.Limit, 1.349f], scaled);
    }

    [Fact]
    public void ColumnWithAConstantMiddleIsScaledByItsDeviation()
    {
        float[] rows = new float[100];
        rows[7] = 10;
        float[] scaled = new float[100];

        RobustColumns.Fit(rows, 1).Apply(rows, scaled);

        Assert.Equal(10 / 0.99499, scaled[7], 1e-3);
    }

    [Fact]
    public void HistogramTellsEmptyBinsFromFullOnes()
    {
        float[] scores = new float[3];
        ColumnHistograms.Fit([0, 0, 0, 10], 1).Score([0, 10, 20], scores);

        Assert.Equal(0, scores[0], 2e-3f);
        Assert.Equal(-MathF.Log(1f / 3 + 1e-3f), scores[1], 1e-4f);
        Assert.Equal(-MathF.Log(1e-3f), scores[2], 1e-4f);
    }

    private static double Auc(float[] rows, int features, float[] labels)
    {
        float[] scores = new float[labels.Length];
        OutlierConsensus.Fit(rows, features, new OutlierConsensusOptions(), scores);
        return Ranking.RocAuc(labels, scores);
    }

    /// <summary>A dense and a wide cluster; the outliers surround the dense one at distances that would be ordinary in the wide one.</summary>
    private static (float[] Rows, float[] Labels) LocalOutliers()
    {
        var random = new SeededRandom(6);
        float[] rows = new float[2 * 1020];
        float[] labels = new float[1020];
        for (int i = 0; i < 1020; i++)
        {
            double spread = i < 500 ? 0.05 : 1;
            double angle = 2 * Math.PI * random.NextDouble();
            (double x, double y) = i < 1000 ? (spread * random.NextGaussian(), spread * random.NextGaussian()) : (1.2 * Math.Cos(angle), 1.2 * Math.Sin(angle));
            labels[i] = i < 1000 ? 0 : 1;
            (rows[2 * i], rows[2 * i + 1]) = ((float)x + (i is >= 500 and < 1000 ? 8 : 0), (float)y);
        }
        return (rows, labels);
    }
}
