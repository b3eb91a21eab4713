using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>Classic gradient boosting: small regression trees on the residuals, every distinct value tried as a split.</summary>
/// <remarks>
/// J. H. Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 29(5), 2001, algorithms 2 and 5, with his improvement
/// criterion (equation 35) and one Newton step per leaf; subsampling as in his "Stochastic Gradient Boosting", 2002. Exact, so for small tables:
/// fit is O(rounds · depth · rows · features) after sorting each column once. Missing values are not allowed. Immutable once fitted; predicting is
/// thread-safe and uses the caller's thread.
/// </remarks>
public sealed class GradientBoosting : IBinaryClassifier
{
    internal const string Kind = "gradient_boosting/1";

    private readonly BoostedTrees _model;

    private GradientBoosting(BoostedTrees model) => _model = model;

    public int FeatureCount => _model.Trees.FeatureCount;

    /// <summary>The trees; their sum is the log-odds of class 1, or the prediction itself under the squared error.</summary>
    public TreeEnsemble Trees => _model.Trees;

    /// <summary>Share of each feature in the gain of all splits, adding up to 1; all 0 if nothing was split.</summary>
    public ReadOnlySpan<float> GainImportances => _model.GainImportances;

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

    /// <summary>Predicts each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>). NaN follows the branch of the larger values.</param>
    /// <param name="probabilities">Receives one probability of class 1 per row.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    /// <exception cref="InvalidOperationException">The model was fitted to the squared error.</exception>
    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities) => _model.PredictProbability(rows, probabilities);

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, _model.Write);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static GradientBoosting Load(Stream stream) => ModelFile.Read(stream, Kind, reader => new GradientBoosting(BoostedTrees.Read(reader)));
}
