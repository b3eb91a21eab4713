using System.Net;
using System.Text.Json;

namespace Vedette.Server.Tests.Durability;

/// <summary>What is usual at a time of the day is known after a restart, from the counts of weeks of which only the last day is replayed.</summary>
public sealed class SeasonAfterRestartTests
{
    private const int Minute = 60;
    private const int Day = 1440 * Minute;
    private const int Days = 21;

    [Fact]
    public async Task ABatchThatCameEveryDayForThreeWeeksIsKnownAfterARestart()
    {
        int[] toldDays = [0, 1, 2];
        string folder = Directory.CreateTempSubdirectory("vedette-season").FullName;
        try
        {
            await using (TestServer before = await TestServer.StartAsync(folder: folder))
            {
                for (int day = 0; day < Days; day++) await SendAsync(before, day);
                Assert.Equal(toldDays, await SpikesAsync(before));
            }
            await using TestServer after = await TestServer.StartAsync(folder: folder);
            await SendAsync(after, Days);
            Assert.Equal(toldDays, await SpikesAsync(after));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Fifty minutes of a day; in the last fifteen a batch makes five times as much.</summary>
    private static async Task SendAsync(TestServer server, int day)
    {
        var lines = new List<string>();
        for (int minute = 0; minute < 50; minute++)
        {
            int requests = minute < 35 ? 24 : 120;
            for (int i = 0; i < requests; i++)
                lines.Add(TestEvents.Ordinary(day * Day + minute * Minute + i * Minute / requests, $"/orders/{i % 30}", client: $"198.51.100.{i % 24}", user: $"user{i % 24}"));
        }
        Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("/logs", TestEvents.Lines(lines), type: "application/x-ndjson")).Status);
    }

    /// <summary>The days, from the first on, at which too much traffic was told.</summary>
    private static async Task<int[]> SpikesAsync(TestServer server)
    {
        JsonElement page = (await server.GetAsync("/api/incidents?type=traffic_spike&limit=200")).Body;
        return [.. page.GetProperty("items").EnumerateArray().Select(static incident => (incident.GetProperty("first_seen").GetDateTimeOffset() - TestEvents.Noon).Days).Order()];
    }
}
