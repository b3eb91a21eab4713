using Vedette.ML.Boosting;
using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Importing;

/// <summary>A tree ensemble that another program has trained, read by <see cref="XgboostJsonReader"/> or <see cref="LightGbmTextReader"/>.</summary>
/// <remarks>Immutable; predicting is thread-safe and uses the caller's thread. Predictions agree with the original's to about 1e-6.</remarks>
public sealed class ImportedTrees : IBinaryClassifier
{
    internal const string Kind = "imported_trees/1";

    private readonly BoostedTrees _model;

    internal ImportedTrees(BoostedTrees model) => _model = model;

    public int FeatureCount => _model.Trees.FeatureCount;

    /// <summary>The trees; their sum is the log-odds of class 1, or the prediction of a regression.</summary>
    public TreeEnsemble Trees => _model.Trees;

    /// <summary>Share of each feature in the gains that the file states, adding up to 1; all 0 if it states none.</summary>
    public ReadOnlySpan<float> GainImportances => _model.GainImportances;

    /// <summary>Predicts each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>). NaN marks a missing value.</param>
    /// <param name="probabilities">Receives one probability of class 1 per row.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    /// <exception cref="InvalidOperationException">The model is a regression: use <see cref="Trees"/>.</exception>
    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities) => _model.PredictProbability(rows, probabilities);

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, _model.Write);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static ImportedTrees Load(Stream stream) => ModelFile.Read(stream, Kind, reader => new ImportedTrees(BoostedTrees.Read(reader)));
}
