namespace Vedette.Storage.Sqlite;

/// <summary>Connections for reading, a few kept open for the days read last. Thread-safe.</summary>
internal sealed class SqliteReaderPool : IDisposable
{
    private const int MaxIdle = 24;
    private const int CacheKilobytes = 2 << 10;

    private readonly Lock _lock = new();
    private readonly List<SqliteDatabase> _idle = [];
    private bool _isDisposed;

    /// <summary>A connection to a file, to be given back by disposing the lease.</summary>
    public Lease Rent(string path)
    {
        lock (_lock)
        {
            int at = _idle.FindLastIndex(database => database.Path == path);
            if (at >= 0)
            {
                SqliteDatabase found = _idle[at];
                _idle.RemoveAt(at);
                return new Lease(this, found);
            }
        }
        return new Lease(this, SqliteDatabase.Open(path, CacheKilobytes));
    }

    /// <summary>Closes the idle connections to a file that is going to be deleted.</summary>
    public void Forget(string path)
    {
        lock (_lock)
        {
            foreach (SqliteDatabase database in _idle.Where(database => database.Path == path)) database.Dispose();
            _idle.RemoveAll(database => database.Path == path);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (SqliteDatabase database in _idle) database.Dispose();
            _idle.Clear();
        }
    }

    private void Return(SqliteDatabase database)
    {
        SqliteDatabase? closed = null;
        lock (_lock)
        {
            if (_isDisposed) closed = database;
            else
            {
                _idle.Add(database);
                if (_idle.Count > MaxIdle)
                {
                    closed = _idle[0];
                    _idle.RemoveAt(0);
                }
            }
        }
        closed?.Dispose();
    }

    public readonly struct Lease(SqliteReaderPool pool, SqliteDatabase database) : IDisposable
    {
        public SqliteDatabase Database => database;

        public void Dispose() => pool.Return(database);
    }
}
