using System.Diagnostics;
using System.Text.Json;

namespace Vedette.Server.Tests.Observability;

/// <summary>A real Prometheus scrapes a real server.</summary>
[Trait("Speed", "Slow")]
public sealed class PrometheusTests
{
    private const string Program = "/usr/bin/prometheus";

    [Fact]
    public async Task PrometheusScrapesTheServer()
    {
        Assert.SkipUnless(File.Exists(Program), "prometheus is not installed: apt-get install prometheus");
        await using TestServer server = await TestServer.StartAsync();
        await server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(1), TestEvents.Attack(2)));
        string folder = Directory.CreateTempSubdirectory("vedette-prometheus").FullName;
        int port = TestServer.FreePort();
        string configuration = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            scrape_configs:
              - job_name: vedette
                scrape_interval: 200ms
                scrape_timeout: 200ms
                static_configs:
                  - targets: ["{{server.Address.Authority}}"]
            """);
        using Process prometheus = Process.Start(new ProcessStartInfo(Program, [$"--config.file={configuration}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}"]) { RedirectStandardError = true })!;
        prometheus.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await server.UntilAsync(async () => await ValueAsync(client, "up{job=\"vedette\"}") == "1", "a scrape that went well");
            await server.UntilAsync(async () => await ValueAsync(client, "sum(vedette_events_received_total)") == "2", "the events to be counted");
            Assert.Equal("1", await ValueAsync(client, "count(vedette_build_info)"));
            Assert.NotNull(await ValueAsync(client, "histogram_quantile(0.5, sum by (le) (api_request_duration_seconds_bucket))"));
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The value of an expression that has one; null if it has none, or Prometheus is not there yet.</summary>
    private static async Task<string?> ValueAsync(HttpClient client, string expression)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync("/api/v1/query?query=" + Uri.EscapeDataString(expression)));
            JsonElement result = answer.RootElement.GetProperty("data").GetProperty("result");
            return result.GetArrayLength() == 0 ? null : result[0].GetProperty("value")[1].GetString();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
