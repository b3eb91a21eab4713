using System.Text.Json;
using Vedette.ML.Linear;

namespace Vedette.ML.Tests.Linear;

public class LogisticRegressionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WeightsEqualScikitLearns(int index)
    {
        JsonElement reference = ReferenceValues.Neural("logistic"), expected = reference.GetProperty("cases")[index];

        var model = LogisticRegression.Fit(reference.Floats("rows"), reference.Floats("labels"), 4, new LogisticRegressionOptions
        {
            L1 = expected.Double("l1"), L2 = expected.Double("l2"),
            Weighting = expected.GetProperty("balanced").GetBoolean() ? ClassWeighting.Balanced : ClassWeighting.Uniform,
        });

        double[] weights = expected.Doubles("weights");
        for (int i = 0; i < weights.Length; i++) Assert.Equal(weights[i], model.Weights[i], 1e-4);
        Assert.Equal(expected.Double("intercept"), model.Intercept, 1e-4);
    }

    [Fact]
    public void SparseRowsGiveTheModelOfTheSameDenseRows()
    {
        var (rows, labels) = TestRows.Blobs(200, 6, 1);
        for (int i = 0; i < rows.Length; i++) rows[i] = i % 3 == 0 ? rows[i] : 0;
        var sparse = new SparseRows(6);
        for (int row = 0; row < 200; row++)
        {
            int[] columns = [.. Enumerable.Range(0, 6).Where(column => rows[row * 6 + column] != 0)];
            sparse.Add(columns, [.. columns.Select(column => rows[row * 6 + column])]);
        }
        var options = new LogisticRegressionOptions { L1 = 0.01 };

        var dense = LogisticRegression.Fit(rows, labels, 6, options);
        var fromSparse = LogisticRegression.Fit(sparse, labels, options);

        Assert.Equal(dense.Weights.ToArray(), fromSparse.Weights.ToArray());
        float[] a = new float[200], b = new float[200];
        dense.PredictProbability(rows, a);
        fromSparse.PredictProbability(sparse, b);
        Assert.Equal(a, b);
    }

    [Theory]
    [InlineData(0, 0.01, false)]
    [InlineData(0.02, 0, false)]
    [InlineData(0.01, 0.01, true)]
    public void TheOptimumIsTheSameByRowsAndByTheMatrixOfCurvatures(double l1, double l2, bool nonNegative)
    {
        // 130 more columns, all zero, make the table one that is swept row by row.
        const int width = 5, padded = 135;
        var (rows, labels) = TestRows.Blobs(1100, width, 2);
        var sparse = new SparseRows(padded);
        for (int row = 0; row < labels.Length; row++) sparse.Add([0, 1, 2, 3, 4], rows.AsSpan(row * width, width));
        var options = new LogisticRegressionOptions { L1 = l1, L2 = l2, NonNegative = nonNegative };

        var byMatrix = LogisticRegression.Fit(rows, labels, width, options);
        var byRows = LogisticRegression.Fit(sparse, labels, options);

        for (int column = 0; column < width; column++) Assert.Equal(byRows.Weights[column], byMatrix.Weights[column], 1e-6);
        Assert.Equal(byRows.Intercept, byMatrix.Intercept, 1e-6);
    }

    [Fact]
    public void NonNegativeWeightsStayAtZeroWhereTheyWouldFall()
    {
        JsonElement reference = ReferenceValues.Neural("logistic");

        var model = LogisticRegression.Fit(reference.Floats("rows"), reference.Floats("labels"), 4, new LogisticRegressionOptions { NonNegative = true });

        Assert.True(model.Weights[0] > 0.5);
        Assert.Equal(0, model.Weights[1]);
    }

    [Fact]
    public void AStrongerL1PenaltyKeepsFewerColumns()
    {
        var (rows, labels) = TestRows.Interaction(500, 8, 2);
        int[] kept = [.. new[] { 0.001, 0.05, 0.5 }.Select(l1 =>
            LogisticRegression.Fit(rows, labels, 8, new LogisticRegressionOptions { L1 = l1, L2 = 0 }).Weights.ToArray().Count(weight => weight != 0))];

        Assert.True(kept[0] > kept[1] && kept[1] > 0 && kept[2] == 0, string.Join(' ', kept));
    }

    [Fact]
    public void ContributionsAndInterceptMakeTheLogOdds()
    {
        var (rows, labels) = TestRows.Blobs(200, 3, 3);
        var model = LogisticRegression.Fit(rows, labels, 3, new LogisticRegressionOptions());
        double[] contributions = new double[3];
        float[] probability = new float[1];
        model.Contributions([1, -2, float.NaN], contributions);
        model.PredictProbability([1, -2, 0], probability);

        Assert.Equal(0, contributions[2]);
        Assert.Equal(probability[0], 1 / (1 + Math.Exp(-model.Intercept - contributions.Sum())), 1e-6);
    }

    [Fact]
    public void SeparableRowsAndExtremeScalesEndInFiniteWeights()
    {
        float[] rows = [1e-6f, 1e6f, 2e-6f, 2e6f, 3e-6f, 3e6f, 4e-6f, 4e6f], labels = [0, 0, 1, 1];

        var model = LogisticRegression.Fit(rows, labels, 2, new LogisticRegressionOptions { L2 = 0 });
        float[] probabilities = new float[4];
        model.PredictProbability(rows, probabilities);

        Assert.All(model.Weights.ToArray(), weight => Assert.True(double.IsFinite(weight)));
        Assert.True(probabilities[1] < 0.5 && probabilities[2] > 0.5);
    }

    [Fact]
    public void WrongSparseRowsAreRefused()
    {
        var rows = new SparseRows(3);

        Assert.Throws<ArgumentException>(() => rows.Add([0, 0], [1, 1]));
        Assert.Throws<ArgumentException>(() => rows.Add([3], [1]));
        Assert.Throws<ArgumentException>(() => rows.Add([-1], [1]));
        Assert.Throws<ArgumentException>(() => rows.Add([1], [float.NaN]));
        Assert.Throws<ArgumentException>(() => rows.Add([1], []));
        Assert.Equal(0, rows.RowCount);
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [], new LogisticRegressionOptions()));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([float.PositiveInfinity], [1], 1, new LogisticRegressionOptions()));
    }
}
