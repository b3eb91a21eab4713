using Microsoft.Data.Sqlite;

namespace Vedette.Storage.Sqlite;

/// <summary>Looks into a folder of files without touching one.</summary>
internal static class SqliteInspector
{
    public static StoreState Look(string folder)
    {
        string version = $"SQLite {SqliteLibrary.Version}";
        string path = Path.Combine(folder, SqliteMainDatabase.FileName);
        if (!File.Exists(path)) return new StoreState(version, StoreAge.Absent, 0, 0);
        try
        {
            using SqliteDatabase main = SqliteDatabase.OpenUnchanged(path);
            StoreAge age = SqliteMigrator.AgeOf(main, SqliteMigrator.Main);
            if (age != StoreAge.Current) return new StoreState(version, age, 0, 0);
            return new StoreState(version, age, SqliteDayFile.In(folder).Sum(static day => day.SizeBytes), (int)main.Number("SELECT count(*) FROM api_keys"));
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Translate(e, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{folder}: {e.Message}", e);
        }
    }
}
