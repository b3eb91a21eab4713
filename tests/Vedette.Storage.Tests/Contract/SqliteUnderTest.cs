namespace Vedette.Storage.Tests.Contract;

/// <summary>SQLite in a folder of its own.</summary>
public sealed class SqliteUnderTest : IStoreUnderTest
{
    private readonly TestFolder _folder = new();

    public StorageOptions Options => new() { Url = "sqlite:" + _folder.Path };

    public ValueTask CreateAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
