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

    /// <summary>The same with what people said about it: a window of a confirmed attack is no example of what is ordinary, one of a false alarm is.</summary>
    /// <param name="labels">The verdicts; of several about one window the last counts.</param>
    /// <param name="labelled">The windows in order of time with their labels, those without a verdict as ordinary and those under suspicion left out; null if no verdict concerns any.</param>
    public TrainingData With(IReadOnlyList<AnalystLabel> labels, out LabelledWindows? labelled)
    {
        labelled = null;
        ILookup<ulong, AnalystLabel> byCaller = labels.ToLookup(static label => label.Caller);
        var windows = new List<WindowSample>(Windows.Count);
        var stream = new LabelledWindows("verdicts of analysts");
        bool isConcerned = false;
        foreach (WindowSample window in Windows)
        {
            bool? verdict = null;
            foreach (AnalystLabel label in byCaller[window.Caller])
                if (label.Covers(window.Caller, window.TimeMicros)) verdict = label.IsAttack;
            isConcerned |= verdict is not null;
            windows.Add(verdict is { } isAttack ? window with { IsSuspect = isAttack } : window);
            if (verdict is not null || !window.IsSuspect) stream.Add(window.Row, verdict is true);
        }
        if (!isConcerned) return this;
        labelled = stream;
        return new TrainingData { Events = Events, FirstMicros = FirstMicros, LastMicros = LastMicros, Windows = windows, Requests = Requests, Sequences = Sequences, Templates = Templates };
    }

    internal IReadOnlyList<WindowSample> Windows { get; init; } = [];

    internal IReadOnlyList<RequestFacts> Requests { get; init; } = [];

    internal IReadOnlyList<ushort[]> Sequences { get; init; } = [];

    /// <summary>Method and template by route id; null where there is none.</summary>
    internal IReadOnlyList<string?> Templates { get; init; } = [];
}
