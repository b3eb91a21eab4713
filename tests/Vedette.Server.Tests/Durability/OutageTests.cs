using System.Diagnostics;
using System.Net;
using Vedette.Storage.Tests;

namespace Vedette.Server.Tests.Durability;

/// <summary>Real outages of a real store: a full disk, a database that has crashed. Nothing acknowledged is lost, the rest is refused, and the server recovers by itself.</summary>
[Trait("Speed", "Slow")]
public sealed class OutageTests
{
    private const int DiskBytes = 24 << 20;

    [Fact]
    public async Task AFullDiskRefusesAndRecovers()
    {
        string disk = Directory.CreateTempSubdirectory("vedette-disk").FullName;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", $"size={DiskBytes}", "tmpfs", disk) == 0, "a small disk can be mounted by root only");
        try
        {
            string ballast = Path.Combine(disk, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[DiskBytes / 2]);
            var events = new AcknowledgedEvents();
            string data = Path.Combine(disk, "data");
            await using (TestServer server = await StartAsync("sqlite:" + data, data))
            {
                await RefusedAsync(server, events, size: 2000);
                Assert.Contains("disk is full", (await server.GetAsync("/health/ready")).Body.GetProperty("reason").GetString(), StringComparison.Ordinal);
                File.Delete(ballast);
                await RecoveredAsync(server, events);
                await events.AssertStoredAsync(server);
            }
            await using TestServer second = await StartAsync("sqlite:" + data, data);
            await events.AssertStoredAsync(second);
        }
        finally
        {
            Run("umount", disk);
            Directory.Delete(disk);
        }
    }

    [Fact]
    public async Task ACrashedDatabaseRefusesAndRecovers()
    {
        using var database = new PostgreSqlProcess(isDurable: true);
        await database.ExecuteAsync("CREATE DATABASE vedette");
        string folder = Directory.CreateTempSubdirectory("vedette-away").FullName;
        var events = new AcknowledgedEvents();
        await using (TestServer server = await StartAsync(database.UrlOf("vedette"), folder))
        {
            for (int outage = 0; outage < 3; outage++)
            {
                Assert.Equal(HttpStatusCode.Created, (await events.SendAsync(server, count: 50)).StatusCode);
                database.Stop();
                await RefusedAsync(server, events, size: 0);
                database.Start();
                await RecoveredAsync(server, events);
                await events.AssertStoredAsync(server);
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    private static Task<TestServer> StartAsync(string url, string folder) =>
        TestServer.StartAsync(settings => settings with { Server = settings.Server with { StoreRetrySeconds = 1 }, Storage = settings.Storage with { Url = url } }, folder: folder);

    /// <summary>Sends until it is refused, and a few times more.</summary>
    private static async Task RefusedAsync(TestServer server, AcknowledgedEvents events, int size)
    {
        for (int refused = 0; refused < 3;)
        {
            using HttpResponseMessage answer = await events.SendAsync(server, count: 100, size);
            if (answer.StatusCode == HttpStatusCode.Created) continue;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.True(answer.Headers.Contains("Retry-After"));
            refused++;
        }
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health")).Status);
    }

    private static async Task RecoveredAsync(TestServer server, AcknowledgedEvents events)
    {
        await server.UntilAsync(async () => (await server.GetAsync("/health/ready")).Status == HttpStatusCode.OK, "the store to be back");
        await server.UntilAsync(async () => (await events.SendAsync(server)).StatusCode == HttpStatusCode.Created, "an event to be taken");
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
