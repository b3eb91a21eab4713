using Vedette.ML.Boosting;
using Vedette.ML.Forests;
using Vedette.ML.Trees;

namespace Vedette.ML.Bench;

/// <summary>Sums of tree ensembles, on ranks and row by row on keys, on one thread.</summary>
internal static class TreeBenchmarks
{
    private const int Features = SyntheticRows.Features;

    public static void Run()
    {
        var data = SyntheticRows.Make();
        var forest = new RandomForestClassifierOptions { Trees = 300, MaxDepth = 15, Weighting = ClassWeighting.Balanced };
        Compare("random forest, 300 trees of depth 15", data, RandomForestClassifier.Fit(data.Values, data.Labels, Features, forest).Trees);
        var levelWise = new LevelWiseBoosterOptions { Rounds = 300, MaxDepth = 6, LearningRate = 0.1 };
        Compare("level-wise booster, 300 rounds of depth 6", data, LevelWiseBooster.Fit(data.Values, data.Labels, Features, levelWise).Trees);
        var leafWise = new LeafWiseBoosterOptions { OneSidedSampling = true };
        Compare("leaf-wise booster, 100 rounds of 31 leaves", data, LeafWiseBooster.Fit(data.Values, data.Labels, Features, leafWise).Trees);
    }

    private static void Compare(string name, SyntheticRows data, TreeEnsemble trees)
    {
        float[] fast = new float[data.Labels.Length];
        float[] byKeys = new float[data.Labels.Length];
        trees.Sum(data.Values, fast);
        double seconds = Measurement.CpuSeconds(() => trees.Sum(data.Values, fast));
        double secondsByKeys = Measurement.CpuSeconds(() => trees.SumByKeys(data.Values, byKeys));
        if (!fast.AsSpan().SequenceEqual(byKeys)) throw new InvalidOperationException("The two ways disagree.");
        Measurement.Report($"{name}: sum", fast.Length / seconds, "rows/s");
        Measurement.Report($"{name}: sum by keys", fast.Length / secondsByKeys, "rows/s");
        Measurement.Report($"{name}: memory", trees.Size / 1e6, "MB");
    }
}
