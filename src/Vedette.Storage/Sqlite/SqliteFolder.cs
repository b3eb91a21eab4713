namespace Vedette.Storage.Sqlite;

/// <summary>The folder the files are in.</summary>
internal static class SqliteFolder
{
    /// <summary>Creates it, for its owner alone: what is in it tells who does what.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
