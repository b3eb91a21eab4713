using Vedette.ML.Neighbors;

namespace Vedette.ML.Tests.Neighbors;

public class NeighborTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(15, 3, 4)]
    [InlineData(16, 1, 5)]
    [InlineData(17, 7, 16)]
    [InlineData(131, 20, 30)]
    [InlineData(500, 50, 10)]
    public void FastAndPlainSearchAgree(int count, int features, int neighbors)
    {
        var (rows, _) = TestRows.Blobs(count, features, 3);
        for (int i = 0; i + 3 < rows.Length; i += 5) rows[i] = MathF.Round(rows[i]);
        var index = new NeighborIndex(rows, features);
        foreach (bool excludeSelf in new[] { true, false })
        {
            int k = Math.Min(neighbors, excludeSelf ? count - 1 : count);
            var fast = index.Search(rows, k, excludeSelf, 3);
            var plain = index.SearchReference(rows, k, excludeSelf);
            for (int query = 0; query < count; query++)
            {
                Assert.Equal(plain.Rows(query), fast.Rows(query));
                Assert.Equal(plain.Distances(query), fast.Distances(query));
            }
        }
    }

    [Fact]
    public void OfEquallyNearRowsTheFirstComesFirst()
    {
        var table = new NeighborIndex([0, 1, -1, 1, -1, 1], 1).Search([0], 4, excludeSelf: false, 1);

        Assert.Equal([0, 1, 2, 3], table.Rows(0));
        Assert.Equal([0f, 1, 1, 1], table.Distances(0));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void NeighborDistancesAreThoseOfScikitLearn(int k)
    {
        float[] rows = OutlierReference.Values("rows");
        foreach (var (kind, name) in new[] { (NeighborDistance.Kth, "kth"), (NeighborDistance.Mean, "mean") })
        {
            var model = KNearestNeighbors.Fit(rows, OutlierReference.Features, new KNearestNeighborsOptions { Neighbors = k, Distance = kind });
            float[] scores = new float[160];
            model.ScoreFitted(scores);
            OutlierReference.AssertClose($"knn_{k}_{name}", scores, 1e-5);
        }
        float[] fresh = new float[25];
        KNearestNeighbors.Fit(rows, OutlierReference.Features, new KNearestNeighborsOptions { Neighbors = k }).Score(OutlierReference.Values("fresh"), fresh);
        OutlierReference.AssertClose($"knn_{k}_fresh_kth", fresh, 1e-5);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void LocalOutlierFactorsAreThoseOfScikitLearn(int k)
    {
        var model = LocalOutlierFactor.Fit(OutlierReference.Values("rows"), OutlierReference.Features, new LocalOutlierFactorOptions { Neighbors = k });
        float[] fresh = new float[25];
        model.Score(OutlierReference.Values("fresh"), fresh);

        OutlierReference.AssertClose($"lof_{k}", model.FittedScores.ToArray(), 1e-4);
        OutlierReference.AssertClose($"lof_{k}_fresh", fresh, 1e-4);
    }

    [Fact]
    public void ManyDuplicatesGiveTheFactorsOfScikitLearn()
    {
        var model = LocalOutlierFactor.Fit(OutlierReference.Values("duplicates"), 3, new LocalOutlierFactorOptions { Neighbors = 15 });

        OutlierReference.AssertClose("lof_duplicates_15", model.FittedScores.ToArray(), 1e-4);
    }

    [Fact]
    public void MoreCopiesThanNeighborsGiveFiniteFactorsOfAboutOne()
    {
        float[] rows = new float[2 * 60];
        for (int i = 0; i < 50; i++) (rows[2 * i], rows[2 * i + 1]) = (1, 2);
        for (int i = 50; i < 60; i++) (rows[2 * i], rows[2 * i + 1]) = (5 + i, -i);

        var scores = LocalOutlierFactor.Fit(rows, 2, new LocalOutlierFactorOptions { Neighbors = 10 }).FittedScores;

        for (int i = 0; i < 50; i++) Assert.Equal(1, scores[i], 1e-3f);
        Assert.True(float.IsFinite(scores[59]));
    }

    [Fact]
    public void OneRowHasNoNeighborsAndIsOrdinary()
    {
        float[] score = [-1];
        KNearestNeighbors.Fit([1, 2], 2, new KNearestNeighborsOptions()).ScoreFitted(score);

        Assert.Equal(0, score[0]);
        Assert.Equal([1f], LocalOutlierFactor.Fit([1, 2], 2, new LocalOutlierFactorOptions()).FittedScores);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ValuesThatAreNotFiniteAreRefusedByRowAndFeature(float value)
    {
        var problem = Assert.Throws<ArgumentException>(() => LocalOutlierFactor.Fit([1, 2, 3, value], 2, new LocalOutlierFactorOptions()));

        Assert.Contains("Row 1, feature 1", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KNearestNeighbors.Fit([1, value], 2, new KNearestNeighborsOptions()));
        Assert.Throws<ArgumentException>(() => KNearestNeighbors.Fit([1, 2], 2, new KNearestNeighborsOptions()).Score([value, 1], new float[1]));
    }

    [Fact]
    public void HugeValuesGiveFiniteDistances()
    {
        float[] scores = new float[3];
        KNearestNeighbors.Fit([float.MaxValue, -float.MaxValue, 0], 1, new KNearestNeighborsOptions { Neighbors = 1 }).ScoreFitted(scores);

        Assert.All(scores, score => Assert.True(float.IsFinite(score) && score > 0));
    }

    [Fact]
    public void AllWrongOptionsAreNamedTogether()
    {
        var problem = Assert.Throws<ArgumentException>(() => KNearestNeighbors.Fit([1], 1, new KNearestNeighborsOptions { Neighbors = 0, MaxThreads = -1 }));

        Assert.Contains("Neighbors", problem.Message, StringComparison.Ordinal);
        Assert.Contains("MaxThreads", problem.Message, StringComparison.Ordinal);
    }
}
