[assembly: AssemblyFixture(typeof(Vedette.Storage.Tests.PostgreSqlCluster))]

namespace Vedette.Storage.Tests;

/// <summary>The PostgreSQL server of one test run, started by the first test that needs it.</summary>
public sealed class PostgreSqlCluster : IDisposable
{
    private static readonly Lazy<PostgreSqlProcess> Running = new(static () => new PostgreSqlProcess(isDurable: false));
    private static int _databases;

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its URL.</returns>
    public static async Task<string> CreateDatabaseAsync()
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await Running.Value.ExecuteAsync($"CREATE DATABASE {name}");
        return Running.Value.UrlOf(name);
    }

    public static Task DropDatabaseAsync(string url) => Running.Value.ExecuteAsync($"DROP DATABASE {new Uri(url).AbsolutePath.Trim('/')} WITH (FORCE)");

    public void Dispose()
    {
        if (Running.IsValueCreated) Running.Value.Dispose();
    }
}
