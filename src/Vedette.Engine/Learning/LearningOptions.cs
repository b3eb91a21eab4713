namespace Vedette.Engine.Learning;

/// <summary>Whether and how the engine gathers what models learn from, and how their votes are weighed.</summary>
public sealed record LearningOptions
{
    /// <summary>Whether samples for training are gathered. Default false: a scan needs none.</summary>
    public bool Gather { get; init; }

    /// <summary>Events after which there is enough to train on. Default 50000.</summary>
    public int WarmupEvents { get; init; } = 50_000;

    /// <summary>Windows kept for training at most, about 250 bytes each. Default 20000.</summary>
    public int MaxWindows { get; init; } = 20_000;

    /// <summary>Requests kept for training at most, about 150 bytes each. Default 20000.</summary>
    public int MaxRequests { get; init; } = 20_000;

    /// <summary>Sequences of requests kept for training at most, about 60 bytes each. Default 8000.</summary>
    public int MaxSequences { get; init; } = 8_000;

    /// <summary>Weight of the unsupervised models in the consensus. Default 0.35.</summary>
    public double UnsupervisedWeight { get; init; } = 0.35;

    /// <summary>Weight of the supervised models in the consensus. Default 0.5.</summary>
    public double SupervisedWeight { get; init; } = 0.5;

    /// <summary>Weight of the neural models in the consensus. Default 0.15.</summary>
    public double NeuralWeight { get; init; } = 0.15;

    /// <summary>Windows told of in one minute at most, the riskiest first. Default 200.</summary>
    public int MaxAnomaliesPerMinute { get; init; } = 200;

    /// <summary>Anomaly score from which on a window is told of, in [0, 1]. Default 0.5: by the models, one window in twenty is as strange.</summary>
    public double AnomalyThreshold { get; init; } = 0.5;

    internal IEnumerable<string> Problems()
    {
        if (WarmupEvents is < 100 or > 1_000_000_000) yield return $"Learning:WarmupEvents is {WarmupEvents}; it must be from 100 to 1000000000.";
        if (MaxWindows is < 1000 or > 1_000_000) yield return $"Learning:MaxWindows is {MaxWindows}; it must be from 1000 to 1000000.";
        if (MaxRequests is < 1000 or > 1_000_000) yield return $"Learning:MaxRequests is {MaxRequests}; it must be from 1000 to 1000000.";
        if (MaxSequences is < 100 or > 1_000_000) yield return $"Learning:MaxSequences is {MaxSequences}; it must be from 100 to 1000000.";
        double[] weights = [UnsupervisedWeight, SupervisedWeight, NeuralWeight];
        if (weights.Any(static weight => weight is not (>= 0 and <= 1)) || weights.Sum() <= 0)
            yield return $"Learning: the weights {UnsupervisedWeight}, {SupervisedWeight} and {NeuralWeight} must be from 0 to 1, and not all 0.";
        if (MaxAnomaliesPerMinute is < 0 or > 100_000) yield return $"Learning:MaxAnomaliesPerMinute is {MaxAnomaliesPerMinute}; it must be from 0 to 100000.";
        if (AnomalyThreshold is not (>= 0 and <= 1)) yield return $"Learning:AnomalyThreshold is {AnomalyThreshold}; it must be from 0 to 1.";
    }
}
