using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Answers to requests with an idempotency key, and the number up to which commits over several files are complete. One writer; readers have their own connection.</summary>
internal sealed class SqliteReceipts : IDisposable
{
    private const int CacheKilobytes = 2 << 10;

    private readonly SqliteDatabase _writer;
    private readonly SqliteDatabase _reader;
    private readonly Lock _readLock = new();

    /// <summary>Opens the file; a new one takes all earlier commits as complete.</summary>
    public SqliteReceipts(string path)
    {
        _writer = SqliteDatabase.Open(path, CacheKilobytes);
        try
        {
            SqliteMigrator.Apply(_writer, SqliteMigrator.Receipts);
            _reader = SqliteDatabase.Open(path, CacheKilobytes);
        }
        catch
        {
            _writer.Dispose();
            throw;
        }
    }

    /// <summary>Number of the last complete commit over several files.</summary>
    public long CompletedCommit => _writer.Number("SELECT completed FROM commits");

    /// <summary>With this commit the commit over several files is complete, and its receipts are known.</summary>
    public void Complete(long commitNumber, IEnumerable<Receipt> receipts)
    {
        _writer.Begin();
        try
        {
            foreach (Receipt receipt in receipts) Save(receipt);
            SqliteStatement complete = _writer.Prepared("UPDATE commits SET completed = ?");
            complete.Bind(1, commitNumber);
            complete.Execute();
            _writer.Commit();
        }
        catch
        {
            _writer.Rollback();
            throw;
        }
    }

    /// <summary>Throws if nothing can be written now.</summary>
    public void CheckWritable() => Complete(CompletedCommit, []);

    public Receipt? Find(string key)
    {
        lock (_readLock)
        {
            SqliteStatement find = _reader.Prepared("SELECT accepted, answer, time FROM receipts WHERE key = ?");
            find.BindText(1, key);
            try
            {
                return find.Step() ? new Receipt(key, (int)find.Int64(0), find.Text(1)!, DayNumber.FromMicros(find.Int64(2))) : null;
            }
            finally
            {
                find.Reset();
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    private void Save(Receipt receipt)
    {
        SqliteStatement expire = _writer.Prepared("DELETE FROM receipts WHERE time < ?");
        expire.Bind(1, DayNumber.ToMicros(receipt.Time - Receipt.KeptFor));
        expire.Execute();
        SqliteStatement save = _writer.Prepared("INSERT OR REPLACE INTO receipts VALUES (?, ?, ?, ?)");
        save.BindText(1, receipt.Key);
        save.Bind(2, receipt.Accepted);
        save.BindText(3, receipt.Answer);
        save.Bind(4, DayNumber.ToMicros(receipt.Time));
        save.Execute();
    }
}
