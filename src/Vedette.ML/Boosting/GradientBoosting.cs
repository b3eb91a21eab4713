namespace Vedette.ML.Boosting;

/// <summary>Classic gradient boosting: small regression trees on the residuals, every distinct value tried as a split.</summary>
/// <remarks>
/// J. H. Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 29(5), 2001, algorithms 2 and 5, with his improvement
/// criterion (equation 35) and one Newton step per leaf; subsampling as in his "Stochastic Gradient Boosting", 2002. Exact, so for small tables:
/// fit is O(rounds · depth · rows · features) after sorting each column once. Missing values are not
/// allowed in fitting; in predicting, NaN follows the branch of the larger values.
/// </remarks>
public sealed class GradientBoosting : BoostedModel
{
    internal const string Kind = "gradient_boosting/1";

    private GradientBoosting(BoostedTrees model)
        : base(Kind, model)
    {
    }

    /// <summary>Fits the rounds asked for.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. Missing values are refused.</param>
    /// <param name="labels">One per row: 0 or 1, or any finite number under the squared error.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">How to boost.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a label is impossible, a value is NaN, or an option is out of range.</exception>
    public static GradientBoosting Fit(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, GradientBoostingOptions options)
    {
        Options.Check(options.Problems());
        return new GradientBoosting(ExactBoosting.Fit(rows, labels, featureCount, options));
    }

    /// <summary>Reads what <see cref="BoostedModel.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static GradientBoosting Load(Stream stream) => new(Read(stream, Kind));
}
