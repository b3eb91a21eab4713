using Vedette.Engine.Behavior;

namespace Vedette.Engine.Learning;

/// <summary>Gathers, bounded and evenly over time, what models learn from. Owned by the engine's thread; depends on the events alone.</summary>
internal sealed class TrainingReservoir(LearningOptions options)
{
    private const int MinSequence = 4;

    private readonly ThinningReservoir<WindowSample> _windows = new(options.MaxWindows);
    private readonly ThinningReservoir<RequestFacts> _requests = new(options.MaxRequests);
    private readonly ThinningReservoir<ushort[]> _sequences = new(options.MaxSequences);

    public int WindowCount => _windows.Items.Count;

    public int RequestCount => _requests.Items.Count;

    public int SequenceCount => _sequences.Items.Count;

    /// <summary>Of the events' positions in the stream, multiples of this are sampled.</summary>
    public long RequestStride { get; private set; } = 1;

    public void Add(WindowRows windows)
    {
        Span<ushort> tokens = stackalloc ushort[TokenRing.Capacity];
        for (int i = 0; i < windows.Count; i++)
        {
            ref readonly WindowMeta window = ref windows.Meta(i);
            bool isSuspect = window.Raised != 0;
            if (_windows.WantsNext) _windows.Offer(new WindowSample(window.Key, window.Time, isSuspect, windows.Row(i).ToArray(), window.Tokens));
            else _windows.Skip();
            if (isSuspect || window.Tokens.Count < MinSequence) continue;
            if (_sequences.WantsNext) _sequences.Offer(tokens[..window.Tokens.CopyTo(tokens)].ToArray());
            else _sequences.Skip();
        }
    }

    /// <summary>Takes the sampled requests of one tick, in stream order.</summary>
    public void Add(List<RequestFacts> requests)
    {
        requests.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        foreach (RequestFacts facts in requests)
            if (facts.Sequence % RequestStride == 0) _requests.Offer(facts);
        // The shards make only what will be wanted from now on.
        if (_requests.Stride == 1) return;
        RequestStride *= _requests.Stride;
        _requests.ResetStride();
    }

    public TrainingData Snapshot(long events, long firstMicros, long lastMicros, IReadOnlyList<string?> templates) => new()
    {
        Events = events,
        FirstMicros = firstMicros,
        LastMicros = lastMicros,
        Windows = [.. _windows.Items],
        Requests = [.. _requests.Items],
        Sequences = [.. _sequences.Items],
        Templates = templates,
    };

    public void Clear()
    {
        _windows.Clear();
        _requests.Clear();
        _sequences.Clear();
        RequestStride = 1;
    }
}
