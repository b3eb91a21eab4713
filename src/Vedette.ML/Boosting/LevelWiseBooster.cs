using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>Gradient boosting of the second order, in the manner of XGBoost: trees of bounded depth, regularised leaves.</summary>
/// <remarks>
/// T. Chen, C. Guestrin, "XGBoost: A Scalable Tree Boosting System", KDD 2016, https://doi.org/10.1145/2939672.2939785. Splits are searched among at most
/// 255 bins per feature; each split learns where missing values go, and one that met none sends them to the side of more weight. Departs from the
/// reference in three points: the sum starts from the labels' mean, a split below γ is not made (rather than made and pruned), and gradients are summed in fixed
/// point, which makes the result the same on any number of threads. Fit is O(rounds · depth · rows · features). Immutable once fitted; predicting
/// is thread-safe and uses the caller's thread.
/// </remarks>
public sealed class LevelWiseBooster : IBinaryClassifier
{
    internal const string Kind = "level_wise_booster/1";

    private readonly BoostedTrees _model;

    private LevelWiseBooster(BoostedTrees model) => _model = model;

    public int FeatureCount => _model.Trees.FeatureCount;

    /// <summary>The trees; their sum is the log-odds of class 1, or the prediction itself under the squared error.</summary>
    public TreeEnsemble Trees => _model.Trees;

    /// <summary>Share of each feature in the gain of all splits, adding up to 1; all 0 if nothing was split.</summary>
    public ReadOnlySpan<float> GainImportances => _model.GainImportances;

    /// <summary>Fits the rounds asked for.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN marks a missing value.</param>
    /// <param name="labels">One per row: 0 or 1, or any finite number under the squared error.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">How to boost.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a label is impossible, or an option is out of range.</exception>
    public static LevelWiseBooster Fit(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, LevelWiseBoosterOptions options) =>
        Fit(rows, labels, featureCount, options, [], []);

    /// <summary>Fits, and keeps the rounds up to the one with the least loss on rows set aside.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN marks a missing value.</param>
    /// <param name="labels">One per row: 0 or 1, or any finite number under the squared error.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">How to boost; fitting ends early after as many rounds without a gain as it says.</param>
    /// <param name="validationRows">Rows that no tree is grown on; the later ones, if rows have a time.</param>
    /// <param name="validationLabels">One per validation row.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a label is impossible, or an option is out of range.</exception>
    public static LevelWiseBooster Fit(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, LevelWiseBoosterOptions options,
        ReadOnlySpan<float> validationRows, ReadOnlySpan<float> validationLabels)
    {
        Options.Check(options.Problems());
        return new LevelWiseBooster(BoostingTrainer.Fit(rows, labels, featureCount, options.ToPlan(), validationRows, validationLabels));
    }

    /// <summary>Predicts each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>). NaN marks a missing value.</param>
    /// <param name="probabilities">Receives one probability of class 1 per row.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    /// <exception cref="InvalidOperationException">The model was fitted to the squared error.</exception>
    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities) => _model.PredictProbability(rows, probabilities);

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, _model.Write);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static LevelWiseBooster Load(Stream stream) => ModelFile.Read(stream, Kind, reader => new LevelWiseBooster(BoostedTrees.Read(reader)));
}
