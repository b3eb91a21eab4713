using Vedette.Engine.Learning;

namespace Vedette.Engine.Tests.Learning;

public sealed class ModelTrainerTests
{
    [Theory]
    [InlineData(0.3f, 800f, false)]
    [InlineData(0.31f, 10f, true)]
    [InlineData(0f, 801f, true)]
    [Trait("Row", "E3")]
    public void AWindowFailsBeyondThreeTenthsErrorsOrEightHundredMilliseconds(float errorRate, float meanMillis, bool fails)
    {
        float[] row = new float[WindowFeatures.Count];
        (row[WindowFeatures.ErrorRate], row[WindowFeatures.AvgResponseTime]) = (errorRate, meanMillis);
        Assert.Equal(fails, ModelSet.IsFailing(row));
    }

    [Fact]
    [Trait("Row", "C2")]
    [Trait("Row", "C1")]
    public void EveryModelIsReadyAfterTrainingOnOwnAndLabelledWindows() =>
        Assert.Equal(ModelNames.All, SmallModels.Instance.Ready);

    [Fact]
    public void WeightsOfReadyModelsAddUpToOneByGroups()
    {
        IReadOnlyDictionary<string, double> weights = SmallModels.Instance.Weights(new LearningOptions());
        Assert.Equal(1, weights.Values.Sum(), 1e-9);
        Assert.Equal((0.0, 0.125, 0.05), (weights["signatures"], weights["xgboost"], Math.Round(weights["transformer"], 9)));
    }

    [Fact]
    public void WithoutLabelsTheSupervisedModelsStayNotReady()
    {
        ModelSet models = ModelTrainer.Train(SmallModels.Own, [], new TrainerOptions());
        Assert.Equal(["signatures", "isolation_forest", "one_class_svm", "local_outlier_factor", "lstm", "transformer", "kmeans", "dbscan"], models.Ready);
        Assert.Empty(models.Lineage.Metrics);
    }

    [Fact]
    public void WithoutOwnTrafficTheOrdinaryLabelledWindowsStandIn()
    {
        ModelSet models = ModelTrainer.Train(TrainingData.Empty, SmallModels.Labelled(), new TrainerOptions { Tune = false });
        Assert.True(models.IsReady(ModelNames.IsolationForest));
        Assert.True(models.IsReady(ModelNames.Xgboost));
        Assert.False(models.IsReady(ModelNames.Transformer));
        Assert.Null(models.RequestThreshold);
    }

    [Fact]
    public void SupervisedModelsAndTheConsensusTellAttacksOnWindowsTheyHaveNotSeen()
    {
        var metrics = SmallModels.Instance.Lineage.Metrics.ToDictionary(static model => model.Name);
        foreach (string model in (string[])["random_forest", "xgboost", "lightgbm", "gradient_boosting", "consensus"]) Assert.InRange(metrics[model].Auc, 0.97, 1);
        Assert.InRange(metrics["isolation_forest"].Auc, 0.8, 1);
        Assert.Equal(14, metrics["consensus"].Attacks);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TheSameSeedGivesTheSameBytesOnAnyNumberOfThreads(int threads)
    {
        ModelSet again = ModelTrainer.Train(SmallModels.Own, SmallModels.Labelled(), new TrainerOptions { Tune = false, MaxThreads = threads });
        Assert.Equal(Bytes(SmallModels.Instance), Bytes(again));
    }

    [Fact]
    [Trait("Row", "C3")]
    public void TuningChoosesSettingsAndNamesThemInTheLineage()
    {
        ModelSet models = ModelTrainer.Train(TrainingData.Empty, SmallModels.Labelled(), new TrainerOptions());
        Assert.Contains("lightgbm.learning_rate", models.Lineage.Settings.Keys);
        Assert.Contains("xgboost.max_depth", models.Lineage.Settings.Keys);
    }

    [Fact]
    [Trait("Row", "C3")]
    public void TheTellingFeaturesAreTheImportantOnes() =>
        Assert.Subset(new HashSet<string> { "req_count", "requests_10min", "error_rate" }, SmallModels.Instance.Lineage.Importance.Take(2).Select(static feature => feature.Name).ToHashSet());

    [Fact]
    public void TooFewWindowsAreRefusedWithTheNumberNeeded()
    {
        var problem = Assert.Throws<ArgumentException>(static () => ModelTrainer.Train(TrainingData.Empty, [], new TrainerOptions()));
        Assert.Contains("60 are needed", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImpossibleOptionsAreAllNamed()
    {
        var problem = Assert.Throws<ArgumentException>(static () => ModelTrainer.Train(TrainingData.Empty, [], new TrainerOptions { HoldOut = 0.9, MaxThreads = -1 }));
        Assert.Contains("held out is 0.9", problem.Message, StringComparison.Ordinal);
        Assert.Contains("MaxThreads is -1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingCanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ModelTrainer.Train(SmallModels.Own, [], new TrainerOptions(), new StopAt(cancellation, "local outlier factor"), cancellation.Token));
    }

    internal static byte[] Bytes(ModelSet models)
    {
        using var stream = new MemoryStream();
        models.Save(stream);
        return stream.ToArray();
    }

    private sealed class StopAt(CancellationTokenSource cancellation, string step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step) cancellation.Cancel();
        }
    }
}
