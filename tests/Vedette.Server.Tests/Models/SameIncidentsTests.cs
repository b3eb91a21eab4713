using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vedette.Engine.Pipeline;
using Vedette.Server.Models;

namespace Vedette.Server.Tests.Models;

/// <summary>The same events, judged by the same models, give the same incidents: again, on any number of threads, and with a restart between them.</summary>
public sealed class SameIncidentsTests : IDisposable
{
    private const int Events = 12_000;

    private readonly string _trained = Directory.CreateTempSubdirectory("vedette-same").FullName;

    [Fact]
    [Trait("Row", "D4")]
    [Trait("Speed", "Slow")]
    [Trait("Row", "A7")]
    public async Task ReplayedEventsGiveTheSameIncidents()
    {
        await using (TestServer teacher = await StartAsync(_trained, workers: 0))
        {
            await new SimulatedTraffic(start: TestEvents.Noon.AddHours(-1)).SendAsync(teacher, 10_000);
            Assert.Equal(HttpStatusCode.OK, (await teacher.PostAsync("/train", "")).Status);
        }

        string[] first = await IncidentsAsync(workers: 1, restarts: false);
        Assert.Contains(first, static incident => incident.Contains("\"isolation_forest\"", StringComparison.Ordinal));
        Assert.Contains(first, static told => told.Contains("\"anomaly_score\"", StringComparison.Ordinal));
        Assert.Equal(first, await IncidentsAsync(workers: 1, restarts: false));
        Assert.Equal(first, await IncidentsAsync(workers: 2, restarts: false));
        Assert.Equal(first, await IncidentsAsync(workers: 2, restarts: true));
    }

    public void Dispose() => Directory.Delete(_trained, recursive: true);

    /// <summary>Sends the events to a copy of the server that was trained; all that it says of incidents and of strange windows.</summary>
    private async Task<string[]> IncidentsAsync(int workers, bool restarts)
    {
        string folder = Directory.CreateTempSubdirectory("vedette-same").FullName;
        try
        {
            CopyTo(folder);
            var traffic = new SimulatedTraffic();
            if (restarts)
            {
                await using TestServer before = await StartAsync(folder, workers);
                await traffic.SendAsync(before, Events / 2);
            }
            await using (TestServer server = await StartAsync(folder, workers))
            {
                Assert.Equal("v0001", server.Server.ActiveModels!.Version);
                await traffic.SendAsync(server, restarts ? Events / 2 : Events);
            }
            // What is told is written as the server stops, at the latest; one that replays nothing shows it as it was written.
            await using TestServer reader = await StartAsync(folder, workers, replayHours: 0);
            return [.. (await AllAsync(reader, "/api/incidents")).Concat(await AllAsync(reader, "/api/anomalies")).Order(StringComparer.Ordinal)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void CopyTo(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(_trained, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(_trained, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<List<string>> AllAsync(TestServer server, string list)
    {
        var all = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            JsonElement page = (await server.GetAsync($"{list}?limit=200" + (cursor.Length == 0 ? "" : "&cursor=" + Uri.EscapeDataString(cursor)))).Body;
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(Told));
            cursor = page.TryGetProperty("next_cursor", out JsonElement next) ? next.GetString() : null;
        }
        return all;
    }

    /// <summary>The id of a strange window is the store's. Evidence that has been stored meanwhile is quoted as the store knows it, not as it was sent: its line tells which it is.</summary>
    private static string Told(JsonElement item)
    {
        JsonObject told = JsonObject.Create(item)!;
        if (!told.TryGetPropertyValue("evidence", out JsonNode? evidence)) told.Remove("id");
        else
            foreach (JsonNode? request in evidence!.AsArray())
            {
                request!.AsObject().Remove("text");
                request.AsObject().Remove("source");
            }
        return told.ToJsonString();
    }

    private static Task<TestServer> StartAsync(string folder, int workers, int replayHours = 24) => TestServer.StartAsync(settings => settings with
    {
        Engine = settings.Engine with { Tracking = new TrackingOptions { Workers = workers } },
        Server = settings.Server with { ReplayHours = replayHours },
        Models = new ModelOptions { TrainAutomatically = false, SimulatedHours = 0 },
    }, folder: folder);
}
