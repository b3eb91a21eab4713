using Vedette.Engine.Events;
using Vedette.Storage;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Tests.Enforcement;

/// <summary>A past to read: who came from an address, and how much of all traffic it was. It keeps nothing.</summary>
internal sealed class PastStore : IEventStore
{
    public IReadOnlyList<StoredEvent> Events { get; set; } = [];

    public long AllRequests { get; set; } = 1000;

    public Dictionary<string, long> Requests { get; } = [];

    public string Kind => "past";

    public ValueTask<Page<StoredEvent>> QueryAsync(EventQuery query, PageRequest page, CancellationToken cancellationToken) =>
        new(new Page<StoredEvent>([.. Events.Where(e => e.ClientIp == query.ClientIp && (query.To is null || e.Timestamp < query.To))], null));

    public ValueTask<IReadOnlyList<TrafficBucket>> TrafficAsync(TrafficQuery query, CancellationToken cancellationToken) =>
        new([new TrafficBucket(query.From, new TrafficCounts { Requests = query.Caller is null ? AllRequests : Requests.GetValueOrDefault(query.Caller) })]);

    public ValueTask OpenAsync(CancellationToken cancellationToken) => default;

    public ValueTask<string?> ProblemAsync(CancellationToken cancellationToken) => default;

    public ValueTask AppendAsync(IReadOnlyList<EventAppend> appends, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Receipt?> FindReceiptAsync(string idempotencyKey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long> CountAsync(EventQuery query, long limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ReadAsync(DateTimeOffset from, DateTimeOffset until, EventBatch fill, Func<EventBatch, ValueTask> onBatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<TrafficTotal>> TotalsAsync(TotalsQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long> ApplyRetentionAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long> SizeBytesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;
}
