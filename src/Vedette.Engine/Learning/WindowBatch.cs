using Vedette.Engine.Behavior;

namespace Vedette.Engine.Learning;

/// <summary>The windows of all callers active in one minute, and what the models made of them. Valid during the call that hands it over.</summary>
public sealed class WindowBatch
{
    private readonly WindowRows _rows;
    private readonly WindowScores? _scores;

    internal WindowBatch(WindowRows rows, WindowScores? scores) => (_rows, _scores) = (rows, scores);

    /// <summary>Number of windows.</summary>
    public int Count => _rows.Count;

    /// <summary>Names of the models at work, in the order of votes.</summary>
    public IReadOnlyList<string> Models => _scores?.Models ?? [];

    /// <summary>Event time at which a window ends, microseconds since 1970.</summary>
    public long Time(int index) => _rows.Meta(index).Time;

    /// <summary>The caller's fingerprint, as <see cref="CallerKey"/> makes it.</summary>
    public ulong Caller(int index) => _rows.Meta(index).Key;

    /// <summary>True for a user, key or session; false for an address.</summary>
    public bool IsPrincipal(int index) => _rows.Meta(index).Kind != CallerKind.Address;

    /// <summary>True if something had been raised about the caller by then.</summary>
    public bool IsRaised(int index) => _rows.Meta(index).Raised != 0;

    /// <summary>The features, in the order of <see cref="WindowFeatures.All"/>.</summary>
    public ReadOnlySpan<float> Row(int index) => _rows.Row(index);

    /// <summary>Each model's vote in [0, 1], in the order of <see cref="Models"/>; NaN where one has no opinion. Empty without models.</summary>
    public ReadOnlySpan<float> Votes(int index) => _scores is null ? [] : _scores.Votes(index);

    /// <summary>The weighted consensus in [0, 1]; 0 without models.</summary>
    public float AnomalyScore(int index) => _scores is null ? 0 : _scores.Anomaly(index);
}
