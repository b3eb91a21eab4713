using System.Text.Json;
using Vedette.ML.Clustering;

namespace Vedette.ML.Tests.Clustering;

public class KMeansTests
{
    [Fact]
    public void InertiaCentersAndSilhouetteEqualScikitLearns()
    {
        JsonElement reference = ReferenceValues.Neural("clusters");
        float[] rows = reference.Floats("rows");

        var model = KMeans.Fit(rows, 2, new KMeansOptions { Clusters = 3, Tolerance = 0 });
        int[] clusters = new int[rows.Length / 2];
        model.Predict(rows, clusters);

        Assert.Equal(reference.Double("inertia"), model.Inertia, 1e-2);
        float[] centers = [.. model.Centers.ToArray().Chunk(2).OrderBy(center => center[0]).SelectMany(center => center)];
        ReferenceValues.AssertClose(reference.Floats("centers"), centers, 1e-3);
        Assert.Equal(reference.Double("silhouette"), Silhouette.Mean(rows, 2, clusters), 1e-4);
    }

    [Fact]
    public void SameSeedGivesTheSameCentersOnAnyNumberOfThreads()
    {
        var (rows, _) = TestRows.Blobs(500, 4, 1);

        float[] one = KMeans.Fit(rows, 4, new KMeansOptions { MaxThreads = 1 }).Centers.ToArray();
        float[] four = KMeans.Fit(rows, 4, new KMeansOptions { MaxThreads = 4 }).Centers.ToArray();

        Assert.Equal(one, four);
    }

    [Fact]
    [Trait("Row", "E3")]
    public void ElbowAndSilhouetteFindTheNumberOfSeparateClouds()
    {
        float[] rows = Clouds(4, 200, 2);

        Assert.Equal(4, ClusterCount.FitByElbow(rows, 2, 10, new KMeansOptions { Restarts = 5 }).ClusterCount);
        Assert.Equal(4, ClusterCount.FitBySilhouette(rows, 2, 10, new KMeansOptions { Restarts = 5 }).ClusterCount);
    }

    [Theory]
    [InlineData(new[] { 100.0, 40, 10, 9, 8, 7 }, 3)]
    [InlineData(new[] { 5.0, 5, 5 }, 1)]
    [InlineData(new[] { 5.0 }, 1)]
    [InlineData(new[] { 4.0, 3, 2, 1 }, 1)]
    public void ElbowLiesFurthestBelowTheChord(double[] inertias, int expected) => Assert.Equal(expected, ClusterCount.Elbow(inertias));

    [Fact]
    public void FewDistinctRowsGiveFewerClusters()
    {
        float[] rows = [1, 1, 1, 2, 2, 2, 2, 2];

        var model = KMeans.Fit(rows, 1, new KMeansOptions { Clusters = 5 });

        Assert.Equal(2, model.ClusterCount);
        Assert.Equal(0, model.Inertia);
        Assert.Equal(1, KMeans.Fit([7], 1, new KMeansOptions()).ClusterCount);
    }

    [Fact]
    public void SavedModelPredictsAsBeforeAndValuesThatAreNotFiniteBelongNowhere()
    {
        var model = KMeans.Fit(Clouds(3, 50, 3), 2, new KMeansOptions { Clusters = 3 });
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        var loaded = KMeans.Load(file);

        Assert.Equal(model.Centers.ToArray(), loaded.Centers.ToArray());
        Assert.Equal((model.Inertia, model.FeatureCount), (loaded.Inertia, loaded.FeatureCount));
        Assert.Equal(-1, loaded.Predict([float.NaN, 0], out float distance));
        Assert.Equal(float.PositiveInfinity, distance);
        Assert.Throws<ArgumentException>(() => loaded.Predict([1, 2, 3], out _));
        Assert.Throws<ArgumentException>(() => KMeans.Fit([1, float.NaN], 1, new KMeansOptions()));
        Assert.Throws<ArgumentException>(() => KMeans.Fit([], 1, new KMeansOptions()));
    }

    [Fact]
    public void SampledSilhouetteIsCloseToTheFullOne()
    {
        float[] rows = Clouds(3, 400, 4);
        int[] clusters = new int[rows.Length / 2];
        KMeans.Fit(rows, 2, new KMeansOptions { Clusters = 3 }).Predict(rows, clusters);

        Assert.Equal(Silhouette.Mean(rows, 2, clusters, sample: int.MaxValue), Silhouette.Mean(rows, 2, clusters, sample: 300), 0.03);
        Assert.Equal(0, Silhouette.Mean(rows, 2, new int[clusters.Length]));
    }

    private static float[] Clouds(int clouds, int each, ulong seed)
    {
        var random = new SeededRandom(seed);
        float[] rows = new float[clouds * each * 2];
        for (int row = 0; row < clouds * each; row++)
        {
            double angle = 2 * Math.PI * (row % clouds) / clouds;
            rows[2 * row] = (float)(10 * Math.Cos(angle) + random.NextGaussian());
            rows[2 * row + 1] = (float)(10 * Math.Sin(angle) + random.NextGaussian());
        }
        return rows;
    }
}
