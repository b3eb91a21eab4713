using System.Net;
using System.Text.Json;
using Vedette.Engine.Learning;
using Vedette.Server.Models;

namespace Vedette.Server.Tests.Models;

/// <summary>Training when it is asked for, versions on disk, and what people said as something to learn from.</summary>
public sealed class TrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-training").FullName;

    [Fact]
    [Trait("Row", "B3")]
    [Trait("Row", "B5")]
    public async Task LogsAreLearntFromMeasuredOnWhatWasHeldOutAndKeptAsAVersion()
    {
        await using TestServer server = await StartAsync(simulatedHours: 4);
        string logs = string.Join(',', new SimulatedTraffic().Next(6000).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        (HttpStatusCode status, JsonElement answer) = await server.PostAsync("/train", $$"""{"logs":[{{logs}}],"test_size":0.25}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("v0001", answer.GetProperty("version").GetString());
        Assert.Equal(6000, answer.GetProperty("logs").GetInt32());
        Assert.Equal("logs", answer.GetProperty("ordinary_from").GetString());
        Assert.Equal(4, answer.GetProperty("labelled").GetArrayLength());
        JsonElement forest = answer.GetProperty("metrics").GetProperty("random_forest");
        Assert.InRange(forest.GetProperty("precision").GetDouble(), 0.5, 1);
        Assert.True(forest.GetProperty("rows").GetInt32() > forest.GetProperty("attacks").GetInt32());
        Assert.True(File.Exists(Path.Combine(_folder, "models", "v0001.model")));

        (_, JsonElement state) = await server.GetAsync("/status");
        JsonElement isolation = Assert.Single(state.GetProperty("models").EnumerateArray(), static model => model.GetProperty("name").GetString() == "isolation_forest");
        Assert.True(isolation.GetProperty("ready").GetBoolean());
        Assert.Equal("v0001", isolation.GetProperty("version").GetString());
        Assert.Contains("isolation_forest", state.GetProperty("active_models").EnumerateArray().Select(static name => name.GetString()));
    }

    [Fact]
    [Trait("Row", "B3")]
    public async Task WithoutLogsAndTrafficTheAnswerSaysThatSimulatedTrafficWasLearntFrom()
    {
        await using TestServer server = await StartAsync(simulatedHours: 4);
        (HttpStatusCode status, JsonElement answer) = await server.PostAsync("/train", "");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, answer.GetProperty("logs").GetInt32());
        Assert.Equal("labelled", answer.GetProperty("ordinary_from").GetString());
        Assert.All(answer.GetProperty("labelled").EnumerateArray(), static source => Assert.StartsWith("simulated ", source.GetProperty("source").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Row", "E11")]
    public async Task VersionsAreListedActivatedAndLoadedAgain()
    {
        await using TestServer server = await StartAsync();
        await TrainTwiceAsync(server);
        (_, JsonElement list) = await server.GetAsync("/api/models");
        Assert.Equal(["v0002", "v0001"], list.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("version").GetString()));
        Assert.Equal("v0002", list.GetProperty("active").GetString());
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/api/models/v0001/activate", "")).Status);
        Assert.Equal("v0001", server.Server.ActiveModels!.Version);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/load-model", """{"version":"v0002"}""")).Status);
        Assert.Equal("v0002", server.Server.ActiveModels!.Version);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/load-model", "")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.PostAsync("/load-model", """{"version":"v0099"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.PostAsync("/load-model", """{"version":"../v0001"}""")).Status);
        Assert.Equal("v0002", server.Server.ActiveModels!.Version);
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("cut")]
    [InlineData("foreign")]
    [Trait("Row", "B5")]
    public async Task AFileThatCannotBeUsedIsRefusedAndTheVersionBeforeItIsAtWork(string harm)
    {
        await using (TestServer first = await StartAsync()) await TrainTwiceAsync(first);
        string file = Path.Combine(_folder, "models", "v0002.model");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        if (harm == "damaged") bytes[bytes.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(file, harm switch
        {
            "cut" => bytes[..(bytes.Length / 2)],
            "foreign" => "PK\u0003\u0004 a pickled forest of somebody else"u8.ToArray(),
            _ => bytes,
        });
        await using TestServer second = await StartAsync();
        Assert.Equal("v0001", second.Server.ActiveModels!.Version);
        (HttpStatusCode status, JsonElement problem) = await second.PostAsync("/load-model", """{"version":"v0002"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("v0002.model", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        // The active one, which is that file, again.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await second.PostAsync("/load-model", "")).Status);
        Assert.Equal("v0001", second.Server.ActiveModels!.Version);
    }

    [Fact]
    [Trait("Row", "B5")]
    public async Task WhereTheActiveFileIsGoneTheNewestThatIsThereIsAtWork()
    {
        await using (TestServer first = await StartAsync()) await TrainTwiceAsync(first);
        File.Delete(Path.Combine(_folder, "models", "v0002.model"));
        await using TestServer second = await StartAsync();
        Assert.Equal("v0001", second.Server.ActiveModels!.Version);
        (HttpStatusCode status, JsonElement problem) = await second.PostAsync("/load-model", "");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Activate another version", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("v0001", second.Server.ActiveModels!.Version);
    }

    [Fact]
    [Trait("Row", "B6")]
    [Trait("Row", "C13")]
    public async Task OneFileMayStandForTheFolder()
    {
        await using (TestServer first = await StartAsync()) await TrainTwiceAsync(first);
        string file = Path.Combine(_folder, "chosen.model");
        File.Copy(Path.Combine(_folder, "models", "v0001.model"), file);
        await using (TestServer second = await StartAsync(path: file)) Assert.Equal("v0001", second.Server.ActiveModels!.Version);
        await File.WriteAllTextAsync(file, "nothing of the kind");
        await using TestServer third = await StartAsync(path: file);
        Assert.Null(third.Server.ActiveModels);
        (HttpStatusCode status, JsonElement problem) = await third.PostAsync("/load-model", "");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(file, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"logs":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"logs":"many"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"test_size":0.9}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"logs":[{"timestamp":"2026-05-04T12:00:00Z","method":"GET","endpoint":"/a","status_code":200}]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    public async Task WhatCannotBeLearntFromIsRefused(string body, HttpStatusCode expected)
    {
        await using TestServer server = await StartAsync();
        Assert.Equal(expected, (await server.PostAsync("/train", body)).Status);
        Assert.Null(server.Server.ActiveModels);
    }

    [Fact]
    [Trait("Row", "B3")]
    public async Task AFewLogsAreTooFewWhateverIsSimulatedBesides()
    {
        await using TestServer server = await StartAsync(simulatedHours: 4);
        (HttpStatusCode status, JsonElement problem) = await server.PostAsync("/train", """{"logs":[{"method":"GET","endpoint":"/a","status_code":200}]}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("logs", problem.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Contains("too few", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Null(server.Server.ActiveModels);
    }

    [Fact]
    [Trait("Row", "C5")]
    public async Task AVerdictIsLearntFromAndMovesTheThreshold()
    {
        await using TestServer server = await StartAsync();
        await new SimulatedTraffic().SendAsync(server, 8000);
        JsonElement incident = default;
        await server.UntilAsync(async () =>
        {
            incident = (await server.GetAsync("/api/incidents")).Body.GetProperty("items").EnumerateArray().FirstOrDefault(static item => item.GetProperty("actor").GetProperty("kind").GetString() == "ip");
            return incident.ValueKind == JsonValueKind.Object;
        }, "an incident about an address");
        string id = incident.GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.Created, (await server.PostAsync($"/api/incidents/{id}/feedback", """{"verdict":"confirmed"}""")).Status);
        Assert.Equal(1.5, server.Server.AlertAllowanceFactor);
        Assert.Equal(1.5, await AllowedAsync(server));
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/train", "")).Status);
        LabelledSource learnt = Assert.Single(server.Server.ActiveModels!.Lineage.Labelled);
        Assert.True(learnt.Attacks > 0 && learnt.Windows > learnt.Attacks);
        // Somebody thinks again: the latest word counts.
        await server.PostAsync($"/api/incidents/{id}/feedback", """{"verdict":"false_positive"}""");
        Assert.Equal(2.0 / 3, server.Server.AlertAllowanceFactor, 1e-9);
        Assert.Equal(2.0 / 3, await AllowedAsync(server), 1e-9);
        await server.PostAsync("/train", "");
        Assert.Equal(0, Assert.Single(server.Server.ActiveModels!.Lineage.Labelled).Attacks);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<double> AllowedAsync(TestServer server) => (await server.GetAsync("/status")).Body.GetProperty("alert_budget").GetProperty("per_day").GetDouble();

    private static async Task TrainTwiceAsync(TestServer server)
    {
        await new SimulatedTraffic().SendAsync(server, 6000);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/train", "")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/train", "")).Status);
    }

    private Task<TestServer> StartAsync(double simulatedHours = 0, string path = "") =>
        TestServer.StartAsync(settings => settings with { Models = new ModelOptions { TrainAutomatically = false, SimulatedHours = simulatedHours, Path = path } }, folder: _folder);
}
