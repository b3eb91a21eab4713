using System.Data.Common;

namespace Vedette.Storage.Sql;

/// <summary>A database of few rows behind the framework's own abstraction, so that what is kept in it is written once for every kind of database.</summary>
internal abstract class SqlDatabase : IAsyncDisposable
{
    /// <summary>Creates what is missing, applies migrations, and checks that it can be reached. Repeating it does nothing.</summary>
    /// <exception cref="StoreUnavailableException">It cannot.</exception>
    public abstract ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>Runs a reading on a connection of its own.</summary>
    public abstract ValueTask<T> ReadAsync<T>(Func<DbConnection, ValueTask<T>> read, CancellationToken cancellationToken);

    /// <summary>Runs a writing in one transaction, which is committed when it returns.</summary>
    public abstract ValueTask<T> WriteAsync<T>(Func<DbConnection, ValueTask<T>> write, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
