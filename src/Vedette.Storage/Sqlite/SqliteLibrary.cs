using System.Runtime.InteropServices;
using SQLitePCL;

namespace Vedette.Storage.Sqlite;

/// <summary>Loads the SQLite engine: the system's, which gets security fixes, else the one that comes with the package.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Version of the engine in use, for example <c>3.40.1</c>.</summary>
    public static string Version => Loaded.Value;

    /// <summary>Must have run before the first connection; repeating it does nothing.</summary>
    public static void Initialize() => _ = Loaded.Value;

    private static string Load()
    {
        string name = OperatingSystem.IsWindows() ? "winsqlite3" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => NativeLibrary.TryLoad(name, out nint handle) ? handle : 0);
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }
}
