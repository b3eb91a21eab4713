using System.Collections.Concurrent;

namespace Vedette.Server.Ingestion;

/// <summary>The books of ingestion: received = analysed + deferred + rejected. Thread-safe.</summary>
public sealed class IngestionBooks
{
    private readonly ConcurrentDictionary<string, long> _rejected = new(StringComparer.Ordinal);
    private long _received;
    private long _analysed;

    /// <summary>Events that came in any way, readable or not.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Events that were analysed and stored.</summary>
    public long Analysed => Interlocked.Read(ref _analysed);

    /// <summary>Events that were refused.</summary>
    public long Rejected => _rejected.Values.Sum();

    /// <summary>Refused events by reason; the reasons are few and fixed.</summary>
    public IReadOnlyDictionary<string, long> RejectedByReason => _rejected;

    /// <summary>Events that wait for analysis or for the store.</summary>
    public long Deferred => Math.Max(0, Received - Analysed - Rejected);

    internal void CountReceived(long count) => Interlocked.Add(ref _received, count);

    internal void CountAnalysed(long count) => Interlocked.Add(ref _analysed, count);

    internal void CountRejected(string reason, long count) => _rejected.AddOrUpdate(reason, count, (_, before) => before + count);
}
