namespace Vedette.ML;

/// <summary>A fitted model that tells how probable it is that a row belongs to the positive class.</summary>
/// <remarks>
/// Made by a static <c>Fit(ReadOnlySpan&lt;float&gt; rows, ReadOnlySpan&lt;float&gt; labels, int featureCount, XOptions options)</c> with labels 0 and 1.
/// Immutable once fitted; predicting is thread-safe. Saved by <see cref="Save"/>, read back by a static <c>Load(Stream)</c>.
/// </remarks>
public interface IBinaryClassifier
{
    /// <summary>Number of columns in a row.</summary>
    int FeatureCount { get; }

    /// <summary>Predicts each row.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>).</param>
    /// <param name="probabilities">Receives one probability of class 1 per row, in [0, 1].</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities);

    /// <summary>Writes the model as one <see cref="Files.ModelFile"/>.</summary>
    void Save(Stream stream);
}
