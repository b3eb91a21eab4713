using System.Text;
using SQLitePCL;

namespace Vedette.Storage.Sqlite;

/// <summary>A prepared statement, bound from and read into UTF-8 spans. Parameters count from 1, columns from 0.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        int code = raw.sqlite3_prepare_v2(database, sql, out _statement);
        if (code != raw.SQLITE_OK) SqliteFailure.Throw(database, code);
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    public void Bind(int parameter, double value) => Check(raw.sqlite3_bind_double(_statement, parameter, value));

    public void BindNull(int parameter) => Check(raw.sqlite3_bind_null(_statement, parameter));

    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(_statement, parameter, utf8));

    public void BindText(int parameter, string text) => Check(raw.sqlite3_bind_text(_statement, parameter, text));

    public void BindBlob(int parameter, ReadOnlySpan<byte> bytes) =>
        // An empty span has no address, and that would bind NULL.
        Check(bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, bytes));

    /// <summary>True while there is a row.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) Fail(code);
        return false;
    }

    /// <summary>Runs to the end and makes ready for the next binding.</summary>
    public void Execute()
    {
        int code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW)) Fail(code);
        raw.sqlite3_reset(_statement);
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public int Type(int column) => raw.sqlite3_column_type(_statement, column);

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    /// <summary>The bytes of a text or blob, valid until the next step. Text may hold NUL, so it is not read as a C string.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Text, bytes that are no UTF-8 replaced; null for NULL.</summary>
    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Bytes(column));

    public void Dispose() => _statement.Dispose();

    /// <summary>A statement that failed has to be reset before it can be bound again.</summary>
    private void Fail(int code)
    {
        try
        {
            SqliteFailure.Throw(_database, code);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteFailure.Throw(_database, code);
    }
}
