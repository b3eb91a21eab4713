using Vedette.ML;
using Vedette.ML.Consensus;
using Vedette.ML.Isolation;
using Vedette.ML.Neighbors;
using Vedette.ML.OneClass;
using Vedette.ML.Subspace;

namespace Vedette.Cli.Tables;

/// <summary>The scores of a table's rows, and how to score others like them.</summary>
/// <param name="Scores">One per row; higher is more anomalous.</param>
/// <param name="Explain">Scores rows in the table's own units, on a scale on which a feature's part shows.</param>
internal sealed record DetectorResult(float[] Scores, Func<float[], float[]> Explain);

/// <summary>A detector that the command line knows by name.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Description">One line of help.</param>
/// <param name="Run">Fits on (rows, number of features, seed).</param>
internal sealed record TableDetector(string Name, string Description, Func<float[], int, ulong, DetectorResult> Run)
{
    /// <summary>Rows that every row is compared with at most; a random sample of larger tables.</summary>
    private const int MaxReferenceRows = 20_000;

    /// <summary>Above this the exact machine, whose time grows with the square of the rows and faster, gives way to the linear one.</summary>
    private const int MaxExactSvmRows = 8_000;

    public static readonly TableDetector[] All =
    [
        new("consensus", "six unlike detectors under one fixed setting, by their tail probabilities (default)", RunConsensus),
        new("iforest", "isolation forest, 100 trees of 256 rows", (rows, features, seed) =>
            Plain(rows, IsolationForest.Fit(rows, features, new IsolationForestOptions { Seed = seed }))),
        new("eif", "extended isolation forest: the same with slanted cuts", (rows, features, seed) =>
            Scaled(rows, features, scaled => ExtendedIsolationForest.Fit(scaled, features, new ExtendedIsolationForestOptions { Seed = seed }))),
        new("knn", "distance to the 5th nearest neighbour", RunNeighbors),
        new("lof", "local outlier factor, 20 neighbours", RunFactor),
        new("ocsvm", "one-class support vector machine, radial kernel", (rows, features, seed) =>
            Scaled(rows, features, scaled => scaled.Length / features <= MaxExactSvmRows
                ? OneClassSvm.Fit(scaled, features, new OneClassSvmOptions { GammaRule = GammaRule.Auto })
                : FourierOneClassSvm.Fit(scaled, features, new FourierOneClassSvmOptions { GammaRule = GammaRule.Auto, Seed = seed }))),
        new("pca", "distance along all principal components, each in units of its spread", (rows, features, _) =>
            Scaled(rows, features, scaled => PrincipalComponents.Fit(scaled, features, new PrincipalComponentsOptions()))),
    ];

    private static DetectorResult RunConsensus(float[] rows, int features, ulong seed)
    {
        float[] scores = new float[rows.Length / features];
        var model = OutlierConsensus.Fit(rows, features, new OutlierConsensusOptions { Seed = seed }, scores);
        // Explained in the logarithm of the tail, where a feature's part can be seen even of a score next to 1.
        return new DetectorResult(scores, others => Array.ConvertAll(Score(model, others), score => -MathF.Log(Math.Max(1 - score, float.Epsilon))));
    }

    private static DetectorResult Plain(float[] rows, IOutlierModel model) => new(Score(model, rows), others => Score(model, others));

    private static DetectorResult Scaled(float[] rows, int features, Func<float[], IOutlierModel> fit)
    {
        var columns = StandardizedColumns.Fit(rows, features);
        float[] scaled = columns.Apply(rows);
        var model = fit(scaled);
        return new DetectorResult(Score(model, scaled), others => Score(model, columns.Apply(others)));
    }

    private static DetectorResult RunNeighbors(float[] rows, int features, ulong seed) => Referenced(rows, features, seed, reference =>
    {
        var model = KNearestNeighbors.Fit(reference, features, new KNearestNeighborsOptions());
        float[] scores = new float[reference.Length / features];
        model.ScoreFitted(scores);
        return (model, scores);
    });

    private static DetectorResult RunFactor(float[] rows, int features, ulong seed) => Referenced(rows, features, seed, reference =>
    {
        var model = LocalOutlierFactor.Fit(reference, features, new LocalOutlierFactorOptions());
        return (model, model.FittedScores.ToArray());
    });

    /// <summary>Fits on a sample of bounded size; its rows are scored as the detector scores its own rows, the others as new ones.</summary>
    private static DetectorResult Referenced(float[] rows, int features, ulong seed, Func<float[], (IOutlierModel Model, float[] Scores)> fit)
    {
        var columns = StandardizedColumns.Fit(rows, features);
        float[] scaled = columns.Apply(rows);
        int[] chosen = Sample(rows.Length / features, seed);
        float[] reference = new float[chosen.Length * features];
        for (int i = 0; i < chosen.Length; i++) scaled.AsSpan(chosen[i] * features, features).CopyTo(reference.AsSpan(i * features));
        var (model, referenceScores) = fit(reference);
        float[] scores = chosen.Length < rows.Length / features ? Score(model, scaled) : new float[chosen.Length];
        for (int i = 0; i < chosen.Length; i++) scores[chosen[i]] = referenceScores[i];
        return new DetectorResult(scores, others => Score(model, columns.Apply(others)));
    }

    private static int[] Sample(int count, ulong seed)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        if (count <= MaxReferenceRows) return rows;
        var random = new SeededRandom(seed);
        random.Shuffle(rows.AsSpan());
        return rows[..MaxReferenceRows];
    }

    private static float[] Score(IOutlierModel model, float[] rows)
    {
        float[] scores = new float[rows.Length / model.FeatureCount];
        model.Score(rows, scores);
        return scores;
    }
}
