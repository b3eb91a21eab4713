namespace Vedette.Engine.Learning;

/// <summary>How well a model did on labelled windows that it has not learnt from, the later ones of each stream of traffic.</summary>
/// <param name="Name">The model; <c>consensus</c> for all together.</param>
/// <param name="Rows">Windows judged.</param>
/// <param name="Attacks">Attacks among them.</param>
/// <param name="Precision">Share of the windows with a vote of one half or more that were attacks.</param>
/// <param name="Recall">Share of the attacks with such a vote.</param>
/// <param name="F1">Harmonic mean of the two.</param>
/// <param name="Auc">Chance that an attack has a higher vote than an ordinary window.</param>
/// <param name="FalsePositives">Ordinary windows with a vote of one half or more.</param>
public sealed record ModelMetrics(string Name, long Rows, long Attacks, double Precision, double Recall, double F1, double Auc, long FalsePositives);
