using Vedette.ML.Binning;
using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Forests;

/// <summary>Random forest for two classes: the mean opinion of trees grown on bags of rows and random features.</summary>
/// <remarks>
/// L. Breiman, "Random Forests", Machine Learning 45, 2001, https://doi.org/10.1023/A:1010933404324; Gini impurity, and leaves that vote with
/// their share of class 1. Departs from the paper in two points: splits are searched among at most 255 bins per feature, and missing values (NaN) go to
/// the side where they lower the impurity more, or, where a split met none, to the side of more rows. Infinities are values like others.
/// Fit is O(trees · depth · rows · √features). Immutable once fitted; predicting is thread-safe and uses the caller's thread.
/// </remarks>
public sealed class RandomForestClassifier : IBinaryClassifier
{
    internal const string Kind = "random_forest/1";

    private readonly TreeEnsemble _trees;
    private readonly float[] _importances;
    private readonly float[] _outOfBag;

    private RandomForestClassifier(TreeEnsemble trees, float[] importances, float[] outOfBag) =>
        (_trees, _importances, _outOfBag) = (trees, importances, outOfBag);

    public int FeatureCount => _trees.FeatureCount;

    /// <summary>The trees; their sum divided by their number is the probability.</summary>
    public TreeEnsemble Trees => _trees;

    /// <summary>Mean decrease of impurity: share of each feature in that of all splits, adding up to 1; all 0 if nothing was split.</summary>
    public ReadOnlySpan<float> GainImportances => _importances;

    /// <summary>
    /// Probability of class 1 for each row fitted, by the trees that did not see it; NaN where every tree did. Empty unless asked for, and not saved.
    /// </summary>
    public ReadOnlySpan<float> OutOfBagProbabilities => _outOfBag;

    /// <summary>Grows the forest.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN marks a missing value. Needs no scaling.</param>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Number and shape of the trees.</param>
    /// <exception cref="ArgumentException">The shapes disagree, there is no row, a label is neither 0 nor 1, or an option is out of range.</exception>
    public static RandomForestClassifier Fit(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, RandomForestClassifierOptions options)
    {
        int rowCount = Shape.RowCount(rows, featureCount);
        Shape.CheckBinaryLabels(labels, rowCount);
        Options.Check(options.Problems(featureCount));
        var table = BinnedRows.Map(rows, [], featureCount, options.MaxBins, options.MaxThreads);
        var trainer = new ForestTrainer(table, labels.ToArray(), options);
        trainer.Run();
        return new RandomForestClassifier(TreeEnsemble.Pack(trainer.Trees, featureCount, 0), trainer.Importances(), trainer.OutOfBag());
    }

    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities)
    {
        _trees.Sum(rows, probabilities);
        // Rounding may carry a mean of ones a hair above one.
        foreach (ref float probability in probabilities) probability = Math.Min(1, probability / TreeCount);
    }

    public int TreeCount => _trees.TreeCount;

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write<float>(_importances);
        _trees.Write(writer);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static RandomForestClassifier Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        float[] importances = reader.ReadArray<float>();
        var trees = TreeEnsemble.Read(reader);
        if (importances.Length != trees.FeatureCount || trees.TreeCount == 0) throw new InvalidDataException("The model file holds no whole forest.");
        return new RandomForestClassifier(trees, importances, []);
    });
}
