using Vedette.Engine.Redaction;
using Vedette.Storage.Control;
using Vedette.Storage.Results;
using Vedette.Storage.Sqlite;

namespace Vedette.Storage;

/// <summary>Makes the store that the settings name.</summary>
public static class StoreFactory
{
    /// <summary>Makes a store without touching it: nothing fails here because a database is away. Open its parts next, and again after <see cref="StoreUnavailableException"/>.</summary>
    /// <param name="options">Valid settings: <see cref="StorageOptions.Problems"/> has none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="redactor">Masks what must not be kept; the default rules if null.</param>
    /// <exception cref="ArgumentException">The settings are wrong; the message says which.</exception>
    public static Store Create(StorageOptions options, TimeProvider time, Redactor? redactor = null)
    {
        string[] problems = [.. options.Problems()];
        if (problems.Length > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        if (!StoreUrl.TrySqliteFolder(options.Url, out string folder)) throw new ArgumentException("Storage:Url names a kind of store that is not there yet.", nameof(options));
        var main = new SqliteMainDatabase(folder);
        return new Store(new SqliteEventStore(folder, redactor ?? Redactor.Default, time), new SqlResultStore(main, "LIKE"), new SqlControlStore(main, time));
    }
}
