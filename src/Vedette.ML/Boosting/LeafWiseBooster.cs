namespace Vedette.ML.Boosting;

/// <summary>Gradient boosting in the manner of LightGBM: the leaf of greatest gain is split next, on a sample that keeps the rows of large gradient.</summary>
/// <remarks>
/// G. Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NIPS 2017. Splits are searched among at most 255 bins per feature, a larger
/// child's histogram is its parent's less its sibling's, and one-sided sampling (GOSS) starts after 1 / learning rate rounds. Features are not bundled.
/// Rows in a leaf are estimated from hessians during the search, as the reference does; gradients are summed in fixed point, which makes the result the same
/// on any number of threads. Fit is O(rounds · log leaves · rows · features).
/// </remarks>
public sealed class LeafWiseBooster : BoostedModel
{
    internal const string Kind = "leaf_wise_booster/1";

    private LeafWiseBooster(BoostedTrees model)
        : base(Kind, model)
    {
    }

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

    /// <summary>Reads what <see cref="BoostedModel.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static LeafWiseBooster Load(Stream stream) => new(Read(stream, Kind));
}
