using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Vedette.Storage.Sqlite;

/// <summary>Goes through one day's rows, newest first.</summary>
internal static class SqliteDaySearch
{
    /// <summary>A minute, in keys.</summary>
    private const long FirstWindow = 60_000L << EventId.WrittenBits;

    /// <summary>Reads up to <paramref name="limit"/> rows with keys in [<paramref name="first"/>, <paramref name="below"/>).</summary>
    /// <param name="database">The day's file.</param>
    /// <param name="scan">Bounds the time.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="columns">What to read of them; the key comes first.</param>
    /// <param name="first">Lowest key.</param>
    /// <param name="below">Key above the highest; receives the lowest key looked at.</param>
    /// <param name="limit">Rows at most.</param>
    /// <param name="onRow">Called with each row.</param>
    /// <returns>Rows read. With fewer than the limit and <paramref name="below"/> above <paramref name="first"/>, the time was up.</returns>
    public static int Find(SqliteDatabase database, SqliteScan scan, SqliteEventFilter filter, string columns, long first, ref long below, int limit, Action<SqliteStatement> onRow)
    {
        if (filter.IsEmpty) below = Math.Min(below, first);
        string index = filter.UsesRouteIndex ? " INDEXED BY events_route" : "";
        using SqliteStatement statement = database.Prepare($"SELECT {columns} FROM events{index} WHERE id >= ? AND id < ?{filter.Sql} ORDER BY id DESC LIMIT ?");
        int limitParameter = filter.Bind(statement, 3);
        long length = filter.IsIndexed ? long.MaxValue : FirstWindow;
        scan.IsTimed = !filter.IsIndexed;
        int found = 0;
        bool isFirstWindow = true;
        while (below > first && found < limit && (isFirstWindow || !scan.Pace.IsOver))
        {
            long from = length >= below - first ? first : below - length;
            statement.Bind(1, from);
            statement.Bind(2, below);
            statement.Bind(limitParameter, limit - found);
            int before = found;
            scan.Pace.BeginWindow();
            bool wasBrokenOff = !ReadWindow(statement, ref below, ref found, onRow);
            if (!wasBrokenOff && found < limit) below = from;
            isFirstWindow = wasBrokenOff && found == before;
            scan.ThrowIfCancelled();
            length = scan.Pace.NextLength(length, wasBrokenOff);
        }
        return found;
    }

    /// <summary>False if the window took too long; what it found until then counts.</summary>
    private static bool ReadWindow(SqliteStatement statement, ref long below, ref int found, Action<SqliteStatement> onRow)
    {
        try
        {
            while (statement.Step())
            {
                below = statement.Int64(0);
                found++;
                onRow(statement);
            }
            return true;
        }
        catch (OperationCanceledException e) when (e.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT })
        {
            return false;
        }
        finally
        {
            statement.Reset();
        }
    }
}
