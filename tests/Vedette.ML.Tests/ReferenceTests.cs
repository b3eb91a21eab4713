using System.Text.Json;
using Vedette.ML.Boosting;
using Vedette.ML.Forests;
using Vedette.ML.Isolation;
using Vedette.ML.Metrics;

namespace Vedette.ML.Tests;

/// <summary>Our estimators beside the reference implementations', on the same tables.</summary>
public class ReferenceTests
{
    private static readonly JsonElement Reference = ReferenceValues.Json("reference.json");

    [Fact]
    public void MetricsAreThoseOfScikitLearn()
    {
        var expected = Reference.GetProperty("metrics");
        float[] labels = expected.Floats("labels");
        float[] scores = expected.Floats("scores");

        Assert.Equal(expected.Double("roc_auc"), Ranking.RocAuc(labels, scores), 1e-9);
        Assert.Equal(expected.Double("average_precision"), Ranking.AveragePrecision(labels, scores), 1e-9);
        Assert.Equal(expected.Double("f1_at_half"), ConfusionMatrix.At(labels, scores, 0.5f).F1, 1e-9);
        Assert.Equal(expected.Double("brier"), Calibration.BrierScore(labels, scores), 1e-6);
        Assert.Equal(expected.Double("log_loss"), Calibration.LogLoss(labels, scores), 1e-4);
    }

    [Fact]
    public void ClassicBoostingPredictsWhatScikitLearnDoes()
    {
        var exact = Reference.GetProperty("exact");
        float[] rows = exact.Floats("rows");
        float[] expected = exact.Floats("probabilities");
        float[] probabilities = new float[expected.Length];
        var model = GradientBoosting.Fit(rows, exact.Floats("labels"), 4, new GradientBoostingOptions { Rounds = 25 });

        model.PredictProbability(rows, probabilities);

        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], probabilities[i], 1e-5f);
    }

    [Fact]
    public void ClassicRegressionPredictsWhatScikitLearnDoes()
    {
        var exact = Reference.GetProperty("exact");
        float[] rows = exact.Floats("rows");
        float[] expected = exact.Floats("predictions");
        float[] predictions = new float[expected.Length];
        var options = new GradientBoostingOptions { Objective = BoostingObjective.SquaredError, Rounds = 25, MaxDepth = 2, MinRowsInLeaf = 5 };

        GradientBoosting.Fit(rows, exact.Floats("target"), 4, options).Trees.Sum(rows, predictions);

        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], predictions[i], 1e-5f);
    }

    [Fact]
    public void RandomForestRanksAsWellAsScikitLearns() =>
        AssertQuality("random_forest", (rows, labels) => RandomForestClassifier.Fit(rows, labels, 6, new RandomForestClassifierOptions { Trees = 300 }));

    [Fact]
    public void LevelWiseBoosterRanksAsWellAsXgboost() =>
        AssertQuality("level_wise", (rows, labels) => LevelWiseBooster.Fit(
            rows, labels, 6, new LevelWiseBoosterOptions { Rounds = 60, MaxDepth = 4, LearningRate = 0.2 }));

    [Fact]
    public void LeafWiseBoosterRanksAsWellAsScikitLearnsHistogramBooster() =>
        AssertQuality("leaf_wise", (rows, labels) => LeafWiseBooster.Fit(rows, labels, 6, new LeafWiseBoosterOptions { Rounds = 60, MaxLeaves = 15 }));

    [Fact]
    [Trait("Row", "E3")]
    public void IsolationForestScoresAsScikitLearns()
    {
        var isolation = Reference.GetProperty("isolation");
        float[] rows = isolation.Floats("rows");
        float[] expected = isolation.Floats("scores");
        float[] scores = new float[expected.Length];

        IsolationForest.Fit(rows, 4, new IsolationForestOptions { Trees = 3000 }).Score(rows, scores);

        // Both are means over thousands of random trees; what remains is their sampling error.
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], scores[i], 0.01f);
        Assert.Equal(isolation.Double("roc_auc"), Ranking.RocAuc(isolation.Floats("labels"), scores), 0.01);
    }

    private static void AssertQuality(string name, Func<float[], float[], IBinaryClassifier> fit)
    {
        float[] rows = Reference.Floats("test_rows");
        float[] probabilities = new float[rows.Length / 6];

        fit(Reference.Floats("train_rows"), Reference.Floats("train_labels")).PredictProbability(rows, probabilities);

        double expected = Reference.GetProperty("roc_auc").Double(name);
        Assert.InRange(Ranking.RocAuc(Reference.Floats("test_labels"), probabilities), expected - 0.015, 1);
    }
}
