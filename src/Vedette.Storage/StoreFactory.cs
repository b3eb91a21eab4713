using Vedette.Engine.Redaction;
using Vedette.Storage.Control;
using Vedette.Storage.Elasticsearch;
using Vedette.Storage.Events;
using Vedette.Storage.PostgreSql;
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
        var fields = new EventFieldReader(redactor ?? Redactor.Default);
        if (StoreUrl.TrySqliteFolder(options.Url, out string folder))
        {
            var files = new SqliteMainDatabase(folder);
            return new Store(new SqliteEventStore(folder, fields, time), new SqlResultStore(files, "LIKE"), new SqlControlStore(files, time));
        }
        if (ElasticsearchUrl.Is(options.Url))
        {
            var client = new ElasticsearchClient(options);
            var control = new ElasticsearchControlStore(client, time);
            return new Store(new ElasticsearchEventStore(client, fields, time), new ElasticsearchResultStore(client, control, time), control);
        }
        // One pool of connections for all parts; it may be closed by each of them.
        var server = new PostgreSqlServer(options.Url, options.CommandTimeout);
        var main = new PostgreSqlMainDatabase(server);
        return new Store(new PostgreSqlEventStore(server, fields, time), new SqlResultStore(main, "ILIKE"), new SqlControlStore(main, time));
    }
}
