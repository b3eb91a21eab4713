using Vedette.ML.Forests;
using Vedette.ML.Isolation;

namespace Vedette.ML.Bench;

/// <summary>Isolation forests: one thread unless said otherwise.</summary>
internal static class ForestBenchmarks
{
    public static void Run()
    {
        var data = SyntheticRows.Make();
        var options = new IsolationForestOptions { Trees = 300, MaxThreads = 1, Seed = 1 };
        var forest = IsolationForest.Fit(data.Values, SyntheticRows.Features, options);
        float[] scores = new float[SyntheticRows.Rows];
        Measurement.Report("isolation forest fit, 300 trees of 256 rows",
            Measurement.CpuSeconds(() => IsolationForest.Fit(data.Values, SyntheticRows.Features, options)), "s");
        Measurement.Report("isolation forest score, 100k rows", SyntheticRows.Rows / Measurement.CpuSeconds(() => forest.Score(data.Values, scores)), "rows/s");
        Measurement.Report("isolation forest score, one row", 1e6 / 20_000 * Measurement.CpuSeconds(() => ScoreSingly(forest, data.Values, scores)), "us");
        var extended = ExtendedIsolationForest.Fit(data.Values, SyntheticRows.Features, new ExtendedIsolationForestOptions { Trees = 300, MaxThreads = 1 });
        Measurement.Report("extended isolation forest score, 100k rows",
            SyntheticRows.Rows / Measurement.CpuSeconds(() => extended.Score(data.Values, scores), 1), "rows/s");
        Measurement.Report("isolation forest contributions, one row", 1e6 / 20_000 * Measurement.CpuSeconds(() => Explain(forest, data.Values)), "us");
        var randomForest = new RandomForestClassifierOptions { Trees = 300, MaxDepth = 15, Weighting = ClassWeighting.Balanced, MaxThreads = 1 };
        Measurement.Classifier("random forest, 300 trees of depth 15", data,
            (rows, labels) => RandomForestClassifier.Fit(rows, labels, SyntheticRows.Features, randomForest));
    }

    private static void ScoreSingly(IOutlierModel model, float[] rows, float[] scores)
    {
        for (int i = 0; i < 20_000; i++) model.Score(rows.AsSpan(i * SyntheticRows.Features, SyntheticRows.Features), scores.AsSpan(i, 1));
    }

    private static void Explain(IsolationForest forest, float[] rows)
    {
        Span<double> contributions = stackalloc double[SyntheticRows.Features];
        for (int i = 0; i < 20_000; i++) forest.Contributions(rows.AsSpan(i * SyntheticRows.Features, SyntheticRows.Features), contributions);
    }
}
