namespace Vedette.ML;

/// <summary>A fitted model that tells how unlike the rows it has learnt from a row is.</summary>
/// <remarks>
/// Made by a static <c>Fit(ReadOnlySpan&lt;float&gt; rows, int featureCount, XOptions options)</c> of the class. Immutable once fitted;
/// scoring is thread-safe. Saved by <see cref="Save"/>, read back by a static <c>Load(Stream)</c>.
/// </remarks>
public interface IOutlierModel
{
    /// <summary>Number of columns in a row.</summary>
    int FeatureCount { get; }

    /// <summary>Scores each row; higher is more anomalous. Each class states its range.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>).</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    void Score(ReadOnlySpan<float> rows, Span<float> scores);

    /// <summary>Writes the model as one <see cref="Files.ModelFile"/>.</summary>
    void Save(Stream stream);
}
