using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Sqlite;

/// <summary>Writes one day's file. For one thread.</summary>
internal sealed class SqliteDayWriter : IDisposable
{
    private const int CacheKilobytes = 8 << 10;
    private const int MaxCells = 60_000;
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(10);

    private readonly SqliteDatabase _database;
    private readonly SqliteTerms _terms;
    private readonly SqliteEventInsert _insert;
    private readonly SqliteTrafficTable _traffic;
    private readonly EventFieldReader _fields;
    private readonly TrafficLedger _ledger;
    private readonly TimeProvider _time;
    private long _written;
    private long _lastFlush;

    /// <exception cref="StoreUnavailableException">The file cannot be opened or written.</exception>
    public SqliteDayWriter(int day, string path, TrafficLedger ledger, EventFieldReader fields, TimeProvider time)
    {
        Day = day;
        _ledger = ledger;
        _fields = fields;
        _time = time;
        _lastFlush = time.GetTimestamp();
        _database = SqliteDatabase.Open(path, CacheKilobytes);
        try
        {
            SqliteMigrator.Apply(_database, SqliteMigrator.Events);
            _terms = new SqliteTerms(_database);
            _insert = new SqliteEventInsert(_database, _terms);
            _traffic = new SqliteTrafficTable(_database);
            _written = _database.Number("SELECT written FROM progress");
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    public int Day { get; }

    /// <summary>Writes a share in one commit.</summary>
    /// <param name="share">The events.</param>
    /// <param name="commitNumber">Of the commit over several files this is part of; 0 if this file is all.</param>
    public void Write(DayShare share, long commitNumber)
    {
        bool flushes = !_ledger.IsEmpty && (_ledger.CellCount > MaxCells || _time.GetElapsedTime(_lastFlush) > FlushEvery);
        InTransaction(flushes, () =>
        {
            long[] ids = EventId.Of(share, _written);
            if (commitNumber != 0) NotePending(commitNumber, ids);
            NoteMinutes(share, isKnown: flushes ? static _ => false : _ledger.IsOpen);
            WriteRows(share, ids);
            SetWritten(_written + share.Count);
        });
        _written += share.Count;
    }

    /// <summary>Counts a share that is committed in all its files.</summary>
    public void Count(DayShare share) => _ledger.Apply(delta => _fields.Count(share, _written - share.Count, delta));

    /// <summary>Takes back what the commit wrote to this file, if it did.</summary>
    public void Undo(long commitNumber) => InTransaction(flushes: false, () => SqliteDayRecovery.Undo(_database, commitNumber));

    /// <summary>Brings what was counted in memory into the tables.</summary>
    public void Flush()
    {
        if (!_ledger.IsEmpty) InTransaction(flushes: true, static () => { });
    }

    /// <summary>After a crash: takes back incomplete commits, counts what the roll-ups lack.</summary>
    /// <param name="completedCommit">Commits over several files are complete up to this number.</param>
    public void Recover(long completedCommit)
    {
        InTransaction(flushes: false, () => SqliteDayRecovery.UndoIncomplete(_database, completedCommit));
        _ledger.Restore(SqliteDayRecovery.CountOpenMinutes(_database, Day));
        Flush();
    }

    /// <summary>Closes the file. What was counted in memory and not flushed stays with the ledger.</summary>
    public void Dispose() => _database.Dispose();

    private void InTransaction(bool flushes, Action work)
    {
        _database.Begin();
        bool isFlushing = false;
        try
        {
            if (flushes)
            {
                TrafficDelta delta = _ledger.BeginFlush();
                isFlushing = true;
                _traffic.Add(delta);
                _database.Execute($"DELETE FROM open_minutes; UPDATE progress SET rolled_up = {_written}");
            }
            work();
            _database.Commit();
        }
        catch
        {
            _database.Rollback();
            _terms.RolledBack();
            if (isFlushing) _ledger.AbortFlush();
            throw;
        }
        _terms.Committed();
        if (!isFlushing) return;
        _ledger.EndFlush();
        _lastFlush = _time.GetTimestamp();
    }

    private void NotePending(long commitNumber, long[] ids)
    {
        // Earlier commits were finished or taken back before this one began.
        _database.Execute("DELETE FROM pending");
        SqliteStatement note = _database.Prepared("INSERT INTO pending VALUES (?, ?, ?, ?)");
        note.Bind(1, commitNumber);
        note.Bind(2, _written + 1);
        note.Bind(3, ids.Min());
        note.Bind(4, ids.Max());
        note.Execute();
    }

    private void NoteMinutes(DayShare share, Func<long, bool> isKnown)
    {
        SqliteStatement note = _database.Prepared("INSERT OR IGNORE INTO open_minutes VALUES (?)");
        long last = -1;
        for (int i = 0; i < share.Count; i++)
        {
            long minute = share[i].TimeMicros / DayNumber.MicrosPerMinute;
            if (minute == last || isKnown(minute)) continue;
            note.Bind(1, minute);
            note.Execute();
            last = minute;
        }
    }

    /// <summary>In the order of their keys, which the table is kept in: pages are filled one after the other.</summary>
    private void WriteRows(DayShare share, long[] ids)
    {
        int[] order = [.. Enumerable.Range(0, ids.Length)];
        Array.Sort((long[])ids.Clone(), order);
        foreach (int i in order)
        {
            (EventAppend append, int index, long timeMicros) = share[i];
            ref readonly HttpEvent request = ref append.Events.Events[index];
            ref readonly EventOutcome outcome = ref append.Outcomes.Span[index];
            _insert.Write(ids[i], timeMicros, request, outcome, _fields.Read(append.Events, request, outcome, append.SourceNames));
        }
    }

    private void SetWritten(long written)
    {
        SqliteStatement set = _database.Prepared("UPDATE progress SET written = ?");
        set.Bind(1, written);
        set.Execute();
    }
}
