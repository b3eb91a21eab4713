using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>Gradient boosting in the manner of LightGBM: the leaf of greatest gain is split next, on a sample that keeps the rows of large gradient.</summary>
/// <remarks>
/// G. Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NIPS 2017. Splits are searched among at most 255 bins per feature, a larger
/// child's histogram is its parent's less its sibling's, and one-sided sampling (GOSS) starts after 1 / learning rate rounds. Features are not bundled.
/// Rows in a leaf are estimated from hessians during the search, as the reference does; gradients are summed in fixed point, which makes the result the same
/// on any number of threads. Fit is O(rounds · log leaves · rows · features). Immutable once fitted; predicting is thread-safe and uses the caller's thread.
/// </remarks>
public sealed class LeafWiseBooster : IBinaryClassifier
{
    internal const string Kind = "leaf_wise_booster/1";

    private readonly BoostedTrees _model;

    private LeafWiseBooster(BoostedTrees model) => _model = model;

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
    public static LeafWiseBooster Fit(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, LeafWiseBoosterOptions options) =>
        Fit(rows, labels, featureCount, options, [], []);

    /// <summary>Fits, and keeps the rounds up to the one with the least loss on rows set aside.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN marks a missing value.</param>
    /// <param name="labels">One per row: 0 or 1, or any finite number under the squared error.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">How to boost; fitting ends early after as many rounds without a gain as it says.</param>
    /// <param name="validationRows">Rows that no tree is grown on; the later ones, if rows have a time.</param>
    /// <param name="validationLabels">One per validation row.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a label is impossible, or an option is out of range.</exception>
    public static LeafWiseBooster Fit(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, LeafWiseBoosterOptions options,
        ReadOnlySpan<float> validationRows, ReadOnlySpan<float> validationLabels)
    {
        Options.Check(options.Problems());
        return new LeafWiseBooster(BoostingTrainer.Fit(rows, labels, featureCount, options.ToPlan(), validationRows, validationLabels));
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
    public static LeafWiseBooster Load(Stream stream) => ModelFile.Read(stream, Kind, reader => new LeafWiseBooster(BoostedTrees.Read(reader)));
}
