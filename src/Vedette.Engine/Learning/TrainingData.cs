namespace Vedette.Engine.Learning;

/// <summary>What was gathered from the user's own traffic, to train on. Immutable; made by <see cref="DetectionEngine.SnapshotTraining"/>.</summary>
public sealed class TrainingData
{
    /// <summary>Nothing: for training on labelled windows alone.</summary>
    public static TrainingData Empty { get; } = new();

    /// <summary>Events it was sampled from.</summary>
    public long Events { get; internal init; }

    /// <summary>Event time of the first of them, microseconds since 1970.</summary>
    public long FirstMicros { get; internal init; }

    /// <summary>Event time of the last of them.</summary>
    public long LastMicros { get; internal init; }

    /// <summary>Number of windows.</summary>
    public int WindowCount => Windows.Count;

    /// <summary>Number of requests.</summary>
    public int RequestCount => Requests.Count;

    /// <summary>Number of sequences.</summary>
    public int SequenceCount => Sequences.Count;

    internal IReadOnlyList<WindowSample> Windows { get; init; } = [];

    internal IReadOnlyList<RequestFacts> Requests { get; init; } = [];

    internal IReadOnlyList<ushort[]> Sequences { get; init; } = [];

    /// <summary>Method and template by route id; null where there is none.</summary>
    internal IReadOnlyList<string?> Templates { get; init; } = [];
}
