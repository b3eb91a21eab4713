using Vedette.Storage.Events;

namespace Vedette.Storage.Tests.Contract;

/// <summary>Opens a store for each test.</summary>
public abstract class StoreContract<TStore> : IAsyncLifetime
    where TStore : IStoreUnderTest, new()
{
    private protected static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TStore _underTest = new();
    private Store? _store;

    private protected ManualTime Time { get; } = new(Noon);

    private protected Store Store => _store!;

    private protected IEventStore Events => Store.Events;

    private protected StorageOptions Options => _underTest.Options;

    public async ValueTask InitializeAsync()
    {
        await _underTest.CreateAsync();
        _store = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null) await _store.DisposeAsync();
        await _underTest.DisposeAsync();
    }

    private protected async Task ReopenAsync()
    {
        await _store!.DisposeAsync();
        _store = await OpenAsync();
    }

    private async Task<Store> OpenAsync()
    {
        Store store = StoreFactory.Create(Options, Time);
        await store.OpenAsync(default);
        return store;
    }
}
