using Vedette.ML.Metrics;
using Vedette.ML.Subspace;

namespace Vedette.ML.Tests.Subspace;

public class PrincipalComponentsTests
{
    [Fact]
    public void DistancesAreThoseOfTheCovariance()
    {
        var model = PrincipalComponents.Fit(OutlierReference.Values("rows"), OutlierReference.Features, new PrincipalComponentsOptions());
        float[] scores = new float[160];
        float[] fresh = new float[25];
        model.Score(OutlierReference.Values("rows"), scores);
        model.Score(OutlierReference.Values("fresh"), fresh);

        OutlierReference.AssertClose("pca_rows", scores, 1e-5);
        OutlierReference.AssertClose("pca_fresh", fresh, 1e-5);
    }

    [Fact]
    public void BrokenCorrelationOutscoresALargeButConsistentRow()
    {
        var random = new SeededRandom(1);
        float[] rows = new float[2 * 500];
        for (int i = 0; i < 500; i++)
        {
            rows[2 * i] = (float)random.NextGaussian();
            rows[2 * i + 1] = rows[2 * i] + 0.1f * (float)random.NextGaussian();
        }
        float[] scores = new float[2];

        PrincipalComponents.Fit(rows, 2, new PrincipalComponentsOptions()).Score([2.5f, 2.5f, 1, -1], scores);

        Assert.True(scores[1] > 10 * scores[0]);
    }

    [Fact]
    public void RobustEstimateIsNotDistortedByACluster()
    {
        // A fifth of the rows in one far cluster pulls the classical axes towards itself and hides.
        var random = new SeededRandom(2);
        float[] rows = new float[4 * 1000];
        float[] labels = new float[1000];
        for (int i = 0; i < 1000; i++)
        {
            labels[i] = i % 5 == 0 ? 1 : 0;
            for (int feature = 0; feature < 4; feature++) rows[4 * i + feature] = (float)random.NextGaussian() * (labels[i] == 1 ? 0.3f : 1) + 4 * labels[i];
        }
        float[] classical = new float[1000];
        float[] robust = new float[1000];

        PrincipalComponents.Fit(rows, 4, new PrincipalComponentsOptions()).Score(rows, classical);
        PrincipalComponents.Fit(rows, 4, new PrincipalComponentsOptions { CentralShare = 0.75 }).Score(rows, robust);

        Assert.True(Ranking.RocAuc(labels, robust) > 0.99);
        Assert.True(Ranking.RocAuc(labels, classical) < 0.9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    public void EigenvectorsRebuildTheMatrix(int n)
    {
        var random = new SeededRandom(3);
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++) matrix[i * n + j] = matrix[j * n + i] = random.NextGaussian();

        var (values, vectors) = SymmetricEigen.Decompose([.. matrix], n);

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double rebuilt = 0, product = 0;
                for (int k = 0; k < n; k++)
                {
                    rebuilt += vectors[k * n + i] * values[k] * vectors[k * n + j];
                    product += vectors[i * n + k] * vectors[j * n + k];
                }
                Assert.Equal(matrix[i * n + j], rebuilt, 1e-10);
                Assert.Equal(i == j ? 1 : 0, product, 1e-10);
            }
        }
    }

    [Fact]
    public void DirectionsWithoutExtentAreLeftOut()
    {
        float[] scores = new float[1];

        PrincipalComponents.Fit([1, 7, 2, 7, 3, 7], 2, new PrincipalComponentsOptions()).Score([2, 100], scores);

        Assert.Equal(0, scores[0], 1e-6f);
    }
}
