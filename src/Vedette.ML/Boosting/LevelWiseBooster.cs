namespace Vedette.ML.Boosting;

/// <summary>Gradient boosting of the second order, in the manner of XGBoost: trees of bounded depth, regularised leaves.</summary>
/// <remarks>
/// T. Chen, C. Guestrin, "XGBoost: A Scalable Tree Boosting System", KDD 2016, https://doi.org/10.1145/2939672.2939785. Splits are searched among at most
/// 255 bins per feature; each split learns where missing values go, and one that met none sends them to the side of more weight. Departs from the
/// reference in three points: the sum starts from the labels' mean, a split below γ is not made (rather than made and pruned), and gradients are summed in fixed
/// point, which makes the result the same on any number of threads. Fit is O(rounds · depth · rows · features).
/// </remarks>
public sealed class LevelWiseBooster : BoostedModel
{
    internal const string Kind = "level_wise_booster/1";

    private LevelWiseBooster(BoostedTrees model)
        : base(Kind, model)
    {
    }

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

    /// <summary>Reads what <see cref="BoostedModel.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static LevelWiseBooster Load(Stream stream) => new(Read(stream, Kind));
}
