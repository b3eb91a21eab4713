using System.Globalization;
using Npgsql;

namespace Vedette.Storage.PostgreSql;

/// <summary>A database on a server, with a pool of connections. Made without touching it; shared by the parts of a store.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isMigrated;

    /// <exception cref="ArgumentException">The URL is wrong.</exception>
    public PostgreSqlServer(string url, TimeSpan commandTimeout)
    {
        NpgsqlConnectionStringBuilder settings = PostgreSqlUrl.Parse(url);
        long milliseconds = (long)commandTimeout.TotalMilliseconds;
        // The server gives up first; the driver, a little later, only if the server does not answer at all.
        settings.Options = string.Create(CultureInfo.InvariantCulture, $"{settings.Options} -c statement_timeout={milliseconds} -c lock_timeout={Math.Min(milliseconds, 10_000)}").Trim();
        settings.CommandTimeout = (int)commandTimeout.TotalSeconds + 5;
        settings.KeepAlive = 30;
        settings.MaxPoolSize = 20;
        Name = $"PostgreSQL database {settings.Database} on {settings.Host}:{settings.Port}";
        Source = NpgsqlDataSource.Create(settings);
    }

    /// <summary>For messages, without user and password.</summary>
    public string Name { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>Applies migrations once.</summary>
    public ValueTask OpenAsync(CancellationToken cancellationToken) => RunAsync(async () =>
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_isMigrated) await PostgreSqlMigrator.ApplyAsync(Source, Name, cancellationToken);
            _isMigrated = true;
        }
        finally
        {
            _turn.Release();
        }
    }, cancellationToken);

    /// <summary>All failures of the outside world become <see cref="StoreUnavailableException"/>.</summary>
    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (PostgreSqlFailure.IsOutside(e))
        {
            throw PostgreSqlFailure.Translate(e, Name, cancellationToken);
        }
    }

    public async ValueTask RunAsync(Func<ValueTask> work, CancellationToken cancellationToken) => await RunAsync(async () =>
    {
        await work();
        return true;
    }, cancellationToken);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
