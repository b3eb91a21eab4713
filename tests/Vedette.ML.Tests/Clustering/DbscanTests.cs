using System.Text.Json;
using Vedette.ML.Clustering;
using Vedette.ML.Tests.Neural;

namespace Vedette.ML.Tests.Clustering;

public class DbscanTests
{
    [Fact]
    [Trait("Row", "C4")]
    public void LabelsAndCoresEqualScikitLearns()
    {
        JsonElement reference = ReferenceValues.Neural("clusters");
        float[] rows = reference.Floats("rows");
        int[] clusters = new int[rows.Length / 2];

        var model = Dbscan.Fit(rows, 2, new DbscanOptions { Radius = 0.7f, MinRows = 5 }, clusters);

        Assert.Equal(reference.Integers("dbscan"), clusters);
        Assert.Equal(reference.GetProperty("cores").GetInt32(), model.CoreCount);
        Assert.Equal(clusters.Max() + 1, model.ClusterCount);
    }

    [Fact]
    public void NewRowsBelongToTheNearestCoreWithinTheRadius()
    {
        float[] rows = [0, 0.1f, 0.2f, 10, 10.1f, 10.2f, 5];
        var model = Dbscan.Fit(rows, 1, new DbscanOptions { Radius = 0.5f, MinRows = 3 });
        float[] scores = new float[4];

        model.Score([0.1f, 0.7f, 5, float.NaN], scores);

        Assert.Equal(0, model.Predict([0.6f]));
        Assert.Equal(1, model.Predict([9.6f]));
        Assert.Equal(Dbscan.Noise, model.Predict([5]));
        Assert.Equal(Dbscan.Noise, model.Predict([float.NaN]));
        ReferenceValues.AssertClose([0, 0.5f, 4.8f / 5.3f, 1], scores, 1e-5);
    }

    [Fact]
    public void RepeatedRowsCountAsManyTimesAsTheyOccur()
    {
        float[] rows = [.. Enumerable.Repeat(3f, 50_000), 9];
        int[] clusters = new int[rows.Length];

        var model = Dbscan.Fit(rows, 1, new DbscanOptions { Radius = 1, MinRows = 50_000 }, clusters);

        Assert.Equal(1, model.CoreCount);
        Assert.Equal(0, clusters[0]);
        Assert.Equal(Dbscan.Noise, clusters[^1]);
    }

    [Fact]
    public void WithoutAnyClusterEveryRowIsNoise()
    {
        var model = Dbscan.Fit([1, 5, 9], 1, new DbscanOptions());
        float[] scores = new float[1];
        model.Score([5], scores);

        Assert.Equal((0, 0), (model.ClusterCount, model.CoreCount));
        Assert.Equal(Dbscan.Noise, model.Predict([5]));
        Assert.Equal(1, scores[0]);
    }

    [Fact]
    public void TreeFindsWhatAPlainSearchFinds()
    {
        float[] points = GradientCheck.Random(500 * 3, 1);
        points.AsSpan(0, 300).CopyTo(points.AsSpan(600));
        var tree = new KdTree(points, 3);
        var found = new List<int>();
        for (int query = 0; query < 500; query += 7)
        {
            var row = points.AsSpan(query * 3, 3);
            float[] distances = new float[500];
            for (int i = 0; i < 500; i++) distances[i] = SquaredDistance.Between(row, points.AsSpan(i * 3, 3));
            tree.Within(row, 0.3f, found);

            Assert.Equal(Enumerable.Range(0, 500).Where(i => distances[i] <= 0.3f), found.Order());
            Assert.Equal(Array.IndexOf(distances, distances.Min()), tree.Nearest(row, out float nearest));
            Assert.Equal(distances.Min(), nearest);
        }
    }

    [Fact]
    public void ValuesThatAreNotFiniteAndWrongShapesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Dbscan.Fit([1, float.PositiveInfinity], 1, new DbscanOptions()));
        Assert.Throws<ArgumentException>(() => Dbscan.Fit([1, 2], 1, new DbscanOptions(), new int[3]));
        Assert.Throws<ArgumentException>(() => Dbscan.Fit([1, 2], 1, new DbscanOptions { Radius = float.NaN, MinRows = 0 }));
    }
}
