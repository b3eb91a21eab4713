namespace Vedette.Storage.Tests.Contract;

/// <summary>PostgreSQL with a database of its own in the cluster of this test run.</summary>
public sealed class PostgreSqlUnderTest : IStoreUnderTest
{
    private string? _url;

    /// <summary>A machine that runs other tests beside may take its time.</summary>
    public StorageOptions Options => new() { Url = _url ?? throw new InvalidOperationException("The database has not been created."), CommandTimeout = TimeSpan.FromMinutes(5) };

    public async ValueTask CreateAsync() => _url = await PostgreSqlCluster.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_url is not null) await PostgreSqlCluster.DropDatabaseAsync(_url);
    }
}
