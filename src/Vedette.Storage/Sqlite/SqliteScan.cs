using SQLitePCL;
using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Breaks off a connection's queries when their window is over or nobody waits for them any more.</summary>
internal sealed class SqliteScan : IDisposable
{
    private const int StepsBetweenLooks = 20_000;

    private readonly sqlite3 _database;
    private readonly CancellationToken _cancellationToken;

    public SqliteScan(SqliteDatabase database, SearchPace pace, CancellationToken cancellationToken)
    {
        _database = database.Handle;
        _cancellationToken = cancellationToken;
        Pace = pace;
        raw.sqlite3_progress_handler(_database, StepsBetweenLooks, Look, null);
    }

    public SearchPace Pace { get; }

    /// <summary>True while what runs is a window of a search, which may be broken off for its time.</summary>
    public bool IsTimed { get; set; }

    public void ThrowIfCancelled() => _cancellationToken.ThrowIfCancellationRequested();

    public void Dispose() => raw.sqlite3_progress_handler(_database, 0, null, null);

    private int Look(object? state) => _cancellationToken.IsCancellationRequested || (IsTimed && Pace.IsWindowOver) ? 1 : 0;
}
