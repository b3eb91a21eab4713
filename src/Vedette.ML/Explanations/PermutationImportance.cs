using Vedette.ML.Metrics;

namespace Vedette.ML.Explanations;

/// <summary>How much a classifier's quality drops when a feature's values are shuffled among the rows.</summary>
/// <remarks>
/// L. Breiman, "Random Forests", 2001, section 10; A. Fisher, C. Rudin, F. Dominici, JMLR 20(177), 2019. Works with any classifier and says what it relies on, not what
/// it could do without: of two features that say the same, each may look dispensable. Measure on rows the model was not fitted on.
/// </remarks>
public static class PermutationImportance
{
    /// <summary>Quality of predictions, higher is better: labels first, probabilities second.</summary>
    public delegate double Quality(ReadOnlySpan<float> labels, ReadOnlySpan<float> probabilities);

    /// <summary>Importance of each feature by ROC AUC.</summary>
    /// <param name="model">Any fitted classifier.</param>
    /// <param name="rows">Row-major, shape (rows, features).</param>
    /// <param name="labels">0 or 1 per row; both must occur.</param>
    /// <param name="repetitions">Shuffles per feature, at least 1.</param>
    /// <param name="seed">Seed of the shuffles.</param>
    /// <returns>Mean drop and its standard deviation, per feature. O(repetitions · features) predictions of all rows.</returns>
    /// <exception cref="ArgumentException">The shapes disagree, or a label is neither 0 nor 1.</exception>
    public static FeatureImportance[] Measure(IBinaryClassifier model, ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int repetitions = 5, ulong seed = 0) =>
        Measure(model, rows, labels, Ranking.RocAuc, repetitions, seed);

    /// <summary>Importance of each feature by a quality of your own.</summary>
    /// <param name="model">Any fitted classifier.</param>
    /// <param name="rows">Row-major, shape (rows, features).</param>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="quality">What is measured.</param>
    /// <param name="repetitions">Shuffles per feature, at least 1.</param>
    /// <param name="seed">Seed of the shuffles.</param>
    /// <returns>Mean drop and its standard deviation, per feature.</returns>
    /// <exception cref="ArgumentException">The shapes disagree, or a label is neither 0 nor 1.</exception>
    public static FeatureImportance[] Measure(
        IBinaryClassifier model, ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, Quality quality, int repetitions = 5, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        int features = model.FeatureCount;
        int count = Shape.RowCount(rows, features);
        Shape.CheckBinaryLabels(labels, count);
        float[] probabilities = new float[count];
        model.PredictProbability(rows, probabilities);
        double whole = quality(labels, probabilities);
        float[] shuffled = rows.ToArray();
        float[] column = new float[count];
        double[] drops = new double[repetitions];
        var importances = new FeatureImportance[features];
        for (int feature = 0; feature < features; feature++)
        {
            for (int repetition = 0; repetition < repetitions; repetition++)
            {
                var random = SeededRandom.Fork(seed, feature * repetitions + repetition);
                for (int row = 0; row < count; row++) column[row] = rows[row * features + feature];
                random.Shuffle(column.AsSpan());
                for (int row = 0; row < count; row++) shuffled[row * features + feature] = column[row];
                model.PredictProbability(shuffled, probabilities);
                drops[repetition] = whole - quality(labels, probabilities);
            }
            for (int row = 0; row < count; row++) shuffled[row * features + feature] = rows[row * features + feature];
            double mean = drops.Average();
            importances[feature] = new FeatureImportance(mean, Math.Sqrt(drops.Sum(drop => (drop - mean) * (drop - mean)) / repetitions));
        }
        return importances;
    }
}

/// <summary>What shuffling one feature does.</summary>
/// <param name="Mean">Mean drop of the quality; about 0, or below, for a feature that does not matter.</param>
/// <param name="StandardDeviation">Spread of the drop over the shuffles.</param>
public readonly record struct FeatureImportance(double Mean, double StandardDeviation);
