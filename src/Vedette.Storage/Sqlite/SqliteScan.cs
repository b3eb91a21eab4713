using System.Diagnostics;
using SQLitePCL;

namespace Vedette.Storage.Sqlite;

/// <summary>Bounds how long a search for few rows among many may take.</summary>
/// <remarks>
/// A filtered search goes through the keys in windows, newest first, whose length follows the time they take. A window that takes too long is broken off: what it found is kept, and the
/// search goes on with a shorter one. When the time is up the search ends at a window's edge, from where a later one can go on.
/// </remarks>
internal sealed class SqliteScan : IDisposable
{
    private const int StepsBetweenLooks = 20_000;
    private static readonly TimeSpan WindowTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TotalTime = TimeSpan.FromSeconds(1.5);

    private readonly sqlite3 _database;
    private readonly CancellationToken _cancellationToken;
    private readonly long _started;
    private long _windowStarted;

    public SqliteScan(SqliteDatabase database, long started, CancellationToken cancellationToken)
    {
        _database = database.Handle;
        _cancellationToken = cancellationToken;
        _started = started;
        _windowStarted = started;
        raw.sqlite3_progress_handler(_database, StepsBetweenLooks, Look, null);
    }

    /// <summary>True once no new window should be begun.</summary>
    public bool IsOver => Stopwatch.GetElapsedTime(_started) > TotalTime;

    /// <summary>False for a search that must not be broken off: it ends when cancelled only.</summary>
    public bool IsTimed { get; set; } = true;

    public void BeginWindow() => _windowStarted = Stopwatch.GetTimestamp();

    /// <summary>Length of the next window, given the last and the time it took.</summary>
    /// <exception cref="OperationCanceledException">It was broken off because nobody waits for it any more.</exception>
    public long NextLength(long length, bool wasBrokenOff)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (wasBrokenOff) return Math.Max(1, length / 8);
        return Stopwatch.GetElapsedTime(_windowStarted) < WindowTime / 8 && length < long.MaxValue / 4 ? length * 4 : length;
    }

    public void Dispose() => raw.sqlite3_progress_handler(_database, 0, null, null);

    private int Look(object? state) =>
        _cancellationToken.IsCancellationRequested || (IsTimed && Stopwatch.GetElapsedTime(_windowStarted) > WindowTime) ? 1 : 0;
}
