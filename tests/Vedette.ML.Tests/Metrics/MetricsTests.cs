using Vedette.ML.Metrics;

namespace Vedette.ML.Tests.Metrics;

public class MetricsTests
{
    [Theory]
    [InlineData(new float[] { 0, 0, 1, 1 }, new float[] { 0.1f, 0.4f, 0.35f, 0.8f }, 0.75, 0.8333333)]
    [InlineData(new float[] { 0, 1 }, new float[] { 0.5f, 0.5f }, 0.5, 0.5)]
    [InlineData(new float[] { 1, 0, 1, 0, 1 }, new float[] { 0.9f, 0.9f, 0.2f, 0.1f, 0.2f }, 0.5833333, 0.6666667)]
    [InlineData(new float[] { 1, 1, 0 }, new float[] { 3, 2, 1 }, 1, 1)]
    public void RankingMetricsMatchValuesWorkedOutByHand(float[] labels, float[] scores, double auc, double averagePrecision)
    {
        Assert.Equal(auc, Ranking.RocAuc(labels, scores), 1e-6);
        Assert.Equal(averagePrecision, Ranking.AveragePrecision(labels, scores), 1e-6);
    }

    [Fact]
    public void RocAucIsTheShareOfPairsInTheRightOrder()
    {
        var random = new SeededRandom(3);
        float[] labels = new float[300];
        float[] scores = new float[300];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = random.Next(4) == 0 ? 1 : 0;
            scores[i] = random.Next(20) + labels[i] * random.Next(8);
        }
        double won = 0, pairs = 0;
        for (int i = 0; i < labels.Length; i++)
            for (int j = 0; j < labels.Length; j++)
            {
                if (labels[i] != 1 || labels[j] != 0) continue;
                pairs++;
                won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }

        Assert.Equal(won / pairs, Ranking.RocAuc(labels, scores), 1e-12);
    }

    [Fact]
    public void RankingRefusesOneClassOddLabelsAndNaN()
    {
        Assert.Throws<ArgumentException>(() => Ranking.RocAuc([1, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => Ranking.AveragePrecision([0, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => Ranking.RocAuc([0, 2], [0, 1]));
        Assert.Throws<ArgumentException>(() => Ranking.RocAuc([0, 1, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => Ranking.RocAuc([0, 1], [0, float.NaN]));
    }

    [Fact]
    public void ConfusionMatrixCountsEachRowOnce()
    {
        var matrix = ConfusionMatrix.At([1, 1, 0, 0, 1, 0], [0.9f, 0.4f, 0.6f, 0.1f, 0.5f, float.NaN], 0.5f);

        Assert.Equal(new ConfusionMatrix(2, 1, 2, 1), matrix);
        Assert.Equal(6, matrix.RowCount);
        Assert.Equal(2 / 3.0, matrix.Precision, 1e-12);
        Assert.Equal(2 / 3.0, matrix.Recall, 1e-12);
        Assert.Equal(2 / 3.0, matrix.F1, 1e-12);
        Assert.Equal(4 / 6.0, matrix.Accuracy, 1e-12);
        Assert.Equal(1 / 3.0, matrix.FalsePositiveRate, 1e-12);
    }

    [Fact]
    public void RatiosWithoutRowsAreZero()
    {
        var empty = new ConfusionMatrix(0, 0, 0, 0);

        Assert.Equal(0, empty.Precision + empty.Recall + empty.F1 + empty.Accuracy + empty.FalsePositiveRate);
    }

    [Fact]
    public void LossesMatchTheirFormulas()
    {
        float[] labels = [1, 0, 1];
        float[] probabilities = [0.8f, 0.3f, 1];

        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.7)) / 3, Calibration.LogLoss(labels, probabilities), 1e-6);
        Assert.Equal((0.04 + 0.09) / 3, Calibration.BrierScore(labels, probabilities), 1e-6);
        Assert.InRange(Calibration.LogLoss([0], [1]), 15, 17);
        Assert.Throws<ArgumentException>(() => Calibration.BrierScore([1], [1.5f]));
        Assert.Throws<ArgumentException>(() => Calibration.LogLoss([], []));
    }

    [Fact]
    public void CalibrationTableComparesPredictedWithObserved()
    {
        var table = Calibration.Table([0, 1, 1, 1], [0.1f, 0.15f, 0.95f, 1f]);

        Assert.Equal(2, table.Count);
        Assert.Equal([2L, 2L], table.Select(bin => bin.RowCount));
        Assert.Equal(0.975, table[1].MeanPredicted, 1e-6);
        Assert.Equal(1, table[1].ObservedRate);
    }
}
