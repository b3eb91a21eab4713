using System.Collections.Concurrent;

namespace Vedette.Server.Ingestion;

/// <summary>The inputs that have sent something, numbered; bounded, what comes after is one input called <c>other</c>. Thread-safe.</summary>
public sealed class SourceTable
{
    /// <summary>Inputs told apart at most.</summary>
    public const int MaxSources = 200;

    private readonly ConcurrentDictionary<string, ushort> _indexes = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile SourceState[] _sources = [new SourceState("other", "other")];

    /// <summary>All inputs, by index.</summary>
    public IReadOnlyList<SourceState> All => _sources;

    /// <summary>Names by index, as a store wants them.</summary>
    public IReadOnlyList<string> Names { get; private set; } = ["other"];

    /// <summary>Number of the input with this name.</summary>
    /// <param name="name">At most 64 characters count.</param>
    /// <param name="kind">What kind of door it came through: <c>http</c>, <c>otlp</c>, <c>syslog</c>.</param>
    public ushort IndexOf(string name, string kind)
    {
        if (_indexes.TryGetValue(name, out ushort index)) return index;
        lock (_lock)
        {
            if (_indexes.TryGetValue(name, out index)) return index;
            if (_sources.Length > MaxSources) return 0;
            index = (ushort)_sources.Length;
            _sources = [.. _sources, new SourceState(name.Length <= 64 ? name : name[..64], kind)];
            Names = [.. _sources.Select(static source => source.Name)];
            _indexes[name] = index;
            return index;
        }
    }
}

/// <summary>What is known of one input. Counters are updated from many threads.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">The door it uses.</param>
public sealed class SourceState(string name, string kind)
{
    private long _received;
    private long _rejected;
    private long _lastEventMicros;

    public string Name => name;

    public string Kind => kind;

    /// <summary>Events that came, good and bad.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Those of them that were not taken.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Latest event time, microseconds since 1970; 0 for none.</summary>
    public long LastEventMicros => Interlocked.Read(ref _lastEventMicros);

    /// <summary>What was wrong with the last event that was rejected; null if none was.</summary>
    public string? Problem { get; private set; }

    internal void CountReceived(long count) => Interlocked.Add(ref _received, count);

    internal void CountRejected(long count, string problem)
    {
        Interlocked.Add(ref _rejected, count);
        Problem = problem;
    }

    internal void See(long eventMicros)
    {
        if (eventMicros > LastEventMicros) Interlocked.Exchange(ref _lastEventMicros, eventMicros);
    }
}
