using Microsoft.Data.Sqlite;
using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Events in one SQLite file per UTC day. Work is done on the calling thread.</summary>
/// <remarks>
/// A group that touches one day and brings no receipts is one commit of one file. Any other is numbered: each day's file notes the number with its rows, and the receipts' file makes the commit
/// complete by noting it last. A number that is missing there is taken back, at once when a later part fails, at the next start after a crash.
/// </remarks>
internal sealed partial class SqliteEventStore : IEventStore
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly SqliteReaderPool _readers = new();
    private readonly SqliteDays _days;
    private SqliteReceipts? _receipts;
    private (long Number, IReadOnlyList<int> Days)? _unfinished;

    public SqliteEventStore(string folder, EventFieldReader fields, TimeProvider time)
    {
        _folder = folder;
        _time = time;
        _days = new SqliteDays(folder, fields, time);
    }

    public string Kind => "sqlite";

    public ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_receipts is not null) return ValueTask.CompletedTask;
        Run(() =>
        {
            SqliteFolder.Create(_folder);
            string path = Path.Combine(_folder, "receipts.db");
            bool isNew = !File.Exists(path);
            var receipts = new SqliteReceipts(path);
            try
            {
                _days.Open(isNew ? long.MaxValue : receipts.CompletedCommit);
            }
            catch
            {
                receipts.Dispose();
                throw;
            }
            _receipts = receipts;
            return 0;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult(Run(() =>
            {
                SqliteReceipts receipts = Opened();
                if (_unfinished is not null) return "A commit that failed half-way has not been taken back yet; the next write tries again.";
                receipts.CheckWritable();
                return null;
            }));
        }
        catch (StoreUnavailableException e)
        {
            return ValueTask.FromResult<string?>(e.Message);
        }
    }

    public ValueTask<Receipt?> FindReceiptAsync(string idempotencyKey, CancellationToken cancellationToken) => ValueTask.FromResult(Run(() => Opened().Find(idempotencyKey)));

    public ValueTask<long> SizeBytesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_days.Files.Values.Sum(static file => file.SizeBytes));

    public ValueTask DisposeAsync()
    {
        try
        {
            _days.Dispose();
        }
        finally
        {
            _readers.Dispose();
            _receipts?.Dispose();
            _receipts = null;
        }
        return ValueTask.CompletedTask;
    }

    private SqliteReceipts Opened() => _receipts ?? throw new StoreUnavailableException($"The event store in {_folder} is not open.");

    /// <summary>All failures of the outside world become <see cref="StoreUnavailableException"/>.</summary>
    private T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Translate(e, _folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{_folder}: {e.Message}", e);
        }
    }
}
