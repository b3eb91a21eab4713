using Vedette.ML.Boosting;

namespace Vedette.ML.Bench;

/// <summary>Boosters on one thread.</summary>
internal static class BoostingBenchmarks
{
    private const int Features = SyntheticRows.Features;

    public static void Run()
    {
        var data = SyntheticRows.Make();
        var levelWise = new LevelWiseBoosterOptions { Rounds = 300, MaxDepth = 6, LearningRate = 0.1, MaxThreads = 1 };
        var leafWise = new LeafWiseBoosterOptions { MaxThreads = 1 };
        var classic = new GradientBoostingOptions { MaxThreads = 1 };
        Measurement.Classifier("level-wise booster, 300 rounds of depth 6", data, (rows, labels) => LevelWiseBooster.Fit(rows, labels, Features, levelWise));
        Measurement.Classifier("leaf-wise booster, 100 rounds of 31 leaves", data, (rows, labels) => LeafWiseBooster.Fit(rows, labels, Features, leafWise));
        Measurement.Classifier("leaf-wise booster, the same with GOSS", data,
            (rows, labels) => LeafWiseBooster.Fit(rows, labels, Features, leafWise with { OneSidedSampling = true }));
        Measurement.Classifier("classic boosting, 10k rows, 100 rounds of depth 3", data.First(10_000),
            (rows, labels) => GradientBoosting.Fit(rows, labels, Features, classic));
    }
}
