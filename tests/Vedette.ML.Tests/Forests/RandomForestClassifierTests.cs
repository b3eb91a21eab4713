using Vedette.ML.Forests;
using Vedette.ML.Metrics;

namespace Vedette.ML.Tests.Forests;

public class RandomForestClassifierTests
{
    private const int Features = 6;

    [Fact]
    public void OutOfBagQualityIsThatOnUnseenRows()
    {
        var (rows, labels) = TestRows.Interaction(2000, Features, 1);
        var (test, truth) = TestRows.Interaction(2000, Features, 2);
        var forest = RandomForestClassifier.Fit(rows, labels, Features, new RandomForestClassifierOptions { Trees = 150, OutOfBag = true });
        float[] probabilities = new float[2000];

        forest.PredictProbability(test, probabilities);

        Assert.DoesNotContain(forest.OutOfBagProbabilities.ToArray(), float.IsNaN);
        Assert.Equal(Ranking.RocAuc(truth, probabilities), Ranking.RocAuc(labels, forest.OutOfBagProbabilities), 0.03);
    }

    [Fact]
    public void OutOfBagVotesDoNotDependOnThreads()
    {
        var (rows, labels) = TestRows.Interaction(500, Features, 3);
        var options = new RandomForestClassifierOptions { Trees = 40, OutOfBag = true };

        var one = RandomForestClassifier.Fit(rows, labels, Features, options with { MaxThreads = 1 });
        var four = RandomForestClassifier.Fit(rows, labels, Features, options with { MaxThreads = 4 });

        Assert.Equal(one.OutOfBagProbabilities.ToArray(), four.OutOfBagProbabilities.ToArray());
        Assert.Equal(one.GainImportances.ToArray(), four.GainImportances.ToArray());
    }

    [Fact]
    public void UnboundedTreeLearnsItsRowsByHeart()
    {
        var (rows, labels) = TestRows.Interaction(300, Features, 4);
        var options = new RandomForestClassifierOptions { Trees = 1, Bootstrap = false, MaxDepth = 64, FeaturesPerSplit = Features };
        float[] probabilities = new float[300];

        RandomForestClassifier.Fit(rows, labels, Features, options).PredictProbability(rows, probabilities);

        // Two neighbouring rows of different class may share a bin; three hundred values fill 255 bins almost singly.
        Assert.InRange(probabilities.Zip(labels, (p, label) => Math.Abs(p - label)).Average(), 0, 0.02);
    }

    [Fact]
    public void FirstSplitIsTheOneOfLeastImpurity()
    {
        float[] rows = [0, 5, 1, 6, 2, 4, 3, 7, 4, 0, 5, 3];
        var options = new RandomForestClassifierOptions { Trees = 1, Bootstrap = false, MaxDepth = 1, FeaturesPerSplit = 2 };
        float[] probabilities = new float[6];

        RandomForestClassifier.Fit(rows, [0, 0, 0, 1, 1, 1], 2, options).PredictProbability(rows, probabilities);

        Assert.Equal([0, 0, 0, 1, 1, 1], probabilities);
    }

    [Fact]
    public void BalancedClassesWeighAlike()
    {
        // 90 to 10 and nothing to split on: the root's share of class 1 is 0.1 of the rows and half of the weight.
        float[] rows = new float[100];
        float[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 10 ? 1f : 0f)];
        var options = new RandomForestClassifierOptions { Trees = 1, Bootstrap = false };
        float[] uniform = new float[1];
        float[] balanced = new float[1];

        RandomForestClassifier.Fit(rows, labels, 1, options).PredictProbability([0], uniform);
        RandomForestClassifier.Fit(rows, labels, 1, options with { Weighting = ClassWeighting.Balanced }).PredictProbability([0], balanced);

        Assert.Equal(0.1f, uniform[0], 1e-6f);
        Assert.Equal(0.5f, balanced[0], 1e-6f);
    }

    [Fact]
    public void MissingValuesCarryInformation()
    {
        var random = new SeededRandom(5);
        float[] rows = new float[400];
        float[] labels = new float[400];
        for (int i = 0; i < 400; i++)
        {
            labels[i] = i % 2;
            rows[i] = labels[i] == 1 && random.Next(10) > 0 ? float.NaN : random.NextSingle();
        }
        float[] probabilities = new float[2];

        RandomForestClassifier.Fit(rows, labels, 1, new RandomForestClassifierOptions { MinRowsInLeaf = 20 }).PredictProbability([float.NaN, 0.5f], probabilities);

        Assert.True(probabilities[0] > 0.95f && probabilities[1] < 0.4f);
    }

    [Fact]
    public void ImportancesFavourWhatMatters()
    {
        var (rows, labels) = TestRows.Interaction(3000, Features, 6);

        float[] importances = RandomForestClassifier.Fit(rows, labels, Features, new RandomForestClassifierOptions { MaxDepth = 6 }).GainImportances.ToArray();

        Assert.Equal(1, importances.Sum(), 1e-5f);
        Assert.True(importances.Take(4).Min() > importances.Skip(4).Max());
    }

    [Fact]
    public void AllProblemsOfTheOptionsAreReportedTogether()
    {
        var options = new RandomForestClassifierOptions { Trees = 0, FeaturesPerSplit = 9, OutOfBag = true, Bootstrap = false, MaxBins = 256 };

        var error = Assert.Throws<ArgumentException>(() => RandomForestClassifier.Fit([1], [1], 1, options));

        Assert.All(["Trees", "FeaturesPerSplit", "OutOfBag", "MaxBins"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }
}
