namespace Vedette.Lab.Evaluation;

/// <summary>What one model says of every window of a traffic.</summary>
/// <param name="Name">The model's name in reports: <c>isolation_forest</c>, <c>ensemble</c>.</param>
/// <param name="Scores">One per window, in the order of <see cref="WindowTable.Windows"/>; higher is more anomalous, none is NaN.</param>
/// <param name="Threshold">Score from which on the model raises an alert.</param>
public sealed record ModelScores(string Name, float[] Scores, float Threshold);
