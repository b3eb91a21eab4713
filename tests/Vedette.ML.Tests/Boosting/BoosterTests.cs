using Vedette.ML.Boosting;
using Vedette.ML.Metrics;

namespace Vedette.ML.Tests.Boosting;

public class BoosterTests
{
    private const int Features = 6;

    [Fact]
    public void OneRoundOnOneSplitMatchesTheFormula()
    {
        // Labels 0 0 1 1, base log-odds 0: gradients ±1/2, hessians 1/4. Leaf output −G/(H + λ)·η = ∓1/(0.5 + 1)·0.5.
        var model = LevelWiseBooster.Fit([0, 1, 2, 3], [0, 0, 1, 1], 1, new LevelWiseBoosterOptions
        {
            Rounds = 1,
            MaxDepth = 1,
            LearningRate = 0.5,
            MinChildWeight = 0,
        });
        float[] sums = new float[4];

        model.Trees.Sum([0, 1, 2, 3], sums);

        for (int i = 0; i < 4; i++) Assert.Equal(i < 2 ? -1 / 3f : 1 / 3f, sums[i], 1e-6f);
    }

    [Fact]
    public void L1ShrinksGradients()
    {
        var options = new LevelWiseBoosterOptions { Rounds = 1, MaxDepth = 1, LearningRate = 1, MinChildWeight = 0, L1 = 0.4 };
        float[] sums = new float[4];

        LevelWiseBooster.Fit([0, 1, 2, 3], [0, 0, 1, 1], 1, options).Trees.Sum([0, 1, 2, 3], sums);

        Assert.Equal(0.6 / 1.5, sums[3], 1e-6);
    }

    [Theory]
    [InlineData(2.0 / 3 * 2 - 0.01, 3)]
    [InlineData(2.0 / 3 * 2 + 0.01, 1)]
    public void SplitBelowTheLeastGainIsNotMade(double minGain, int nodes)
    {
        // The only useful split gains 1²/(0.5 + 1) twice.
        var options = new LevelWiseBoosterOptions { Rounds = 1, MaxDepth = 1, MinChildWeight = 0, MinGain = minGain };

        Assert.Equal(nodes, LevelWiseBooster.Fit([0, 1, 2, 3], [0, 0, 1, 1], 1, options).Trees.NodeCount);
    }

    [Fact]
    public void MissingValuesGoWhereTheyLowerTheLoss()
    {
        float[] rows = [0, 1, 2, 3, float.NaN, float.NaN, float.NaN];
        float[] labels = [0, 0, 1, 1, 1, 1, 0];
        float[] sums = new float[7];

        LevelWiseBooster.Fit(rows, labels, 1, new LevelWiseBoosterOptions { Rounds = 1, MaxDepth = 1, MinChildWeight = 0 }).Trees.Sum(rows, sums);

        Assert.Equal(sums[2], sums[4]);
        Assert.NotEqual(sums[0], sums[4]);
    }

    [Fact]
    public void FactOfBeingMissingCanBeTheSplit()
    {
        float[] rows = [5, 5, 5, 5, float.NaN, float.NaN, float.NaN, float.NaN];
        float[] probabilities = new float[8];

        LevelWiseBooster.Fit(rows, [0, 0, 0, 0, 1, 1, 1, 1], 1, new LevelWiseBoosterOptions { MinChildWeight = 0 }).PredictProbability(rows, probabilities);

        Assert.True(probabilities[0] < 0.1f && probabilities[4] > 0.9f);
    }

    [Fact]
    public void LeafLimitIsKept()
    {
        var (rows, labels) = TestRows.Interaction(2000, Features, 1);

        var model = LeafWiseBooster.Fit(rows, labels, Features, new LeafWiseBoosterOptions { Rounds = 5, MaxLeaves = 7 });

        Assert.Equal(5 * 13, model.Trees.NodeCount);
    }

    [Fact]
    public void OneSidedSamplingLosesLittle()
    {
        var (rows, labels) = TestRows.Interaction(4000, Features, 2);
        var (test, truth) = TestRows.Interaction(4000, Features, 3);
        var options = new LeafWiseBoosterOptions { Rounds = 60, MaxLeaves = 15 };

        double all = Auc(LeafWiseBooster.Fit(rows, labels, Features, options), test, truth);
        double sampled = Auc(LeafWiseBooster.Fit(rows, labels, Features, options with { OneSidedSampling = true }), test, truth);

        Assert.InRange(all, 0.84, 1);
        Assert.InRange(sampled, all - 0.015, 1);
    }

    [Fact]
    public void EarlyStoppingKeepsTheRoundsThatHelped()
    {
        var (rows, labels) = TestRows.Interaction(500, Features, 4);
        var (validation, validationLabels) = TestRows.Interaction(1000, Features, 5);
        var options = new LeafWiseBoosterOptions { Rounds = 400, LearningRate = 0.3, EarlyStoppingRounds = 10 };
        float[] kept = new float[1000];
        float[] all = new float[1000];

        var stopped = LeafWiseBooster.Fit(rows, labels, Features, options, validation, validationLabels);
        stopped.PredictProbability(validation, kept);
        LeafWiseBooster.Fit(rows, labels, Features, options).PredictProbability(validation, all);

        Assert.InRange(stopped.Trees.TreeCount, 1, 200);
        Assert.True(Calibration.LogLoss(validationLabels, kept) < Calibration.LogLoss(validationLabels, all));
    }

    [Fact]
    public void ImportancesFavourWhatMatters()
    {
        var (rows, labels) = TestRows.Interaction(3000, Features, 6);

        foreach (var model in new[] { LevelWise(rows, labels).GainImportances.ToArray(), LeafWise(rows, labels).GainImportances.ToArray() })
        {
            Assert.Equal(1, model.Sum(), 1e-5f);
            Assert.True(model.Take(4).Min() > model.Skip(4).Max());
        }
    }

    [Fact]
    public void ContributionsAddUpToTheLogOdds()
    {
        var (rows, labels) = TestRows.Interaction(1000, Features, 7);
        var model = LevelWise(rows, labels);
        float[] sum = new float[1];
        double[] contributions = new double[Features];

        for (int row = 0; row < 20; row++)
        {
            var x = rows.AsSpan(row * Features, Features);
            model.Trees.Sum(x, sum);
            Assert.Equal(sum[0], model.Trees.PathContributions(x, contributions) + contributions.Sum(), 1e-4);
            Assert.Equal(sum[0], model.Trees.ShapContributions(x, contributions) + contributions.Sum(), 1e-4);
        }
    }

    [Fact]
    public void SquaredErrorFitsNumbers()
    {
        var (rows, _) = TestRows.Interaction(2000, Features, 8);
        float[] targets = new float[2000];
        for (int row = 0; row < 2000; row++) targets[row] = 3 * rows[row * Features] + rows[row * Features + 1] + 10;
        float[] predictions = new float[2000];

        LeafWiseBooster.Fit(rows, targets, Features, new LeafWiseBoosterOptions { Objective = BoostingObjective.SquaredError }).Trees.Sum(rows, predictions);

        Assert.InRange(targets.Zip(predictions, (target, prediction) => Math.Abs(target - prediction)).Average(), 0, 0.3);
    }

    [Fact]
    public void PositiveWeightRaisesProbabilities()
    {
        var (rows, labels) = TestRows.Interaction(1000, Features, 9);
        float[] plain = new float[1000];
        float[] weighted = new float[1000];
        var options = new LevelWiseBoosterOptions { Rounds = 20, MaxDepth = 2 };

        LevelWiseBooster.Fit(rows, labels, Features, options).PredictProbability(rows, plain);
        LevelWiseBooster.Fit(rows, labels, Features, options with { PositiveWeight = 5 }).PredictProbability(rows, weighted);

        Assert.True(weighted.Average() > plain.Average() + 0.1f);
    }

    [Fact]
    public void OneClassGivesItsProbability()
    {
        float[] probabilities = new float[3];

        LevelWiseBooster.Fit([1, 2, 3], [1, 1, 1], 1, new LevelWiseBoosterOptions()).PredictProbability([1, 2, 3], probabilities);

        Assert.All(probabilities, p => Assert.InRange(p, 0.7f, 1f));
    }

    [Fact]
    public void AllProblemsOfTheOptionsAreReportedTogether()
    {
        var options = new LeafWiseBoosterOptions { Rounds = 0, MaxLeaves = 1, LearningRate = 2, OneSidedSampling = true, TopFraction = 0.9, OtherFraction = 0.9, RowFraction = 0.5 };

        var error = Assert.Throws<ArgumentException>(() => LeafWiseBooster.Fit([1], [1], 1, options));

        Assert.All(["Rounds", "MaxLeaves", "LearningRate", "TopFraction", "RowFraction"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void ClassicBoostingRefusesMissingValues() =>
        Assert.Throws<ArgumentException>(() => GradientBoosting.Fit([1, float.NaN], [0, 1], 1, new GradientBoostingOptions()));

    [Fact]
    public void SelectionFindsTheLargest()
    {
        var random = new SeededRandom(10);
        float[] values = new float[5000];
        foreach (ref float value in values.AsSpan()) value = random.Next(3) == 0 ? random.Next(5) : random.NextSingle();
        float[] sorted = [.. values.OrderDescending()];

        foreach (int count in new[] { 1, 7, 500, 2500, 5000 })
        {
            var (threshold, ties) = RowSampler.LargestThreshold(values, count);

            Assert.Equal(sorted[count - 1], threshold);
            Assert.Equal(count, values.Count(value => value > threshold) + ties);
        }
    }

    private static LevelWiseBooster LevelWise(float[] rows, float[] labels) =>
        LevelWiseBooster.Fit(rows, labels, Features, new LevelWiseBoosterOptions { Rounds = 30, MaxDepth = 4 });

    private static LeafWiseBooster LeafWise(float[] rows, float[] labels) =>
        LeafWiseBooster.Fit(rows, labels, Features, new LeafWiseBoosterOptions { Rounds = 30, MaxLeaves = 15 });

    private static double Auc(IBinaryClassifier model, float[] rows, float[] labels)
    {
        float[] probabilities = new float[labels.Length];
        model.PredictProbability(rows, probabilities);
        return Ranking.RocAuc(labels, probabilities);
    }
}
