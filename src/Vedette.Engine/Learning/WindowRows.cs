using System.Runtime.InteropServices;
using Vedette.Engine.Behavior;

namespace Vedette.Engine.Learning;

/// <summary>The windows of one tick, row by row. Reused from tick to tick.</summary>
internal sealed class WindowRows
{
    private readonly List<float> _values = [];
    private readonly List<WindowMeta> _meta = [];

    public int Count => _meta.Count;

    /// <summary>All rows, one after the other.</summary>
    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_values);

    public ReadOnlySpan<float> Row(int index) => Values.Slice(index * WindowFeatures.Count, WindowFeatures.Count);

    public ref readonly WindowMeta Meta(int index) => ref CollectionsMarshal.AsSpan(_meta)[index];

    /// <summary>Adds a window; the caller fills in the row.</summary>
    public Span<float> Add(in WindowMeta meta)
    {
        _meta.Add(meta);
        int start = _values.Count;
        CollectionsMarshal.SetCount(_values, start + WindowFeatures.Count);
        return CollectionsMarshal.AsSpan(_values)[start..];
    }

    public void Add(WindowRows other)
    {
        _values.AddRange(other.Values);
        _meta.AddRange(CollectionsMarshal.AsSpan(other._meta));
    }

    public void Clear()
    {
        _values.Clear();
        _meta.Clear();
    }
}

/// <summary>Whose window it is.</summary>
internal struct WindowMeta
{
    public ulong Key;

    /// <summary>End of the window, event time, microseconds.</summary>
    public long Time;

    /// <summary>Event time at which the caller's session began.</summary>
    public long Since;

    public long LastSeen;

    /// <summary>Requests of the session.</summary>
    public long Events;

    /// <summary>Incident types raised about the caller, as bits.</summary>
    public ulong Raised;

    /// <summary>The shard that knows the caller, and where.</summary>
    public int Shard;
    public int Slot;

    /// <summary>The route used most.</summary>
    public int Route;

    public CallerKind Kind;

    /// <summary>It is nobody whose oddness means harm: an integration, a polite crawler, a gateway of known people.</summary>
    public bool IsExcused;

    /// <summary>A crawler, monitor or feed reader that says so and keeps a moderate pace.</summary>
    public bool IsPolite;

    public TokenRing Tokens;
}
