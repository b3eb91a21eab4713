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
    private FileStream? _lock;
    private bool _isNumberKnown;
    private (long Number, IReadOnlyList<int> Days)? _unfinished;

    public SqliteEventStore(string folder, EventFieldReader fields, TimeProvider time)
    {
        _folder = folder;
        _time = time;
        _days = new SqliteDays(folder, fields, time);
    }

    public string Kind => "sqlite";

    public ValueTask<string> VersionAsync(CancellationToken cancellationToken) => new($"SQLite {SqliteLibrary.Version}");

    public ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_receipts is not null) return ValueTask.CompletedTask;
        Run(() =>
        {
            SqliteFolder.Create(_folder);
            string path = Path.Combine(_folder, "receipts.db");
            _isNumberKnown = File.Exists(path);
            var receipts = new SqliteReceipts(path);
            try
            {
                if (!TryTakeFolder(receipts)) _days.OpenForReading(_readers);
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
                SqliteReceipts receipts = Writable();
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

    public async ValueTask DisposeAsync()
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
            if (_lock is not null) await _lock.DisposeAsync();
            _lock = null;
        }
    }

    private SqliteReceipts Opened() => _receipts ?? throw new StoreUnavailableException($"The event store in {_folder} is not open.");

    /// <summary>Before anything is written: takes the folder, if another process had it at first.</summary>
    private SqliteReceipts Writable()
    {
        SqliteReceipts receipts = Opened();
        if (_lock is null && !TryTakeFolder(receipts))
            throw new StoreUnavailableException($"Another Vedette process writes events to {_folder}. Stop it, or set Storage:Url to another folder.");
        return receipts;
    }

    private bool TryTakeFolder(SqliteReceipts receipts)
    {
        FileStream? taken = SqliteFolder.TryLock(_folder);
        if (taken is null) return false;
        try
        {
            // Without the file of receipts nothing is known of earlier commits; they are taken for complete.
            _days.Open(_isNumberKnown ? receipts.CompletedCommit : long.MaxValue);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
        _lock = taken;
        return true;
    }

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
