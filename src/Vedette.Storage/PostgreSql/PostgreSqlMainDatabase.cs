using System.Data.Common;
using Npgsql;
using Vedette.Storage.Sql;

namespace Vedette.Storage.PostgreSql;

/// <summary>Results and control records in PostgreSQL.</summary>
internal sealed class PostgreSqlMainDatabase(PostgreSqlServer server) : SqlDatabase
{
    public override ValueTask OpenAsync(CancellationToken cancellationToken) => server.OpenAsync(cancellationToken);

    public override ValueTask<T> ReadAsync<T>(Func<DbConnection, ValueTask<T>> read, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        return await read(connection);
    }, cancellationToken);

    public override ValueTask<T> WriteAsync<T>(Func<DbConnection, ValueTask<T>> write, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        T result = await write(connection);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }, cancellationToken);

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
