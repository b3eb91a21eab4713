using Vedette.Engine.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Events;

/// <summary>Keeps events durably and finds them again. Writing (retention included) is for one caller at a time; reading is thread-safe and never waits for writing.</summary>
/// <remarks>
/// The server writes from one thread and reads from many. Every member throws <see cref="StoreUnavailableException"/> where the outside world fails; the caller
/// decides when to try again. Credentials and personal data are masked on the way in, before anything is written.
/// </remarks>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>The kind of store: <c>sqlite</c>, <c>postgresql</c>, <c>elasticsearch</c>.</summary>
    string Kind { get; }

    /// <summary>Name and version of the program or library that keeps it: <c>SQLite 3.40.1</c>.</summary>
    ValueTask<string> VersionAsync(CancellationToken cancellationToken) => new(Kind);

    /// <summary>Creates or migrates what it needs, under a lock, and puts right what a crash left.</summary>
    /// <remarks>One process writes events. Others may open the same store to read it while that one runs; their writing is refused until it has ended.</remarks>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>Null if it can be read and written now; else the reason, for <c>/health/ready</c>. For the caller that writes.</summary>
    ValueTask<string?> ProblemAsync(CancellationToken cancellationToken);

    /// <summary>Writes all batches and receipts in one commit that survives a power cut, or nothing.</summary>
    /// <param name="appends">What to write, in order.</param>
    /// <param name="cancellationToken">Gives up before the commit; after it the call succeeds.</param>
    ValueTask AppendAsync(IReadOnlyList<EventAppend> appends, CancellationToken cancellationToken);

    /// <summary>What was answered to the request that brought this idempotency key; null if it is not known (any more).</summary>
    ValueTask<Receipt?> FindReceiptAsync(string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Events that match, newest first: by millisecond, then by order of writing.</summary>
    /// <remarks>A search through many rows for few ends after about two seconds: the page then has fewer rows than asked for, none perhaps, and a cursor to go on from.</remarks>
    /// <exception cref="ArgumentException">The limit is not in 1 to 1000, or the cursor is not one that was handed out.</exception>
    ValueTask<Page<StoredEvent>> QueryAsync(EventQuery query, PageRequest page, CancellationToken cancellationToken);

    /// <summary>How many events match, counted up to <paramref name="limit"/>, and no further than about two seconds of counting get.</summary>
    ValueTask<long> CountAsync(EventQuery query, long limit, CancellationToken cancellationToken);

    /// <summary>Reads events of [<paramref name="from"/>, <paramref name="until"/>) in the order of <see cref="QueryAsync"/> reversed, to replay or learn from them.</summary>
    /// <param name="from">First event time.</param>
    /// <param name="until">Event time after the last; both to the millisecond.</param>
    /// <param name="fill">The batch to fill; cleared before each filling. About 4096 events a filling.</param>
    /// <param name="onBatch">Called with each filled batch, one after the other.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask ReadAsync(DateTimeOffset from, DateTimeOffset until, EventBatch fill, Func<EventBatch, ValueTask> onBatch, CancellationToken cancellationToken);

    /// <summary>Traffic from the roll-ups, never from raw rows; buckets without traffic are left out. Buckets of whole hours that begin at a full hour cost least.</summary>
    /// <exception cref="ArgumentException">The bucket is not whole minutes, or both an endpoint and a caller are given.</exception>
    ValueTask<IReadOnlyList<TrafficBucket>> TrafficAsync(TrafficQuery query, CancellationToken cancellationToken);

    /// <summary>Totals per route or caller from the roll-ups, the busiest first.</summary>
    /// <remarks>
    /// Of callers the busiest 512 of each minute and 2048 of each hour are kept by name, of pairs of caller and route 4096 of each hour; what the others did is part of the totals over all only.
    /// </remarks>
    /// <exception cref="ArgumentException">The limit is not in 1 to 10,000, or pairs are asked for without a key.</exception>
    ValueTask<IReadOnlyList<TrafficTotal>> TotalsAsync(TotalsQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes what is older than the policy allows, or the oldest days while the whole is larger; the current day always stays.</summary>
    /// <returns>Events that were deleted.</returns>
    ValueTask<long> ApplyRetentionAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Bytes on disk.</summary>
    ValueTask<long> SizeBytesAsync(CancellationToken cancellationToken);
}

/// <summary>How long events are kept.</summary>
/// <param name="MaxAge">Older days are deleted.</param>
/// <param name="MaxBytes">The oldest days are deleted while all are larger; 0 for no bound.</param>
public readonly record struct RetentionPolicy(TimeSpan MaxAge, long MaxBytes);
