using Vedette.ML.Drift;
using Vedette.ML.Forests;

namespace Vedette.Engine.Learning;

/// <summary>The fitted models of a <see cref="ModelSet"/>. Immutable.</summary>
internal sealed record ModelParts
{
    public required FeatureScale Scale { get; init; }

    /// <summary>Models over windows, in the order of <see cref="ModelNames.All"/>.</summary>
    public required IReadOnlyList<WindowModel> WindowModels { get; init; }

    public required UsageClasses Usage { get; init; }

    /// <summary>Tells failing windows by the eight basic features; null if the training data held none.</summary>
    public required RandomForestClassifier? Failure { get; init; }

    public required Vocabulary Vocabulary { get; init; }

    public required IReadOnlyList<SequenceModel> SequenceModels { get; init; }

    /// <summary>The forest over single requests; null if no request was gathered.</summary>
    public required RequestModels? Requests { get; init; }

    /// <summary>What the training's own windows looked like; null if there were none.</summary>
    public required DriftReference? Drift { get; init; }

    /// <summary>Consensus scores of ordinary windows.</summary>
    public required double[] ConsensusNull { get; init; }
}
