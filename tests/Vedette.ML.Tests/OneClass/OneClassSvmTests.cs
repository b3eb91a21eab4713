using Vedette.ML.Metrics;
using Vedette.ML.OneClass;

namespace Vedette.ML.Tests.OneClass;

public class OneClassSvmTests
{
    public static TheoryData<string, double, SvmKernel, double, GammaRule> References => new()
    {
        { "rbf_scale_50", 0.5, SvmKernel.Rbf, 0, GammaRule.Scale },
        { "rbf_auto_10", 0.1, SvmKernel.Rbf, 0, GammaRule.Auto },
        { "rbf_2_30", 0.3, SvmKernel.Rbf, 2, GammaRule.Scale },
    };

    [Theory, MemberData(nameof(References))]
    public void DecisionsAreThoseOfScikitLearn(string name, double nu, SvmKernel kernel, double gamma, GammaRule rule) =>
        AssertDecisions(name, nu, kernel, gamma, rule);

    // The slowest case by far: a kernel of low rank under a narrow tolerance.
    [Fact]
    [Trait("Speed", "Slow")]
    public void DecisionsOfALinearKernelAreThoseOfScikitLearn() => AssertDecisions("linear_20", 0.2, SvmKernel.Linear, 0, GammaRule.Scale);

    [Fact]
    public void SmallKernelCacheGivesTheSameModel()
    {
        float[] rows = OutlierReference.Values("rows");
        float[] large = new float[160];
        float[] small = new float[160];

        OneClassSvm.Fit(rows, OutlierReference.Features, new OneClassSvmOptions()).Score(rows, large);
        OneClassSvm.Fit(rows, OutlierReference.Features, new OneClassSvmOptions { CacheBytes = 0 }).Score(rows, small);

        Assert.Equal(large, small);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void NuBoundsTheShareOutsideAndTheSupportVectors(double nu)
    {
        var (rows, _) = TestRows.Blobs(400, 3, 9);
        float[] scores = new float[400];
        var model = OneClassSvm.Fit(rows, 3, new OneClassSvmOptions { Nu = nu, Tolerance = 1e-6 });
        model.Score(rows, scores);

        Assert.True(scores.Count(score => score > 1e-3) <= nu * 400 + 1);
        Assert.True(model.SupportVectorCount >= nu * 400 - 1);
    }

    [Fact]
    public void FourierApproximationRanksAsTheExactMachineDoes()
    {
        var (rows, labels) = TestRows.CloudWithOutliers(2000, 4, 3);
        float[] exact = new float[2000];
        float[] approximate = new float[2000];

        OneClassSvm.Fit(rows, 4, new OneClassSvmOptions { GammaRule = GammaRule.Auto }).Score(rows, exact);
        FourierOneClassSvm.Fit(rows, 4, new FourierOneClassSvmOptions { GammaRule = GammaRule.Auto, Components = 2048 }).Score(rows, approximate);

        Assert.Equal(Ranking.RocAuc(labels, exact), Ranking.RocAuc(labels, approximate), 0.02);
        Assert.True(Ranking.RocAuc(labels, approximate) > 0.9);
    }

    [Fact]
    public void FourierOffsetLeavesNuOfTheRowsOutside()
    {
        var (rows, _) = TestRows.Blobs(1000, 3, 4);
        float[] scores = new float[1000];

        FourierOneClassSvm.Fit(rows, 3, new FourierOneClassSvmOptions { Nu = 0.2 }).Score(rows, scores);

        Assert.InRange(scores.Count(score => score > 0), 190, 210);
    }

    [Fact]
    public void RandomCosinesApproximateTheRadialKernel()
    {
        var random = new SeededRandom(5);
        const double gamma = 0.4;
        var cosines = RandomCosines.Draw(3, 20_000, gamma, ref random);
        float[] a = [0.2f, -1, 0.5f];
        float[] b = [1, -0.4f, 0.1f];
        float[] mappedA = new float[20_000];
        float[] mappedB = new float[20_000];
        cosines.Map(a, mappedA);
        cosines.Map(b, mappedB);

        double dot = mappedA.Zip(mappedB, (x, y) => (double)x * y).Sum();
        double expected = Math.Exp(-gamma * a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum());

        Assert.Equal(expected, dot, 0.02);
    }

    private static void AssertDecisions(string name, double nu, SvmKernel kernel, double gamma, GammaRule rule)
    {
        var options = new OneClassSvmOptions { Nu = nu, Kernel = kernel, Gamma = gamma > 0 ? gamma : null, GammaRule = rule, Tolerance = 1e-6 };
        var model = OneClassSvm.Fit(OutlierReference.Values("rows"), OutlierReference.Features, options);
        float[] scores = new float[160];
        float[] fresh = new float[25];
        model.Score(OutlierReference.Values("rows"), scores);
        model.Score(OutlierReference.Values("fresh"), fresh);

        OutlierReference.AssertClose($"svm_{name}", scores, 1e-4, 1e-3);
        OutlierReference.AssertClose($"svm_{name}_fresh", fresh, 1e-4, 1e-3);
    }
}
