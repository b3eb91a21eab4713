using Npgsql;
using Vedette.Storage.Migrations;

namespace Vedette.Storage.PostgreSql;

/// <summary>Brings the schema up to date: one transaction per script, under an advisory lock.</summary>
internal static class PostgreSqlMigrator
{
    public static readonly IReadOnlyList<Migration> Migrations = Migration.Of("PostgreSql");

    /// <exception cref="StoreUnavailableException">The database is newer than the program.</exception>
    public static async ValueTask ApplyAsync(NpgsqlDataSource source, string database, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        foreach (Migration migration in Migrations)
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({PostgreSqlLocks.Space}, {PostgreSqlLocks.Migration})", cancellationToken);
            await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())", cancellationToken);
            int version = await VersionAsync(connection, cancellationToken);
            if (version > Migrations.Count) throw SchemaVersion.Newer(database, version, Migrations.Count);
            if (version < migration.Version)
            {
                await ExecuteAsync(connection, migration.Sql, cancellationToken);
                await using var note = new NpgsqlCommand("INSERT INTO schema_version (version, name) VALUES ($1, $2)", connection)
                {
                    Parameters = { new() { Value = migration.Version }, new() { Value = migration.Name } },
                };
                await note.ExecuteNonQueryAsync(cancellationToken);
            }
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <exception cref="StoreUnavailableException">The database is newer than the program.</exception>
    public static async ValueTask<StoreAge> AgeAsync(PostgreSqlServer server, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('schema_version') IS NOT NULL", connection);
        int version = (bool)(await exists.ExecuteScalarAsync(cancellationToken))! ? await VersionAsync(connection, cancellationToken) : 0;
        return SchemaVersion.AgeOf(server.Name, version, Migrations.Count);
    }

    private static async ValueTask<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT COALESCE(max(version), 0) FROM schema_version", connection);
        return (int)(await ask.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
