using Vedette.Storage.Control;

namespace Vedette.Storage.Tests.Contract;

/// <summary>Every store can be looked at, before it was ever opened and after, and is as it was then.</summary>
public abstract class LookContract<TStore> : IAsyncLifetime
    where TStore : IStoreUnderTest, new()
{
    private readonly TStore _underTest = new();

    private protected StorageOptions Options => _underTest.Options;

    public ValueTask InitializeAsync() => _underTest.CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _underTest.DisposeAsync();
    }

    [Fact]
    public async Task AStoreThatWasNeverOpenedIsAbsentAndStaysSo()
    {
        for (int i = 0; i < 2; i++)
        {
            StoreState state = await StoreInspector.LookAsync(Options, default);
            Assert.Equal((StoreAge.Absent, 0L, 0), (state.Age, state.Bytes, state.Keys));
            Assert.NotEmpty(state.Version);
        }
    }

    [Fact]
    public async Task AStoreThatWasClosedTellsWhatIsInIt()
    {
        await using (await FilledAsync())
        {
            // Closed at once.
        }
        StoreState state = await StoreInspector.LookAsync(Options, default);
        Assert.Equal((StoreAge.Current, 1), (state.Age, state.Keys));
        Assert.True(state.Bytes > 0);
    }

    private protected async Task<Store> FilledAsync()
    {
        Store store = StoreFactory.Create(Options, TimeProvider.System);
        await store.OpenAsync(default);
        await store.Control.SaveKeyAsync(new KeyRecord("k1", "ci", "ingest", [1], DateTimeOffset.UnixEpoch, null, null), default);
        await store.Events.AppendAsync(new SampleEvent(DateTimeOffset.UtcNow));
        return store;
    }
}

public sealed class ElasticsearchLookTests : LookContract<ElasticsearchUnderTest>;

public sealed class PostgreSqlLookTests : LookContract<PostgreSqlUnderTest>;

public sealed class SqliteLookTests : LookContract<SqliteUnderTest>
{
    private string Folder => Options.Url["sqlite:".Length..];

    [Fact]
    public async Task NoFileIsMadeOrChangedByLooking()
    {
        await using (await FilledAsync())
        {
            // Closed at once.
        }
        Dictionary<string, string> before = Files();
        await StoreInspector.LookAsync(Options, default);
        Assert.Equal(before, Files());
    }

    /// <summary>What a process that was killed leaves is in the log beside the file, and for the next start to fold in.</summary>
    [Fact]
    public async Task WhatIsOnlyInTheLogIsSeenAndLeftThere()
    {
        string left = Path.Combine(Folder, "left");
        await using (await FilledAsync())
        {
            Directory.CreateDirectory(left);
            foreach (string file in Directory.EnumerateFiles(Folder, "*.db*")) File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
        }
        string log = Path.Combine(left, "vedette.db-wal");
        long length = new FileInfo(log).Length;
        Assert.True(length > 0);
        StoreState state = await StoreInspector.LookAsync(new StorageOptions { Url = "sqlite:" + left }, default);
        Assert.Equal((StoreAge.Current, 1), (state.Age, state.Keys));
        Assert.Equal(length, new FileInfo(log).Length);
    }

    private Dictionary<string, string> Files() => Directory.EnumerateFiles(Folder).ToDictionary(static file => file, static file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
}
