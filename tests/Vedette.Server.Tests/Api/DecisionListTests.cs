using Vedette.Server.Api;
using Vedette.Storage;
using Vedette.Storage.Control;

namespace Vedette.Server.Tests.Api;

public sealed class DecisionListTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-decisions").FullName;
    private readonly ManualTime _time = new();
    private Store _store = null!;
    private DecisionList _list = null!;

    public async ValueTask InitializeAsync()
    {
        _store = StoreFactory.Create(new StorageOptions { Url = "sqlite:" + _folder }, _time);
        await _store.Control.OpenAsync(CancellationToken.None);
        _list = new DecisionList(_store.Control, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task WhatAnotherServerDecidesAndTakesBackIsSeen()
    {
        await _list.LoadAsync(CancellationToken.None);
        await _store.Control.SaveDecisionAsync(Decision("a", TimeSpan.FromDays(2)), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(5));
        await _list.LoadAsync(CancellationToken.None);
        Assert.Equal("a", Assert.Single(_list.Active).Id);
        await _store.Control.SaveDecisionAsync(_list.Find("a")! with { DeletedAt = _time.GetUtcNow() }, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(5));
        await _list.LoadAsync(CancellationToken.None);
        Assert.Empty(_list.Active);
    }

    [Fact]
    public async Task ADecisionIsForgottenSomeTimeAfterItsEnd()
    {
        await _list.SaveAsync(Decision("short", TimeSpan.FromHours(1)), CancellationToken.None);
        await _list.SaveAsync(Decision("long", TimeSpan.FromDays(90)), CancellationToken.None);
        _time.Advance(TimeSpan.FromDays(29));
        await _list.LoadAsync(CancellationToken.None);
        Assert.Equal(2, _list.All.Count());
        _time.Advance(TimeSpan.FromDays(2));
        await _list.LoadAsync(CancellationToken.None);
        Assert.Equal("long", Assert.Single(_list.All).Id);
        var restarted = new DecisionList(_store.Control, _time);
        await restarted.LoadAsync(CancellationToken.None);
        Assert.Equal("long", Assert.Single(restarted.All).Id);
    }

    private DecisionRecord Decision(string id, TimeSpan duration) => new(id, "ip", "203.0.113.9", "ban", "", "manual", _time.GetUtcNow(), _time.GetUtcNow() + duration, null, null);
}
