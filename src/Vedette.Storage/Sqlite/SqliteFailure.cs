using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Vedette.Storage.Sqlite;

/// <summary>Tells failures of the outside world from mistakes in the program.</summary>
internal static class SqliteFailure
{
    /// <summary>Throws for a result code that is none of success.</summary>
    public static void Throw(sqlite3 database, int code)
    {
        string message = raw.sqlite3_errmsg(database).utf8_to_string();
        int extended = raw.sqlite3_extended_errcode(database);
        throw Translate(new SqliteException(message, code, extended), raw.sqlite3_db_filename(database, "main").utf8_to_string());
    }

    /// <summary>The exception to throw in place of <paramref name="e"/>.</summary>
    public static Exception Translate(SqliteException e, string file)
    {
        if (e.SqliteErrorCode == raw.SQLITE_INTERRUPT) return new OperationCanceledException("The query was canceled.", e);
        string? reason = e.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => "the disk is full; free some space or lower Storage:MaxBytes",
            raw.SQLITE_IOERR => "reading or writing failed; check the disk and its free space",
            raw.SQLITE_READONLY => "the file is read-only; give the program's user the right to write it",
            raw.SQLITE_CANTOPEN => "it cannot be opened; check that the folder exists and may be written",
            raw.SQLITE_PERM or raw.SQLITE_AUTH => "access is denied",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds it locked",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "it is damaged; move it away and restore it from a backup",
            raw.SQLITE_NOMEM => "there is not enough memory",
            _ => null,
        };
        return reason is null ? e : new StoreUnavailableException($"{file}: {reason} ({e.Message})", e);
    }
}
