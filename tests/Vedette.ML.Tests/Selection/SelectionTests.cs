using System.Text.Json;
using Vedette.ML.Selection;

namespace Vedette.ML.Tests.Selection;

public class SelectionTests
{
    [Fact]
    public void StratifiedFoldsHoldEachRowOnceAndTheSameShareOfEachClass()
    {
        float[] labels = [.. Enumerable.Range(0, 103).Select(i => i % 10 == 0 ? 1f : 0f)];

        Fold[] folds = CrossValidation.Stratified(labels, 5, 1);

        Assert.Equal(Enumerable.Range(0, 103), folds.SelectMany(fold => fold.Validation).Order());
        Assert.All(folds, fold =>
        {
            Assert.Equal(Enumerable.Range(0, 103), fold.Training.Concat(fold.Validation).Order());
            Assert.InRange(fold.Validation.Count(row => labels[row] == 1), 2, 3);
        });
        Assert.Equal(folds[2].Validation, CrossValidation.Stratified(labels, 5, 1)[2].Validation);
        Assert.NotEqual(folds[2].Validation, CrossValidation.Stratified(labels, 5, 2)[2].Validation);
        Assert.Throws<ArgumentException>(() => CrossValidation.Stratified([0, 1], 3, 1));
    }

    [Fact]
    public void ExpandingWindowNeverLearnsFromTheFuture()
    {
        Fold[] folds = CrossValidation.ExpandingWindow(100, 4, gap: 3);

        Assert.Equal(Enumerable.Range(20, 80), folds.SelectMany(fold => fold.Validation));
        Assert.All(folds, fold => Assert.Equal(fold.Validation[0] - 3, fold.Training.Length));
        Assert.Throws<ArgumentException>(() => CrossValidation.ExpandingWindow(5, 5));
        Assert.Throws<ArgumentException>(() => CrossValidation.ExpandingWindow(10, 1, gap: 5));
    }

    [Fact]
    public void FoldsAreEvaluatedInOrderOnAnyNumberOfThreads()
    {
        Fold[] folds = CrossValidation.ExpandingWindow(60, 5);

        Assert.Equal([10.0, 20, 30, 40, 50], CrossValidation.Evaluate(folds, fold => fold.Training.Length, maxThreads: 4));
        Assert.ThrowsAny<OperationCanceledException>(() => CrossValidation.Evaluate(folds, _ => 0, 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void GatheringPicksRowsAndColumnsInTheOrderGiven()
    {
        float[] rows = [1, 2, 3, 4, 5, 6];

        Assert.Equal([5, 6, 1, 2], RowGathering.Rows(rows, 2, [2, 0]));
        Assert.Equal([3, 1, 6, 4], RowGathering.Columns(rows, 3, [2, 0]));
    }

    [Fact]
    public void SearchSpaceDrawsWithinEveryRange()
    {
        SearchSpace space = Space();
        var random = new SeededRandom(1);
        SearchPoint[] points = [.. Enumerable.Range(0, 2000).Select(_ => space.Draw(ref random))];

        Assert.All(points, point =>
        {
            Assert.InRange(point["rate"], 1e-4, 1);
            Assert.InRange(point.Integer("depth"), 2, 5);
            Assert.Contains(point["choice"], (double[])[0.5, 7]);
        });
        Assert.Equal(0.5, points.Count(point => point["rate"] < 1e-2) / 2000.0, 0.05);
        Assert.Equal([2, 3, 4, 5], points.Select(point => point.Integer("depth")).Distinct().Order());
        Assert.Throws<ArgumentException>(() => Space().Uniform("rate", 0, 1));
        Assert.Throws<ArgumentException>(() => new SearchSpace().LogUniform("x", 0, 1));
        Assert.Throws<ArgumentException>(() => new SearchSpace().Choice("x"));
    }

    [Fact]
    public void RandomSearchFindsThePeakWhateverTheThreadsAndReportsEveryTrial()
    {
        int reported = 0;
        var progress = new CountingProgress(() => Interlocked.Increment(ref reported));

        SearchResult one = RandomSearch.Run(Space(), 60, 3, Peak, maxThreads: 1, progress);
        SearchResult four = RandomSearch.Run(Space(), 60, 3, Peak, maxThreads: 4);

        Assert.Equal(60, reported);
        Assert.Equal(one.Best.Index, four.Best.Index);
        Assert.Equal(one.Trials.Select(trial => trial.Value), four.Trials.Select(trial => trial.Value));
        Assert.Equal(one.Trials.Max(trial => trial.Value), one.Best.Value);
        Assert.Equal(one.Trials[7].Point.Values, RandomSearch.Run(Space(), 8, 3, Peak).Trials[7].Point.Values);
    }

    [Fact]
    public void NaNIsTheWorstValue()
    {
        SearchResult result = RandomSearch.Run(Space(), 20, 1, point => point.Integer("depth") == 2 ? -1e300 : double.NaN);

        Assert.Equal(2, result.Best.Point.Integer("depth"));
    }

    [Fact]
    public void HalvingGivesTheBetterThirdThreeTimesTheBudgetUntilItIsFull()
    {
        SearchResult result = SuccessiveHalving.Run(Space(), new SuccessiveHalvingOptions { Candidates = 27, MinBudget = 0.03 }, (point, _) => Peak(point));

        Assert.Equal([27, 9, 3, 1], result.Trials.GroupBy(trial => trial.Budget).Select(round => round.Count()));
        Assert.Equal([0.037, 0.111, 0.333, 1], result.Trials.Select(trial => Math.Round(trial.Budget, 3)).Distinct());
        Assert.Equal(result.Trials.Max(trial => trial.Value), result.Best.Value);
        Assert.Equal(1, result.Best.Budget);
    }

    [Fact]
    public void HalvingStartsNoLowerThanTheLeastBudget()
    {
        SearchResult result = SuccessiveHalving.Run(Space(), new SuccessiveHalvingOptions { Candidates = 20, MinBudget = 0.3 }, (point, _) => Peak(point));

        Assert.Equal([20, 6], result.Trials.GroupBy(trial => trial.Budget).Select(round => round.Count()));
        Assert.Single(SuccessiveHalving.Run(Space(), new SuccessiveHalvingOptions { Candidates = 1 }, (point, _) => Peak(point)).Trials);
        Assert.Throws<ArgumentException>(() => SuccessiveHalving.Run(Space(), new SuccessiveHalvingOptions { Factor = 1 }, (_, _) => 0));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            SuccessiveHalving.Run(Space(), new SuccessiveHalvingOptions(), (_, _) => 0, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void MutualInformationEqualsScikitLearns()
    {
        JsonElement reference = ReferenceValues.Neural("information");

        double[] information = FeatureSelection.MutualInformation(reference.Floats("rows"), reference.Floats("labels"), 3);

        double[] expected = reference.Doubles("information");
        for (int i = 0; i < 3; i++) Assert.Equal(expected[i], information[i], 1e-9);
    }

    [Fact]
    public void MutualInformationRanksContinuousColumnsAndCountsMissingAsAValue()
    {
        var (rows, labels) = TestRows.Blobs(2000, 3, 1);
        var random = new SeededRandom(2);
        for (int row = 0; row < 2000; row++)
        {
            rows[row * 3 + 1] = (float)random.NextGaussian();
            rows[row * 3 + 2] = labels[row] == 1 ? float.NaN : 0;
        }

        double[] information = FeatureSelection.MutualInformation(rows, labels, 3);

        Assert.Equal(Math.Log(2), information[2], 1e-6);
        Assert.InRange(information[0], 0.1, 0.4);
        Assert.InRange(information[1], 0, 0.02);
    }

    [Fact]
    public void EliminationAsksAnewAfterEveryDrop()
    {
        int asked = 0;

        int[] kept = FeatureSelection.EliminateRecursively(6, 2, columns =>
        {
            asked++;
            // Column 5 matters only while column 0 is there.
            return [.. columns.Select(column => column == 5 ? (columns.Contains(0) ? 10.0 : -1) : column == 0 ? -0.5 : column)];
        });

        Assert.Equal([3, 4], kept);
        Assert.Equal(4, asked);
        Assert.Throws<ArgumentException>(() => FeatureSelection.EliminateRecursively(3, 1, _ => [1]));
    }

    private static SearchSpace Space() => new SearchSpace().LogUniform("rate", 1e-4, 1).Integer("depth", 2, 5).Choice("choice", 0.5, 7);

    private static double Peak(SearchPoint point) => -Math.Abs(Math.Log10(point["rate"]) + 2) - point.Integer("depth");

    private sealed class CountingProgress(Action count) : IProgress<SearchTrial>
    {
        public void Report(SearchTrial value) => count();
    }
}
