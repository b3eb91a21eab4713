using Vedette.ML.Neural;

namespace Vedette.ML.Tests.Neural;

public class DenseNetworkTests
{
    [Theory]
    [InlineData(Normalization.None)]
    [InlineData(Normalization.Batch)]
    [InlineData(Normalization.Layer)]
    public void LearnsWhatNoLineCanSeparate(Normalization normalization)
    {
        var (rows, labels) = Checkerboard(1500, 1);
        var (testRows, testLabels) = Checkerboard(500, 2);

        var model = DenseNetwork.Fit(rows, labels, 2, new DenseNetworkOptions { Normalization = normalization, LearningRate = 0.01f });

        Assert.True(Accuracy(model, testRows, testLabels) > 0.93, $"Accuracy is {Accuracy(model, testRows, testLabels)}.");
    }

    [Fact]
    [Trait("Row", "C2")]
    public void StopsEarlyWhenThereIsNothingToLearn()
    {
        var (rows, labels) = Checkerboard(400, 3);
        new SeededRandom(4).Shuffle<float>(labels);

        var model = DenseNetwork.Fit(rows, labels, 2, new DenseNetworkOptions { Epochs = 200, Patience = 5 });

        Assert.InRange(model.Epochs, 1, 100);
        float[] probabilities = new float[labels.Length];
        model.PredictProbability(rows, probabilities);
        Assert.All(probabilities, p => Assert.InRange(p, 0.1f, 0.9f));
    }

    [Fact]
    public void BalancedWeightsLiftARareClassToAnEvenMix()
    {
        var (rows, labels) = TestRows.Blobs(2000, 3, 5);
        for (int row = 0; row < labels.Length; row++)
            if (row % 20 != 1) labels[row] = 0;
        var random = new SeededRandom(6);
        foreach (ref float value in rows.AsSpan()) value = (float)random.NextGaussian();
        float[] plain = Predict(ClassWeighting.Uniform), balanced = Predict(ClassWeighting.Balanced);

        Assert.InRange(plain.Average(), 0.02f, 0.1f);
        Assert.InRange(balanced.Average(), 0.35f, 0.65f);

        float[] Predict(ClassWeighting weighting)
        {
            float[] probabilities = new float[labels.Length];
            DenseNetwork.Fit(rows, labels, 3, new DenseNetworkOptions { Weighting = weighting, Epochs = 15 }).PredictProbability(rows, probabilities);
            return probabilities;
        }
    }

    [Fact]
    public void MissingValuesCountAsTheMeanAndExtremesAreClipped()
    {
        var (rows, labels) = TestRows.Blobs(300, 2, 7);
        var model = DenseNetwork.Fit(rows, labels, 2, new DenseNetworkOptions { Epochs = 5 });
        float mean = rows.Where((_, i) => i % 2 == 0).Average();
        float[] probabilities = new float[4];

        model.PredictProbability([float.NaN, 1, mean, 1, float.PositiveInfinity, 1, float.MaxValue, 1], probabilities);

        Assert.Equal(probabilities[1], probabilities[0], 1e-4f);
        Assert.Equal(probabilities[3], probabilities[2]);
    }

    [Fact]
    public void AllProblemsOfTheOptionsAreReportedTogether()
    {
        var options = new DenseNetworkOptions { HiddenLayers = [], Dropout = 1, ValidationShare = -1 };

        string message = Assert.Throws<ArgumentException>(() => DenseNetwork.Fit([1, 2], [0, 1], 1, options)).Message;

        Assert.All(["HiddenLayers", "Dropout", "ValidationShare"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static (float[] Rows, float[] Labels) Checkerboard(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        float[] rows = new float[2 * count], labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            rows[2 * row] = 2 * random.NextSingle() - 1;
            rows[2 * row + 1] = 200 * random.NextSingle() - 100;
            labels[row] = rows[2 * row] * rows[2 * row + 1] > 0 ? 1 : 0;
        }
        return (rows, labels);
    }

    private static double Accuracy(DenseNetwork model, float[] rows, float[] labels)
    {
        float[] probabilities = new float[labels.Length];
        model.PredictProbability(rows, probabilities);
        return labels.Zip(probabilities).Count(pair => pair.First == (pair.Second > 0.5f ? 1 : 0)) / (double)labels.Length;
    }
}
