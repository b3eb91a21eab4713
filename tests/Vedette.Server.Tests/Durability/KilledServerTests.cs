using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Vedette.Storage.Tests;

namespace Vedette.Server.Tests.Durability;

/// <summary>The real program is killed in the middle of its work: everything it acknowledged is there afterwards, and nothing twice.</summary>
[Trait("Speed", "Slow")]
public sealed class KilledServerTests
{
    private const int Rounds = 10;
    private const int Senders = 4;

    [Fact]
    public Task WhatWasAcknowledgedSurvivesKillInFiles() => KillAndCountAsync(static folder => Task.FromResult("sqlite:" + folder));

    [Fact]
    [Trait("Row", "B10")]
    public Task WhatWasAcknowledgedSurvivesKillInADatabase() => KillAndCountAsync(static _ => PostgreSqlCluster.CreateDatabaseAsync());

    private static async Task KillAndCountAsync(Func<string, Task<string>> createStoreAsync)
    {
        string folder = Directory.CreateTempSubdirectory("vedette-kill").FullName;
        string url = await createStoreAsync(folder);
        var acknowledged = new HashSet<string>();
        var random = new Random(7);
        int sent = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int port = TestServer.FreePort();
            using Process process = Start(folder, url, port);
            try
            {
                using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(3) };
                client.DefaultRequestHeaders.Add("X-API-Key", TestServer.Token);
                await ReadyAsync(client);
                int enough = acknowledged.Count + random.Next(1, 60);
                Task[] senders = [.. Enumerable.Range(0, Senders).Select(_ => SendAsync(client, () => $"e{Interlocked.Increment(ref sent)}", acknowledged))];
                while (Count(acknowledged) < enough) await Task.Delay(1);
                process.Kill();
                await Task.WhenAll(senders);
            }
            finally
            {
                if (!process.HasExited) process.Kill();
                await process.WaitForExitAsync();
            }
        }
        await using TestServer server = await TestServer.StartAsync(settings => settings with { Storage = settings.Storage with { Url = url } }, folder: folder);
        Dictionary<string, int> stored = await AcknowledgedEvents.StoredAsync(server);
        Assert.Empty(acknowledged.Where(id => !stored.ContainsKey(id)));
        Assert.DoesNotContain(stored, static pair => pair.Value > 1);
        JsonElement totals = (await server.GetAsync("/api/stats?from=2026-05-04T00:00:00Z&to=2026-05-06T00:00:00Z")).Body;
        Assert.Equal(stored.Count, totals.GetProperty("total_requests").GetInt32());
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task SendAsync(HttpClient client, Func<string> nextId, HashSet<string> acknowledged)
    {
        try
        {
            while (true)
            {
                string[] ids = [nextId(), nextId(), nextId()];
                // A group over two days is several files, which have to agree.
                string body = string.Join('\n', ids.Select(static (id, i) => TestEvents.Ordinary(i == 2 ? 86_400 : 10, user: id)));
                using HttpResponseMessage response = await client.PostAsync("/logs", new StringContent(body, Encoding.UTF8, "application/x-ndjson"));
                if (response.StatusCode != HttpStatusCode.Created) continue;
                lock (acknowledged) acknowledged.UnionWith(ids);
            }
        }
        catch (HttpRequestException)
        {
            // The server is gone, as intended.
        }
    }

    private static int Count(HashSet<string> acknowledged)
    {
        lock (acknowledged) return acknowledged.Count;
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        for (long started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1);)
        {
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TestServer.Pause);
            }
        }
        throw new TimeoutException("The server did not become ready.");
    }

    private static Process Start(string folder, string url, int port)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "vedette.dll"), "serve", "--port", $"{port}"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AUTH_TOKEN"] = TestServer.Token;
        start.Environment["DATABASE_URL"] = url;
        // Twenty starts: what runs for a moment is compiled quickly rather than well.
        start.Environment["DOTNET_TC_QuickJit"] = "1";
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }
}
