using Vedette.ML.Boosting;
using Vedette.ML.Explanations;

namespace Vedette.ML.Tests.Explanations;

public class PermutationImportanceTests
{
    [Fact]
    public void ShufflingWhatMattersHurtsAndWhatDoesNotIsHarmless()
    {
        var (rows, labels) = TestRows.Interaction(2000, 6, 1);
        var (test, truth) = TestRows.Interaction(2000, 6, 2);
        var model = LevelWiseBooster.Fit(rows, labels, 6, new LevelWiseBoosterOptions { Rounds = 40, MaxDepth = 4, LearningRate = 0.2 });

        var importances = PermutationImportance.Measure(model, test, truth);

        Assert.All(importances.Take(4), importance => Assert.True(importance.Mean > 0.03));
        Assert.All(importances.Skip(4), importance => Assert.InRange(importance.Mean, -0.01, 0.01));
        Assert.Equal(importances, PermutationImportance.Measure(model, test, truth));
        Assert.All(importances, importance => Assert.InRange(importance.StandardDeviation, 0, 0.05));
    }

    [Fact]
    public void WrongShapesAreRefused()
    {
        var (rows, labels) = TestRows.Interaction(50, 6, 1);
        var model = LevelWiseBooster.Fit(rows, labels, 6, new LevelWiseBoosterOptions { Rounds = 2 });

        Assert.Throws<ArgumentException>(() => PermutationImportance.Measure(model, rows, labels.AsSpan(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PermutationImportance.Measure(model, rows, labels, repetitions: 0));
    }
}
