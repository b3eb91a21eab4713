using Vedette.ML.Linear;
using Vedette.ML.Neural;
using Vedette.ML.Voting;

namespace Vedette.ML.Tests.Voting;

public class VotingClassifierTests
{
    [Fact]
    public void ProbabilityIsTheWeightedMeanOfTheMembers()
    {
        var (rows, labels) = TestRows.Blobs(700, 3, 1);
        IBinaryClassifier a = Logistic(rows, labels, 1), b = Logistic(rows, labels, 0.01);
        var voting = new VotingClassifier([a, b], [3, 1]);
        float[] fromA = Predict(a, rows), fromB = Predict(b, rows), together = Predict(voting, rows);

        for (int row = 0; row < 700; row++) Assert.Equal(0.75 * fromA[row] + 0.25 * fromB[row], together[row], 1e-6);
        Assert.Equal(0.5 * fromA[5] + 0.5 * fromB[5], Predict(new VotingClassifier([a, b]), rows)[5], 1e-6);
    }

    [Fact]
    public void SavedEnsemblePredictsAsBefore()
    {
        var (rows, labels) = TestRows.Blobs(100, 3, 2);
        var network = DenseNetwork.Fit(rows, labels, 3, new DenseNetworkOptions { Epochs = 2 });
        var voting = new VotingClassifier([Logistic(rows, labels, 0.1), network], [0.3, 0.6]);
        using var file = new MemoryStream();
        voting.Save(file);
        file.Position = 0;

        var loaded = VotingClassifier.Load(file, (kind, stream) => kind switch
        {
            "logistic_regression/1" => LogisticRegression.Load(stream),
            "dense_network/1" => DenseNetwork.Load(stream),
            _ => throw new InvalidDataException(kind),
        });

        Assert.Equal(Predict(voting, rows), Predict(loaded, rows));
        Assert.Equal(voting.Weights, loaded.Weights);
    }

    [Fact]
    public void ImpossibleMembersAndWeightsAreRefused()
    {
        var (rows, labels) = TestRows.Blobs(60, 3, 3);
        IBinaryClassifier three = Logistic(rows, labels, 1), one = LogisticRegression.Fit([1, 2], [0, 1], 1, new LogisticRegressionOptions());

        Assert.Throws<ArgumentException>(() => new VotingClassifier([]));
        Assert.Throws<ArgumentException>(() => new VotingClassifier([three, one]));
        foreach (double[] weights in (double[][])[[1], [1, -1], [0, 0], [1, double.NaN], [1, double.PositiveInfinity]])
            Assert.Throws<ArgumentException>(() => new VotingClassifier([three, three], weights));
    }

    private static LogisticRegression Logistic(float[] rows, float[] labels, double l2) =>
        LogisticRegression.Fit(rows, labels, 3, new LogisticRegressionOptions { L2 = l2 });

    private static float[] Predict(IBinaryClassifier model, float[] rows)
    {
        float[] probabilities = new float[rows.Length / model.FeatureCount];
        model.PredictProbability(rows, probabilities);
        return probabilities;
    }
}
