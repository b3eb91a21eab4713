using Vedette.Storage.Control;

namespace Vedette.Storage.Tests.Contract;

/// <summary>What every store of control records promises.</summary>
public abstract class ControlStoreContract<TStore> : StoreContract<TStore>
    where TStore : IStoreUnderTest, new()
{
    private IControlStore Control => Store.Control;

    [Fact]
    public async Task AKeyIsReplacedByOneOfTheSameId()
    {
        var key = new KeyRecord("k1", "ci", "ingest", [1, 2, 3, 0], Noon, null, null);
        await Control.SaveKeyAsync(key, default);
        await Control.SaveKeyAsync(new KeyRecord("k2", "other", "admin", [9], Noon.AddHours(1), Noon.AddDays(1), null), default);
        await Control.SaveKeyAsync(key with { RevokedAt = Noon.AddHours(2) }, default);
        IReadOnlyList<KeyRecord> keys = await Control.KeysAsync(default);
        Assert.Equal(["k1", "k2"], keys.Select(static k => k.Id));
        Assert.Equal(Noon.AddHours(2), keys[0].RevokedAt);
        Assert.Null(keys[0].ExpiresAt);
        Assert.Equal([1, 2, 3, 0], keys[0].Hash);
        Assert.Equal(Noon.AddDays(1), keys[1].ExpiresAt);
    }

    [Fact]
    public async Task ASettingIsNullUntilItIsSaved()
    {
        Assert.Null(await Control.SettingAsync("risk", default));
        await Control.SaveSettingAsync("risk", "{\"medium\":50}", default);
        await Control.SaveSettingAsync("risk", "{\"medium\":60}", default);
        Assert.Equal("{\"medium\":60}", await Control.SettingAsync("risk", default));
        await ReopenAsync();
        Assert.Equal("{\"medium\":60}", await Store.Control.SettingAsync("risk", default));
    }

    [Fact]
    public async Task DecisionsAreThoseInForceAndThoseThatEndedLately()
    {
        await Control.SaveDecisionAsync(Decision("short", Noon.AddHours(1)), default);
        await Control.SaveDecisionAsync(Decision("long", Noon.AddDays(9)), default);
        await Control.SaveDecisionAsync(Decision("undone", Noon.AddDays(9)), default);
        Time.Advance(TimeSpan.FromHours(2));
        await Control.SaveDecisionAsync(Decision("undone", Noon.AddDays(9)) with { DeletedAt = Time.GetUtcNow() }, default);
        Assert.Equal(["long", "short", "undone"], await DecisionsAsync(default, Noon));
        Assert.Equal(["long", "undone"], await DecisionsAsync(default, Noon.AddHours(1.5)));
        Assert.Equal(["long"], await DecisionsAsync(default, Noon.AddHours(3)));
        Assert.Empty(await DecisionsAsync(default, Noon.AddDays(10)));
    }

    [Fact]
    public async Task DecisionsSinceAMomentAreThoseMadeOrTakenBack()
    {
        await Control.SaveDecisionAsync(Decision("long", Noon.AddDays(9)), default);
        await Control.SaveDecisionAsync(Decision("undone", Noon.AddDays(9)), default);
        Time.Advance(TimeSpan.FromMinutes(30));
        DateTimeOffset since = Time.GetUtcNow();
        Assert.Empty(await DecisionsAsync(since, Noon));
        await Control.SaveDecisionAsync(Decision("undone", Noon.AddDays(9)) with { DeletedAt = Time.GetUtcNow() }, default);
        await Control.SaveDecisionAsync(Decision("new", Noon.AddDays(9)), default);
        Assert.Equal(["new", "undone"], await DecisionsAsync(since, Noon));
        Assert.Equal(Decision("long", Noon.AddDays(9)), (await Control.DecisionsAsync(default, Noon, default)).Single(static d => d.Id == "long"));
    }

    [Fact]
    public async Task FeedbackIsNewestFirst()
    {
        await Control.AddFeedbackAsync(new FeedbackRecord("i1", "confirmed", "sure", "k1", Noon), default);
        await Control.AddFeedbackAsync(new FeedbackRecord("i2", "benign", null, "k1", Noon), default);
        await Control.AddFeedbackAsync(new FeedbackRecord("i1", "false_positive", null, "k2", Noon), default);
        Assert.Equal(["false_positive", "confirmed"], (await Control.FeedbackAsync("i1", 10, default)).Select(static f => f.Verdict));
        Assert.Equal(["false_positive", "benign"], (await Control.FeedbackAsync(null, 2, default)).Select(static f => f.Verdict));
        Assert.Equal("sure", (await Control.FeedbackAsync("i1", 10, default))[1].Note);
    }

    [Fact]
    public async Task OneVersionOfTheModelsIsActive()
    {
        await Control.SaveModelAsync(new ModelRecord("v1", Noon, true, "{}"), default);
        await Control.SaveModelAsync(new ModelRecord("v2", Noon.AddHours(1), true, "{\"rows\":5}"), default);
        Assert.Equal([("v2", true), ("v1", false)], (await Control.ModelsAsync(default)).Select(static m => (m.Version, m.IsActive)));
        await Control.SaveModelAsync(new ModelRecord("v1", Noon, true, "{}"), default);
        Assert.Equal([("v2", false), ("v1", true)], (await Control.ModelsAsync(default)).Select(static m => (m.Version, m.IsActive)));
    }

    [Fact]
    public async Task TheAuditTrailIsPagedNewestFirst()
    {
        for (int i = 0; i < 25; i++) await Control.AddAuditAsync(new AuditRecord(Noon.AddSeconds(i), "k1", "key.create", $"t{i}", "192.0.2.1"), default);
        Page<AuditRecord> first = await Control.AuditAsync(new PageRequest(10), default);
        await Control.AddAuditAsync(new AuditRecord(Noon.AddSeconds(99), "k1", "key.revoke", "new", "192.0.2.1"), default);
        Page<AuditRecord> second = await Control.AuditAsync(new PageRequest(10, first.NextCursor), default);
        Page<AuditRecord> third = await Control.AuditAsync(new PageRequest(10, second.NextCursor), default);
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(static i => $"t{i}"), first.Items.Concat(second.Items).Concat(third.Items).Select(static e => e.Target));
        Assert.Null(third.NextCursor);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Control.AuditAsync(new PageRequest(10, "0-x"), default));
    }

    [Fact]
    public async Task ManyWritersWaitForEachOther()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () => await Control.SaveSettingAsync($"s{i}", "1", default))));
        for (int i = 0; i < 20; i++) Assert.Equal("1", await Control.SettingAsync($"s{i}", default));
    }

    private async Task<IEnumerable<string>> DecisionsAsync(DateTimeOffset savedSince, DateTimeOffset endedSince) =>
        (await Control.DecisionsAsync(savedSince, endedSince, default)).Select(static d => d.Id).Order(StringComparer.Ordinal);

    private static DecisionRecord Decision(string id, DateTimeOffset until) => new(id, "ip", "198.51.100.9", "ban", "because", "manual", Noon, until, null, null);
}
