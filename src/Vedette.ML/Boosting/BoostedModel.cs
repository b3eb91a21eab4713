using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>A sum of trees that stands for a log-odds or a number: what every booster fits and every imported model is.</summary>
/// <remarks>Immutable; predicting is thread-safe and uses the caller's thread.</remarks>
public abstract class BoostedModel : IBinaryClassifier
{
    private readonly string _kind;
    private readonly BoostedTrees _model;

    private protected BoostedModel(string kind, BoostedTrees model) => (_kind, _model) = (kind, model);

    public int FeatureCount => _model.Trees.FeatureCount;

    /// <summary>The trees; their sum is the log-odds of class 1, or the prediction itself under the squared error.</summary>
    public TreeEnsemble Trees => _model.Trees;

    /// <summary>Share of each feature in the gain of all splits, adding up to 1; all 0 if nothing was split or an imported file states no gains.</summary>
    public ReadOnlySpan<float> GainImportances => _model.GainImportances;

    /// <summary>Predicts each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>). NaN marks a missing value.</param>
    /// <param name="probabilities">Receives one probability of class 1 per row.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    /// <exception cref="InvalidOperationException">The model predicts a number, not a class: use <see cref="Trees"/>.</exception>
    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities) => _model.PredictProbability(rows, probabilities);

    public void Save(Stream stream) => ModelFile.Write(stream, _kind, _model.Write);

    private protected static BoostedTrees Read(Stream stream, string kind) => ModelFile.Read(stream, kind, BoostedTrees.Read);
}
