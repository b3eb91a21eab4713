using Vedette.Engine.Events;
using Vedette.Storage;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Tests.Durability;

/// <summary>A real event store that can be made to be away.</summary>
internal sealed class FlakyStore(IEventStore inner) : IEventStore
{
    private volatile bool _isAway;
    private volatile bool _isWaitedFor;
    private volatile TaskCompletionSource? _stuck;

    public bool IsAway { set => _isAway = value; }

    /// <summary>While it is set, writes wait.</summary>
    public bool IsStuck
    {
        set
        {
            if (value) _stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else _stuck?.TrySetResult();
        }
    }

    /// <summary>True once a write has come to wait.</summary>
    public bool IsWaitedFor => _isWaitedFor;

    public string Kind => inner.Kind;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => Guard().OpenAsync(cancellationToken);

    public ValueTask<string?> ProblemAsync(CancellationToken cancellationToken) => _isAway ? new ValueTask<string?>("the disk is full") : inner.ProblemAsync(cancellationToken);

    public async ValueTask AppendAsync(IReadOnlyList<EventAppend> appends, CancellationToken cancellationToken)
    {
        if (_stuck is { Task.IsCompleted: false } stuck)
        {
            _isWaitedFor = true;
            await stuck.Task;
        }
        await Guard().AppendAsync(appends, cancellationToken);
    }

    public ValueTask<Receipt?> FindReceiptAsync(string idempotencyKey, CancellationToken cancellationToken) => Guard().FindReceiptAsync(idempotencyKey, cancellationToken);

    public ValueTask<Page<StoredEvent>> QueryAsync(EventQuery query, PageRequest page, CancellationToken cancellationToken) => Guard().QueryAsync(query, page, cancellationToken);

    public ValueTask<long> CountAsync(EventQuery query, long limit, CancellationToken cancellationToken) => Guard().CountAsync(query, limit, cancellationToken);

    public ValueTask ReadAsync(DateTimeOffset from, DateTimeOffset until, EventBatch fill, Func<EventBatch, ValueTask> onBatch, CancellationToken cancellationToken) =>
        Guard().ReadAsync(from, until, fill, onBatch, cancellationToken);

    public ValueTask<IReadOnlyList<TrafficBucket>> TrafficAsync(TrafficQuery query, CancellationToken cancellationToken) => Guard().TrafficAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<TrafficTotal>> TotalsAsync(TotalsQuery query, CancellationToken cancellationToken) => Guard().TotalsAsync(query, cancellationToken);

    public ValueTask<long> ApplyRetentionAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) => Guard().ApplyRetentionAsync(policy, now, cancellationToken);

    public ValueTask<long> SizeBytesAsync(CancellationToken cancellationToken) => Guard().SizeBytesAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private IEventStore Guard() => _isAway ? throw new StoreUnavailableException("the disk is full") : inner;
}
