using Vedette.ML.Consensus;
using Vedette.ML.Neighbors;

namespace Vedette.ML.Bench;

/// <summary>Neighbour detectors on 10,000 rows of 20 features, and the consensus on a large table: processor time, one thread unless said otherwise.</summary>
internal static class NeighborBenchmarks
{
    private const int Rows = 10_000;

    public static void Run()
    {
        var data = SyntheticRows.Make(Rows);
        float[] scores = new float[Rows];
        var options = new LocalOutlierFactorOptions { MaxThreads = 1 };
        Measurement.Report("local outlier factor fit, 10k rows, k = 20", Measurement.CpuSeconds(() => LocalOutlierFactor.Fit(data.Values, SyntheticRows.Features, options)), "s");
        var model = LocalOutlierFactor.Fit(data.Values, SyntheticRows.Features, options);
        Measurement.Report("local outlier factor score, 10k rows against 10k", Measurement.CpuSeconds(() => model.Score(data.Values, scores)), "s");
        var index = new NeighborIndex(data.Values, SyntheticRows.Features);
        Measurement.Report("neighbour search, 10k rows, k = 20", Measurement.CpuSeconds(() => index.Search(data.Values, 20, excludeSelf: true, maxThreads: 1)), "s");
        Measurement.Report("neighbour search, plain twin", Measurement.CpuSeconds(() => index.SearchReference(data.Values, 20, excludeSelf: true), 1, warmUp: false), "s");
        const int wideFeatures = 50;
        float[] wide = new float[200_000 * wideFeatures];
        var random = new SeededRandom(2);
        foreach (ref float value in wide.AsSpan()) value = (float)random.NextGaussian();
        float[] wideScores = new float[200_000];
        Measurement.Report("consensus fit and score, 200k rows of 50 features, all threads",
            Measurement.CpuSeconds(() => OutlierConsensus.Fit(wide, wideFeatures, new OutlierConsensusOptions(), wideScores), 1, warmUp: false), "s");
    }
}
