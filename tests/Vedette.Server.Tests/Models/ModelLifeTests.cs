using System.Net.WebSockets;
using System.Text.Json;
using Vedette.Engine.Learning;
using Vedette.Server.Models;

namespace Vedette.Server.Tests.Models;

/// <summary>Warm-up, training in the background, ensemble, waiting; restarts in between; drift.</summary>
public sealed class ModelLifeTests : IDisposable
{
    private const int Warmup = 3000;

    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-life").FullName;

    [Fact]
    [Trait("Row", "D3")]
    [Trait("Row", "D4")]
    [Trait("Row", "D5")]
    [Trait("Row", "E5")]
    public async Task PhasesFollowOneAnotherAndARestartGoesOnWhereItWas()
    {
        var traffic = new SimulatedTraffic();
        await using (TestServer first = await StartAsync())
        {
            await traffic.SendAsync(first, 1000);
            JsonElement status = await StatusAsync(first);
            Assert.Equal("warmup", status.GetProperty("phase").GetString());
            Assert.Equal(Warmup, status.GetProperty("warmup_target").GetInt32());
            Assert.False(status.GetProperty("isolation_forest_ready").GetBoolean());
        }
        await using (TestServer second = await StartAsync())
        {
            // The warm-up goes on: a thousand events are known.
            Assert.Equal(1000, (await StatusAsync(second)).GetProperty("logs_processed").GetInt32());
            await traffic.SendAsync(second, 5000);
            await second.UntilAsync(async () => (await StatusAsync(second)).GetProperty("phase").GetString() == "waiting", "the models, trained in the background");
            JsonElement status = await StatusAsync(second);
            Assert.True(status.GetProperty("warmup_complete").GetBoolean());
            Assert.True(status.GetProperty("isolation_forest_ready").GetBoolean());
            Assert.True(status.GetProperty("transformer_ready").GetBoolean());
            Assert.True(status.GetProperty("vocabulary_size").GetInt32() > 5);
            using ClientWebSocket socket = await ConnectAsync(second);
            await traffic.SendAsync(second, 5000);
            await second.UntilAsync(async () => (await StatusAsync(second)).GetProperty("phase").GetString() == "ensemble", "the models to be at work");
            await AssertAnomaliesAsync(second, socket);
        }
        await using TestServer third = await StartAsync();
        Assert.Equal("waiting", (await StatusAsync(third)).GetProperty("phase").GetString());
        Assert.Equal("v0001", third.Server.ActiveModels!.Version);
        await traffic.SendAsync(third, 500);
        await third.UntilAsync(async () => (await StatusAsync(third)).GetProperty("phase").GetString() == "ensemble", "the models to be at work again");
    }

    [Fact]
    [Trait("Row", "D3")]
    public async Task ATrainingThatAStopBreaksOffIsBegunAgain()
    {
        var traffic = new SimulatedTraffic();
        await using (TestServer first = await StartAsync())
        {
            await traffic.SendAsync(first, 6000);
            await first.UntilAsync(async () => (await StatusAsync(first)).GetProperty("training_in_progress").GetBoolean(), "the training");
        }
        await using TestServer second = await StartAsync();
        Assert.Equal(6000, (await StatusAsync(second)).GetProperty("logs_processed").GetInt32());
        await second.UntilAsync(() => Task.FromResult(second.Server.ActiveModels is not null), "the models");
        Assert.Equal("v0001", second.Server.ActiveModels!.Version);
        Assert.True((await StatusAsync(second)).GetProperty("transformer_ready").GetBoolean());
    }

    [Fact]
    [Trait("Row", "E11")]
    public async Task TrafficThatHasChangedIsLearntAnewButNotBecauseOfARestart()
    {
        var time = new ShiftedTime();
        await using (TestServer first = await StartAsync(time))
        {
            await new SimulatedTraffic("shop").SendAsync(first, 12_000);
            await first.UntilAsync(() => Task.FromResult(first.Server.ActiveModels is not null), "the first models");
            await new SimulatedTraffic("bank", rate: 6000, start: TestEvents.Noon.AddHours(1)).SendAsync(first, 20_000);
            Assert.Equal("v0001", first.Server.ActiveModels!.Version);
        }
        await using TestServer server = await StartAsync(time);
        await server.UntilAsync(async () => (await server.GetAsync("/api/models")).Body.GetProperty("items")[0].GetProperty("drift").ValueKind == JsonValueKind.Object, "the comparison with what was learnt");
        // By then a training is allowed again, and the last hour's traffic is compared with what was learnt.
        DateTimeOffset allowed = server.Server.ActiveModels!.Lineage.CreatedAt!.Value.AddHours(12);
        time.PutForward(TimeSpan.FromHours(13));
        await server.UntilAsync(() => Task.FromResult(server.Server.ActiveModels!.Version == "v0002"), "models of the changed traffic");
        Assert.True(server.Server.ActiveModels!.Lineage.CreatedAt >= allowed);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task AssertAnomaliesAsync(TestServer server, ClientWebSocket socket)
    {
        await server.UntilAsync(async () => (await server.GetAsync("/api/anomalies")).Body.GetProperty("items").GetArrayLength() > 0, "anomalies");
        JsonElement anomaly = (await server.GetAsync("/api/anomalies")).Body.GetProperty("items")[0];
        Assert.Equal(
            ["req_count", "error_rate", "avg_response_time", "max_response_time", "payload_mean", "unique_endpoints", "repeat_rate", "status_entropy"],
            anomaly.GetProperty("features").EnumerateObject().Select(static feature => feature.Name));
        Assert.True(anomaly.GetProperty("votes").EnumerateObject().Count() > 3);
        byte[] buffer = new byte[1 << 20];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
                length += received.Count;
            }
            while (!received.EndOfMessage);
            using JsonDocument message = JsonDocument.Parse(buffer.AsMemory(0, length));
            if (message.RootElement.GetProperty("type").GetString() == "anomaly") return;
        }
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestServer server)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + TestServer.Token);
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/ws" }.Uri, CancellationToken.None);
        return socket;
    }

    private static async Task<JsonElement> StatusAsync(TestServer server) => (await server.GetAsync("/status")).Body;

    private Task<TestServer> StartAsync(TimeProvider? time = null) => TestServer.StartAsync(static settings => settings with
    {
        Engine = settings.Engine with { Learning = new LearningOptions { WarmupEvents = Warmup } },
        Models = new ModelOptions { TrainAutomatically = true, SimulatedHours = 0 },
    }, folder: _folder, time: time);
}
