using Vedette.Storage.Sqlite;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Bench;

/// <summary>Writes roll-ups without the events behind them.</summary>
internal static class RollupFill
{
    public static Task WriteAsync(StorageOptions options, Func<IEnumerable<TrafficDelta>> deltas)
    {
        if (!StoreUrl.TrySqliteFolder(options.Url, out string folder)) throw new ArgumentException($"{options.Url} is no SQLite store.", nameof(options));
        WriteSqlite(folder, deltas());
        return Task.CompletedTask;
    }

    private static void WriteSqlite(string folder, IEnumerable<TrafficDelta> deltas)
    {
        SqliteDatabase? database = null;
        int day = -1;
        foreach (TrafficDelta delta in deltas)
        {
            int next = (int)(delta.Minutes.First() / Events.DayNumber.MinutesPerDay);
            if (next != day)
            {
                database?.Dispose();
                day = next;
                database = SqliteDatabase.Open(SqliteDayFile.Of(folder, day).Path, 32 << 10);
                SqliteMigrator.Apply(database, SqliteMigrator.Events);
            }
            database!.Begin();
            new SqliteTrafficTable(database).Add(delta);
            database.Commit();
        }
        database?.Dispose();
    }
}
