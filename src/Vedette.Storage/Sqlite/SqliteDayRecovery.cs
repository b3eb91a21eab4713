using SQLitePCL;
using Vedette.Engine.Events;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Sqlite;

/// <summary>Puts a day's file right after a crash.</summary>
internal static class SqliteDayRecovery
{
    /// <summary>Takes back what commits over several files wrote here if not all of their files have it.</summary>
    public static void UndoIncomplete(SqliteDatabase database, long completedCommit)
    {
        var incomplete = new List<long>();
        using (SqliteStatement pending = database.Prepare("SELECT commit_number FROM pending WHERE commit_number > ?"))
        {
            pending.Bind(1, completedCommit);
            while (pending.Step()) incomplete.Add(pending.Int64(0));
        }
        foreach (long commit in incomplete) Undo(database, commit);
        database.Execute("DELETE FROM pending");
    }

    /// <summary>Deletes the rows of a commit; those are the ones in its range of keys with its numbers of writing.</summary>
    public static void Undo(SqliteDatabase database, long commitNumber)
    {
        using SqliteStatement delete = database.Prepare($"""
            DELETE FROM events WHERE id BETWEEN (SELECT first_id FROM pending WHERE commit_number = ?1) AND (SELECT last_id FROM pending WHERE commit_number = ?1)
              AND (id & {EventId.WrittenMask}) >= (SELECT first_written FROM pending WHERE commit_number = ?1)
            """);
        delete.Bind(1, commitNumber);
        delete.Execute();
        using SqliteStatement forget = database.Prepare("DELETE FROM pending WHERE commit_number = ?");
        forget.Bind(1, commitNumber);
        forget.Execute();
    }

    /// <summary>Counts the rows that the roll-ups do not.</summary>
    public static TrafficDelta CountOpenMinutes(SqliteDatabase database, int day)
    {
        var delta = new TrafficDelta();
        long rolledUp = database.Number("SELECT rolled_up FROM progress");
        var minutes = new List<long>();
        using (SqliteStatement open = database.Prepare("SELECT minute FROM open_minutes"))
            while (open.Step()) minutes.Add(open.Int64(0));
        using SqliteStatement rows = database.Prepare($"""
            SELECT id, {SqliteColumns.Term("method")}, {SqliteColumns.Route}, client, user, {SqliteColumns.Term("api_key")}, session IS NOT NULL,
              status, duration, request_bytes, response_bytes, score, flags
            FROM events WHERE id >= ? AND id < ? AND (id & {EventId.WrittenMask}) > ?
            """);
        foreach (long minute in minutes)
        {
            long microsOfDay = (minute - day * DayNumber.MinutesPerDay) * DayNumber.MicrosPerMinute;
            rows.Bind(1, EventId.First(microsOfDay));
            rows.Bind(2, EventId.First(microsOfDay + DayNumber.MicrosPerMinute));
            rows.Bind(3, rolledUp);
            while (rows.Step()) CountRow(rows, minute, delta);
            rows.Reset();
        }
        return delta;
    }

    private static void CountRow(SqliteStatement row, long minute, TrafficDelta delta)
    {
        var keys = new EventKeys
        {
            Method = row.Bytes(1),
            Route = row.Bytes(2),
            Client = SqliteColumns.ClientOf(row, 3),
            ClientName = row.Type(3) == raw.SQLITE_TEXT ? row.Bytes(3) : [],
            Principal = row.IsNull(4) ? row.Bytes(5) : row.Bytes(4),
        };
        bool isAuthenticated = !row.IsNull(4) || !row.IsNull(5) || row.Int64(6) != 0;
        var flags = (StoredFlags)row.Int64(12);
        delta.Add(minute, EventId.Written(row.Int64(0)), keys, new EventFacts((int)row.Int64(7), NumberOf(row, 8), NumberOf(row, 9), NumberOf(row, 10),
            (flags & StoredFlags.Anomaly) != 0, isAuthenticated, EventScore.FromStored(row.Int64(11))));
    }

    private static long NumberOf(SqliteStatement row, int column) => row.IsNull(column) ? HttpEvent.Unknown : row.Int64(column);
}
