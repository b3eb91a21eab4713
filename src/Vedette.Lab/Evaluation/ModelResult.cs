using Vedette.ML.Metrics;

namespace Vedette.Lab.Evaluation;

/// <summary>How a model's alerts on windows compare with the truth.</summary>
/// <param name="Name">The model.</param>
/// <param name="Threshold">Score from which on it raises an alert.</param>
/// <param name="Counts">Windows by label and alert.</param>
/// <param name="Auc">Area under the ROC curve of the scores; null if the windows are all of one kind.</param>
public sealed record ModelResult(string Name, double Threshold, ConfusionMatrix Counts, double? Auc)
{
    /// <summary>Compares scores with labels.</summary>
    /// <param name="name">The model.</param>
    /// <param name="labels">1 for a window with an attack, else 0.</param>
    /// <param name="scores">One per label.</param>
    /// <param name="threshold">Score from which on there is an alert.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ModelResult Of(string name, ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, float threshold)
    {
        bool hasBoth = labels.Contains(0f) && labels.Contains(1f);
        return new ModelResult(name, threshold, ConfusionMatrix.At(labels, scores, threshold), hasBoth ? Ranking.RocAuc(labels, scores) : null);
    }
}
