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
            await using var ask = new NpgsqlCommand("SELECT COALESCE(max(version), 0) FROM schema_version", connection);
            int version = (int)(await ask.ExecuteScalarAsync(cancellationToken))!;
            if (version > Migrations.Count) throw SchemaNewer.Exception(database, version, Migrations.Count);
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

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
