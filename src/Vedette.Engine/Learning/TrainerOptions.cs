namespace Vedette.Engine.Learning;

/// <summary>How models are trained.</summary>
public sealed record TrainerOptions
{
    /// <summary>Seed of every random choice: the same data, options and seed give the same models. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the windows, the latest, that are held out to measure on. Default 0.2.</summary>
    public double HoldOut { get; init; } = 0.2;

    /// <summary>Whether settings of the supervised models are searched for; otherwise sound defaults are used. Default true.</summary>
    public bool Tune { get; init; } = true;

    /// <summary>Rows of labelled windows learnt from at most, half of them with a part hidden. Default 24000.</summary>
    public int MaxLabelled { get; init; } = 24_000;

    /// <summary>Most threads; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    /// <summary>Weights of the groups, by which the consensus is measured.</summary>
    public LearningOptions Learning { get; init; } = new();

    internal IEnumerable<string> Problems()
    {
        if (HoldOut is not (>= 0.05 and <= 0.5)) yield return $"The share held out is {HoldOut}; it must be from 0.05 to 0.5.";
        if (MaxLabelled < 1000) yield return $"MaxLabelled is {MaxLabelled}; it must be at least 1000.";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
        foreach (string problem in Learning.Problems()) yield return problem;
    }
}

/// <summary>How far a training is.</summary>
/// <param name="Step">What is being done, in a few words.</param>
/// <param name="Share">Share of the work that is done, in [0, 1].</param>
public readonly record struct TrainingProgress(string Step, double Share);
