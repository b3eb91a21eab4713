using Vedette.Engine.Signatures;
using Vedette.Storage.Events;

namespace Vedette.Storage.Tests.Contract;

/// <summary>What every event store promises.</summary>
public abstract class EventStoreContract<TStore> : StoreContract<TStore>
    where TStore : IStoreUnderTest, new()
{
    private static readonly SampleEvent Full = new(Noon.AddTicks(123_4560))
    {
        Method = "POST",
        Path = "/orders/1842",
        Query = "a=1&b=%27two%27",
        Route = "/orders/{id}",
        Status = 404,
        DurationMicros = 12_345,
        Client = "2001:db8::1",
        User = "ann",
        RequestBytes = 17,
        ResponseBytes = 4_000_000_000,
        Agent = "curl/8.1",
        Referer = "https://example.org/list",
        Host = "api.example.org",
        Protocol = "HTTP/2.0",
        Headers = "Accept: */*",
        Body = "{\"x\":1}",
        Payloads = PayloadClass.SqlInjection.AsSet(),
        Score = 0.97f,
        IsLate = true,
    };

    [Fact]
    [Trait("Row", "E10")]
    public async Task AnEventComesBackAsItWasGiven()
    {
        await Events.AppendAsync(Full);
        StoredEvent found = Assert.Single((await Events.QueryAsync(new EventQuery(), new PageRequest(10), default)).Items);
        Assert.Equal(Full.Time, found.Timestamp);
        Assert.Equal("POST", found.Method);
        Assert.Equal("/orders/1842", found.Path);
        Assert.Equal("a=1&b=%27two%27", found.Query);
        Assert.Equal("/orders/{id}", found.Endpoint);
        Assert.Equal(404, found.Status);
        Assert.Equal(12.345, found.DurationMs);
        Assert.Equal("2001:db8::1", found.ClientIp);
        Assert.Equal("ann", found.User);
        Assert.Equal(17, found.RequestBytes);
        Assert.Equal(4_000_000_000, found.ResponseBytes);
        Assert.Equal("curl/8.1", found.UserAgent);
        Assert.Equal("https://example.org/list", found.Referer);
        Assert.Equal("api.example.org", found.Host);
        Assert.Equal("HTTP/2.0", found.Protocol);
        Assert.Equal("Accept: */*", found.Headers);
        Assert.Equal("{\"x\":1}", found.Body);
        Assert.Equal(SampleBatch.Source, found.Source);
        Assert.Equal(0.97, found.AnomalyScore);
        Assert.True(found.IsAnomaly);
        Assert.Equal(["sql_injection"], found.Types);
        Assert.True(found.IsLate);
    }

    [Fact]
    public async Task WhatIsAbsentComesBackAsNull()
    {
        await Events.AppendAsync(new SampleEvent(Noon) { Method = null, Path = null, Status = 0, Client = null });
        StoredEvent found = Assert.Single((await Events.QueryAsync(new EventQuery(), new PageRequest(10), default)).Items);
        Assert.Equal(new StoredEvent { Id = found.Id, Timestamp = Noon, Source = SampleBatch.Source, AnomalyScore = 0.01, Types = found.Types }, found);
        Assert.Empty(found.Types);
    }

    [Fact]
    public async Task HostileTextIsStoredAndChangesNothing()
    {
        string[] texts = ["'; DROP TABLE events; --", "a\0b", "\ud800 lone", "😀 %_\\", new string('x', 100_000)];
        await Events.AppendAsync(texts.Select(static (text, i) => new SampleEvent(Noon.AddSeconds(i)) { Path = text, Agent = text, User = text, Client = text }));
        IReadOnlyList<StoredEvent> found = (await Events.QueryAsync(new EventQuery(), new PageRequest(10), default)).Items;
        Assert.Equal(5, found.Count);
        Assert.Equal(texts[0], found[4].Path);
        Assert.Equal("a\uFFFDb", found[3].Path);
        Assert.Equal(8192, found[0].Path!.Length);
        Assert.Equal("😀 %_\\", Assert.Single((await Events.QueryAsync(new EventQuery { Text = "%_\\" }, new PageRequest(10), default)).Items).Path);
        Assert.Equal(texts[0], Assert.Single((await Events.QueryAsync(new EventQuery { User = texts[0] }, new PageRequest(10), default)).Items).User);
    }

    [Fact]
    public async Task SecretsAreMaskedBeforeTheyAreStored()
    {
        await Events.AppendAsync(new SampleEvent(Noon)
        {
            Path = "/pay/;jsessionid=A1B2C3D4",
            Query = "password=hunter2,&q='+OR+1=1--",
            Referer = "https://shop.example/?token=abc123&page=2",
            Headers = "Authorization: Bearer abcdef123456\nAccept: */*",
            Body = """{"user":"ann","card":"4111 1111 1111 1111"}""",
            User = "ann",
        });
        StoredEvent found = Assert.Single((await Events.QueryAsync(new EventQuery(), new PageRequest(10), default)).Items);
        Assert.Equal("/pay/;jsessionid=***", found.Path);
        Assert.Equal("password=***&q='+OR+1=1--", found.Query);
        Assert.Equal("https://shop.example/?token=***&page=2", found.Referer);
        Assert.Equal("Authorization: Bearer ***\nAccept: */*", found.Headers);
        Assert.Equal("""{"user":"ann","card":"***"}""", found.Body);
        Assert.Equal("ann", found.User);
    }

    [Fact]
    public async Task PagesAreNewestFirstAndStayStableWhileRowsArrive()
    {
        await Events.AppendAsync(Enumerable.Range(0, 250).Select(static i => new SampleEvent(Noon.AddMinutes(-i * 13)) { Path = $"/{i}" }));
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            Page<StoredEvent> page = await Events.QueryAsync(new EventQuery(), new PageRequest(40, cursor), default);
            seen.AddRange(page.Items.Select(static e => e.Path!));
            cursor = page.NextCursor;
            await Events.AppendAsync(new SampleEvent(Noon.AddMinutes(1 + seen.Count)) { Path = "/new" });
        } while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 250).Select(static i => $"/{i}"), seen);
    }

    [Fact]
    public async Task EventsOfOneMomentKeepTheOrderOfWriting()
    {
        await Events.AppendAsync(Enumerable.Range(0, 20).Select(static i => new SampleEvent(Noon) { Path = $"/{i}" }));
        await Events.AppendAsync(new SampleEvent(Noon) { Path = "/20" });
        Page<StoredEvent> page = await Events.QueryAsync(new EventQuery(), new PageRequest(100), default);
        Assert.Equal(Enumerable.Range(0, 21).Reverse().Select(static i => $"/{i}"), page.Items.Select(static e => e.Path));
        Assert.Equal(page.Items.OrderByDescending(static e => e.Id, StringComparer.Ordinal).Select(static e => e.Id), page.Items.Select(static e => e.Id));
    }

    [Fact]
    public async Task PagesByNumberLeaveOutWhatCameBefore()
    {
        await Events.AppendAsync(Enumerable.Range(0, 30).Select(static i => new SampleEvent(Noon.AddHours(-i)) { Path = $"/{i}" }));
        Page<StoredEvent> page = await Events.QueryAsync(new EventQuery(), new PageRequest(10, Skip: 20), default);
        Assert.Equal(Enumerable.Range(20, 10).Select(static i => $"/{i}"), page.Items.Select(static e => e.Path));
        Assert.Null(page.NextCursor);
        Assert.Empty((await Events.QueryAsync(new EventQuery(), new PageRequest(10, Skip: 30), default)).Items);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1-2")]
    [InlineData("-1-0-0")]
    public async Task AForeignCursorIsRefused(string cursor) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Events.QueryAsync(new EventQuery(), new PageRequest(10, cursor), default));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task APageHasOneToAThousandRows(int limit) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Events.QueryAsync(new EventQuery(), new PageRequest(limit), default));

    [Fact]
    public async Task AnEndpointIsARouteWhereThereIsSuchARouteAndAPathOtherwise()
    {
        await Events.AppendAsync(
            new SampleEvent(Noon) { Path = "/users/1", Route = "/users/{id}" },
            new SampleEvent(Noon.AddSeconds(1)) { Path = "/users/2", Route = "/users/{id}" },
            new SampleEvent(Noon.AddSeconds(2)) { Path = "/login", Route = "/login" });
        Assert.Equal(2, await Events.CountAsync(new EventQuery { Endpoint = "/users/{id}" }, 100, default));
        Assert.Equal(1, await Events.CountAsync(new EventQuery { Endpoint = "/users/2" }, 100, default));
        Assert.Equal(1, await Events.CountAsync(new EventQuery { Endpoint = "/login" }, 100, default));
        Assert.Equal(0, await Events.CountAsync(new EventQuery { Endpoint = "/orders" }, 100, default));
    }

    [Fact]
    public async Task CountingStopsAtItsLimit()
    {
        await Events.AppendAsync(Enumerable.Range(0, 50).Select(static i => new SampleEvent(Noon.AddSeconds(i))));
        Assert.Equal(50, await Events.CountAsync(new EventQuery(), 100, default));
        Assert.Equal(7, await Events.CountAsync(new EventQuery(), 7, default));
    }

    [Fact]
    public async Task AReceiptIsFoundUntilItIsADayOld()
    {
        var receipt = new Receipt("k1:abc", 1, "{\"accepted\":1}", Noon);
        await Events.AppendAsync([SampleBatch.Append([new SampleEvent(Noon)], receipt)], default);
        Assert.Equal(receipt, await Events.FindReceiptAsync("k1:abc", default));
        Assert.Null(await Events.FindReceiptAsync("k1:other", default));
        await Events.AppendAsync([SampleBatch.Append([], new Receipt("k1:late", 0, "{}", Noon.AddHours(25)))], default);
        Assert.Null(await Events.FindReceiptAsync("k1:abc", default));
        Assert.Equal(1, await Events.CountAsync(new EventQuery(), 100, default));
    }

    [Fact]
    public async Task EventsAreReadBackInTheOrderOfTheirTime()
    {
        await Events.AppendAsync(Full, new SampleEvent(Noon.AddDays(-1)) { Path = "/before", Client = "host.example" }, new SampleEvent(Noon.AddDays(1)) { Path = "/after" });
        var paths = new List<string>();
        var batch = new Engine.Events.EventBatch();
        await Events.ReadAsync(Noon.AddDays(-1), Noon.AddDays(1), batch, read =>
        {
            foreach (Engine.Events.HttpEvent e in read.Events)
            {
                paths.Add(System.Text.Encoding.UTF8.GetString(read[e.Path]));
                if (paths[^1] != "/orders/1842") continue;
                Assert.Equal((Full.Time - DateTimeOffset.UnixEpoch).Ticks / 10, e.TimeMicros);
                Assert.Equal(Engine.Events.RequestMethod.Post, e.Method);
                Assert.Equal("2001:db8::1", e.Client.ToString());
                Assert.Equal("/orders/{id}"u8, read[e.Route]);
                Assert.Equal(404, e.Status);
                Assert.Equal(12_345, e.DurationMicros);
            }
            return ValueTask.CompletedTask;
        }, default);
        Assert.Equal(["/before", "/orders/1842"], paths);
    }

    [Fact]
    public async Task ReadingBackGoesThroughManyBatches()
    {
        await Events.AppendAsync(Enumerable.Range(0, 10_000).Select(static i => new SampleEvent(Noon.AddDays(-i / 4000).AddSeconds(-i)) { Path = $"/{i}" }));
        var batch = new Engine.Events.EventBatch();
        int count = 0;
        long last = long.MinValue;
        await Events.ReadAsync(Noon.AddDays(-100), Noon.AddDays(1), batch, read =>
        {
            count += read.EventCount;
            foreach (Engine.Events.HttpEvent e in read.Events)
            {
                Assert.True(e.TimeMicros > last);
                last = e.TimeMicros;
            }
            return ValueTask.CompletedTask;
        }, default);
        Assert.Equal(10_000, count);
    }

    [Fact]
    public async Task OldDaysAreDeletedAndTodayStays()
    {
        await Events.AppendAsync(Enumerable.Range(0, 10).Select(static i => new SampleEvent(Noon.AddDays(-i)) { Path = $"/{i}" }));
        Assert.Equal(5, await Events.ApplyRetentionAsync(new RetentionPolicy(TimeSpan.FromDays(4.5), 0), Noon, default));
        Assert.Equal(["/0", "/1", "/2", "/3", "/4"], (await Events.QueryAsync(new EventQuery(), new PageRequest(100), default)).Items.Select(static e => e.Path));
        Assert.Equal(4, await Events.ApplyRetentionAsync(new RetentionPolicy(TimeSpan.FromDays(365), 1), Noon, default));
        Assert.Equal("/0", Assert.Single((await Events.QueryAsync(new EventQuery(), new PageRequest(100), default)).Items).Path);
        await Events.AppendAsync(new SampleEvent(Noon.AddDays(-3)) { Path = "/again" });
        Assert.Equal(2, await Events.CountAsync(new EventQuery(), 100, default));
        Assert.True(await Events.SizeBytesAsync(default) > 0);
    }

    [Fact]
    public async Task AStoreIsReadyOnceOpenedAndCanBeOpenedAgain()
    {
        Assert.Null(await Events.ProblemAsync(default));
        await Events.OpenAsync(default);
        Assert.Null(await Events.ProblemAsync(default));
    }

    [Fact]
    public async Task WhatWasWrittenIsThereAfterClosing()
    {
        await Events.AppendAsync(Enumerable.Range(0, 20).Select(static i => new SampleEvent(Noon.AddHours(-i)) { Route = "/a" }));
        await ReopenAsync();
        Assert.Equal(20, await Events.CountAsync(new EventQuery(), 100, default));
        Assert.Equal(20, await RequestsAsync(Store));
        await Events.AppendAsync(new SampleEvent(Noon.AddHours(1)));
        Assert.Equal(21, await Events.CountAsync(new EventQuery(), 100, default));
    }

    [Fact]
    public async Task ASecondProcessReadsWhileTheFirstWritesAndWritesOnceItHasEnded()
    {
        await Events.AppendAsync(Enumerable.Range(0, 20).Select(static i => new SampleEvent(Noon.AddSeconds(i)) { Route = "/a" }));
        await using Store second = StoreFactory.Create(Options, Time);
        await second.Events.OpenAsync(default);
        Assert.Equal(20, await second.Events.CountAsync(new EventQuery(), 100, default));
        Assert.Equal(20, await RequestsAsync(second));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await second.Events.AppendAsync(new SampleEvent(Noon)));
        Assert.NotNull(await second.Events.ProblemAsync(default));
        Time.Advance(TimeSpan.FromSeconds(11));
        await Events.AppendAsync(new SampleEvent(Noon.AddMinutes(1)) { Route = "/a" });
        // Others may see what was written last, or see it a little later.
        Assert.InRange(await RequestsAsync(second), 20, 21);
        Assert.Equal(21, await RequestsAsync(Store));
        await Store.Events.DisposeAsync();
        await second.Events.AppendAsync(new SampleEvent(Noon.AddMinutes(2)) { Route = "/a" });
        Assert.Null(await second.Events.ProblemAsync(default));
        Assert.Equal(22, await RequestsAsync(second));
    }

    private static async Task<long> RequestsAsync(Store store) =>
        (await store.Events.TotalsAsync(new Storage.Traffic.TotalsQuery(Noon.AddDays(-2), Noon.AddDays(1), Storage.Traffic.TotalsBy.Route, 10), default)).Single().Counts.Requests;

    [Fact]
    public async Task AnOutcomeForEachEventIsDemanded()
    {
        EventAppend append = SampleBatch.Append([new SampleEvent(Noon)]) with { Outcomes = Array.Empty<Engine.EventOutcome>() };
        await Assert.ThrowsAsync<ArgumentException>(async () => await Events.AppendAsync([append], default));
        Assert.Equal(0, await Events.CountAsync(new EventQuery(), 100, default));
    }
}
