using Vedette.Storage.Elasticsearch;
using Vedette.Storage.PostgreSql;
using Vedette.Storage.Sqlite;

namespace Vedette.Storage;

/// <summary>Looks at a store from outside: nothing is created, brought up to date, repaired or locked.</summary>
public static class StoreInspector
{
    /// <summary>Sees what is there.</summary>
    /// <param name="options">Valid settings: <see cref="StorageOptions.Problems"/> has none.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="StoreUnavailableException">It cannot be reached or read, or was written by a newer version of the program.</exception>
    public static async ValueTask<StoreState> LookAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        if (StoreUrl.TrySqliteFolder(options.Url, out string folder)) return SqliteInspector.Look(folder);
        await using Store store = StoreFactory.Create(options, TimeProvider.System);
        string version = await store.Events.VersionAsync(cancellationToken);
        StoreAge age = ElasticsearchUrl.Is(options.Url) ? await ElasticsearchAgeAsync(options, cancellationToken) : await PostgreSqlAgeAsync(options, cancellationToken);
        if (age != StoreAge.Current) return new StoreState(version, age, 0, 0);
        return new StoreState(version, age, await store.Events.SizeBytesAsync(cancellationToken), (await store.Control.KeysAsync(cancellationToken)).Count);
    }

    /// <summary>Templates are put in place at every start, so none is ever older.</summary>
    private static async ValueTask<StoreAge> ElasticsearchAgeAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        await using var client = new ElasticsearchClient(options);
        return await ElasticsearchSchema.IsAppliedAsync(client, cancellationToken) ? StoreAge.Current : StoreAge.Absent;
    }

    private static async ValueTask<StoreAge> PostgreSqlAgeAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        await using var server = new PostgreSqlServer(options.Url, options.CommandTimeout);
        return await server.RunAsync(() => PostgreSqlMigrator.AgeAsync(server, cancellationToken), cancellationToken);
    }
}
