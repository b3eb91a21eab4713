using System.Net;
using System.Text.Json;

namespace Vedette.Server.Tests.Durability;

public sealed class StoreAwayTests
{
    [Fact]
    public async Task WhileTheStoreIsAwayNothingIsAcknowledgedAndThenItGoesOn()
    {
        FlakyStore? flaky = null;
        await using TestServer server = await TestServer.StartAsync(static settings => settings with { Server = settings.Server with { StoreRetrySeconds = 0 } }, store => store with { Events = flaky = new FlakyStore(store.Events) });
        Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("/logs", TestEvents.Ordinary(1))).Status);
        flaky!.IsAway = true;
        (HttpStatusCode status, JsonElement problem) = await server.PostAsync("/logs", TestEvents.Ordinary(2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("disk is full", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal("degraded", (await server.GetAsync("/health")).Body.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.GetAsync("/logs")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/detect", $$"""{"event":{{TestEvents.Attack(1)}}}""")).Status);
        flaky.IsAway = false;
        await server.UntilAsync(async () => (await server.GetAsync("/health/ready")).Status == HttpStatusCode.OK, "the store to be back");
        Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("/logs", TestEvents.Ordinary(3))).Status);
        Assert.Equal(2, (await server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
        JsonElement books = (await server.GetAsync("/status")).Body.GetProperty("events");
        Assert.Equal((3, 2, 1), (books.GetProperty("received").GetInt32(), books.GetProperty("analysed").GetInt32(), books.GetProperty("rejected").GetInt32()));
    }

    [Fact]
    public async Task AWriteThatFailsForAMomentIsTriedAgain()
    {
        FlakyStore? flaky = null;
        await using TestServer server = await TestServer.StartAsync(static settings => settings with { Server = settings.Server with { StoreRetrySeconds = 60 } }, store => store with { Events = flaky = new FlakyStore(store.Events) });
        flaky!.IsAway = true;
        Task<(HttpStatusCode Status, JsonElement)> waiting = server.PostAsync("/logs", TestEvents.Ordinary(1));
        await server.UntilAsync(() => Task.FromResult(!server.Server.Intake.Health.IsUp), "the write to fail");
        Assert.False(waiting.IsCompleted);
        flaky.IsAway = false;
        Assert.Equal(HttpStatusCode.Created, (await waiting).Status);
        Assert.Equal(1, (await server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task WhatDoesNotFitTheQueueIsSentAway()
    {
        FlakyStore? flaky = null;
        await using TestServer server = await TestServer.StartAsync(
            static settings => settings with { Server = settings.Server with { StoreRetrySeconds = 60, QueueEvents = 3, MaxEventsPerRequest = 3 } }, store => store with { Events = flaky = new FlakyStore(store.Events) });
        flaky!.IsStuck = true;
        Task<(HttpStatusCode Status, JsonElement)> waiting = server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(1), TestEvents.Ordinary(2)));
        await server.UntilAsync(() => Task.FromResult(flaky.IsWaitedFor), "the write to wait");
        (HttpStatusCode status, _) = await server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(3), TestEvents.Ordinary(4)));
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        JsonElement books = (await server.GetAsync("/status")).Body.GetProperty("events");
        Assert.Equal((4, 0, 2, 2), (books.GetProperty("received").GetInt32(), books.GetProperty("analysed").GetInt32(), books.GetProperty("deferred").GetInt32(), books.GetProperty("rejected").GetInt32()));
        flaky.IsStuck = false;
        Assert.Equal(HttpStatusCode.Created, (await waiting).Status);
        Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("/logs", TestEvents.Ordinary(5))).Status);
    }

    [Fact]
    public async Task WhatWasAcceptedIsWrittenBeforeTheServerStops()
    {
        string folder = Directory.CreateTempSubdirectory("vedette-stop").FullName;
        FlakyStore? flaky = null;
        TestServer server = await TestServer.StartAsync(wrap: store => store with { Events = flaky = new FlakyStore(store.Events) }, folder: folder);
        flaky!.IsStuck = true;
        Task<(HttpStatusCode Status, JsonElement)> waiting = server.PostAsync("/logs", TestEvents.Ordinary(1));
        await server.UntilAsync(() => Task.FromResult(flaky.IsWaitedFor), "the write to wait");
        ValueTask stopping = server.DisposeAsync();
        flaky.IsStuck = false;
        Assert.Equal(HttpStatusCode.Created, (await waiting).Status);
        await stopping;
        await using (TestServer second = await TestServer.StartAsync(folder: folder)) Assert.Equal(1, (await second.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AServerStartsWithoutItsStoreAndOpensItLater()
    {
        FlakyStore? flaky = null;
        await using TestServer server = await TestServer.StartAsync(wrap: store => store with { Events = flaky = new FlakyStore(store.Events) { IsAway = true } }, waits: false);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.PostAsync("/logs", TestEvents.Ordinary(1))).Status);
        flaky!.IsAway = false;
        await server.UntilAsync(async () => (await server.GetAsync("/health/ready")).Status == HttpStatusCode.OK, "the store to be opened");
        Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("/logs", TestEvents.Ordinary(1))).Status);
    }

    [Fact]
    public async Task ASecondServerOnTheSameFolderIsRefused()
    {
        await using TestServer first = await TestServer.StartAsync();
        IOException refused = await Assert.ThrowsAsync<IOException>(() => TestServer.StartAsync(folder: first.Folder));
        Assert.Contains("Another server", refused.Message, StringComparison.Ordinal);
    }
}
