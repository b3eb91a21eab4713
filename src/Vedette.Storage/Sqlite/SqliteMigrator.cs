using Vedette.Storage.Migrations;

namespace Vedette.Storage.Sqlite;

/// <summary>Brings a file's schema up to date: one transaction per script, under the file's write lock.</summary>
internal static class SqliteMigrator
{
    public static readonly IReadOnlyList<Migration> Events = Migration.Of("Sqlite/Events");
    public static readonly IReadOnlyList<Migration> Receipts = Migration.Of("Sqlite/Receipts");
    public static readonly IReadOnlyList<Migration> Main = Migration.Of("Sqlite/Main");

    /// <exception cref="StoreUnavailableException">The file is newer than the program, or cannot be written.</exception>
    public static void Apply(SqliteDatabase database, IReadOnlyList<Migration> migrations)
    {
        if (VersionOf(database) == migrations.Count) return;
        foreach (Migration migration in migrations)
        {
            database.Execute("BEGIN EXCLUSIVE");
            try
            {
                // Asked under the lock: another process may have been here since.
                int version = VersionOf(database);
                if (version > migrations.Count) throw SchemaVersion.Newer(database.Path, version, migrations.Count);
                if (version < migration.Version) Run(database, migration);
                database.Commit();
            }
            catch
            {
                database.Rollback();
                throw;
            }
        }
    }

    /// <exception cref="StoreUnavailableException">The file is newer than the program.</exception>
    public static StoreAge AgeOf(SqliteDatabase database, IReadOnlyList<Migration> migrations) => SchemaVersion.AgeOf(database.Path, VersionOf(database), migrations.Count);

    private static void Run(SqliteDatabase database, Migration migration)
    {
        database.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
        database.Execute(migration.Sql);
        using SqliteStatement note = database.Prepare("INSERT INTO schema_version VALUES (?, ?, CAST(strftime('%s', 'now') AS INTEGER))");
        note.Bind(1, migration.Version);
        note.BindText(2, migration.Name);
        note.Execute();
    }

    private static int VersionOf(SqliteDatabase database)
    {
        using SqliteStatement exists = database.Prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'");
        if (!exists.Step()) return 0;
        using SqliteStatement version = database.Prepare("SELECT max(version) FROM schema_version");
        return version.Step() ? (int)version.Int64(0) : 0;
    }
}
