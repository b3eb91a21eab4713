using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Vedette.Storage.Sqlite;

/// <summary>One connection to one file. For one thread at a time.</summary>
/// <remarks>
/// Write-ahead log with <c>synchronous=FULL</c>: a commit survives a power cut, and readers never wait for the writer.
/// The log is folded into the file every 32 MB instead of every 4, which halves what a fast writer writes.
/// </remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private const string Pragmas = """
        PRAGMA page_size = 8192;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4096;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA busy_timeout = 5000;
        PRAGMA temp_store = MEMORY;
        PRAGMA foreign_keys = ON;
        """;

    private readonly Dictionary<string, SqliteStatement> _statements = [];

    private SqliteDatabase(SqliteConnection connection, string path)
    {
        Connection = connection;
        Path = path;
    }

    public SqliteConnection Connection { get; }

    public string Path { get; }

    public sqlite3 Handle => Connection.Handle!;

    /// <summary>Opens the file, and creates it if it is absent.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cacheKilobytes">Memory for pages.</param>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public static SqliteDatabase Open(string path, int cacheKilobytes)
    {
        SqliteFolder.CreateFile(path);
        return Open(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }, path, $"{Pragmas} PRAGMA cache_size = -{cacheKilobytes};");
    }

    /// <summary>Opens a file that is there for reading alone, so that no other file appears beside it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public static SqliteDatabase OpenUnchanged(string path)
    {
        // Without a write-ahead log a reader would make one; told that nobody writes, it does not.
        string source = File.Exists(path + "-wal") ? path : new Uri(System.IO.Path.GetFullPath(path)).AbsoluteUri + "?immutable=1";
        return Open(new SqliteConnectionStringBuilder { DataSource = source, Pooling = false, Mode = SqliteOpenMode.ReadOnly }, path, "PRAGMA busy_timeout = 5000;");
    }

    private static SqliteDatabase Open(SqliteConnectionStringBuilder settings, string path, string pragmas)
    {
        SqliteLibrary.Initialize();
        var database = new SqliteDatabase(new SqliteConnection(settings.ToString()), path);
        try
        {
            database.Connection.Open();
            database.Execute(pragmas);
            return database;
        }
        catch (SqliteException e)
        {
            database.Dispose();
            throw SqliteFailure.Translate(e, path);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A statement prepared once per connection; the caller resets it after use and does not dispose of it.</summary>
    public SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out SqliteStatement? statement)) _statements.Add(sql, statement = new SqliteStatement(Handle, sql));
        return statement;
    }

    /// <summary>A statement of the moment, to be disposed of.</summary>
    public SqliteStatement Prepare(string sql) => new(Handle, sql);

    public void Execute(string sql)
    {
        int code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK) SqliteFailure.Throw(Handle, code);
    }

    /// <summary>First column of the first row as a number.</summary>
    public long Number(string sql)
    {
        SqliteStatement statement = Prepared(sql);
        long number = statement.Step() ? statement.Int64(0) : 0;
        statement.Reset();
        return number;
    }

    /// <summary>Begins to write; the lock is taken at once, so that the commit cannot fail for a reader turned writer.</summary>
    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit() => Execute("COMMIT");

    /// <summary>Undoes what was begun, if it was; never throws, for it runs where something has failed already.</summary>
    public void Rollback()
    {
        // Some failures (disk full, for one) make SQLite roll back by itself.
        if (Connection.Handle is { } handle && raw.sqlite3_get_autocommit(handle) == 0) raw.sqlite3_exec(handle, "ROLLBACK");
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        Connection.Dispose();
    }
}
