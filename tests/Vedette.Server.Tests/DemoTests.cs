using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vedette.Server.Tests;

/// <summary>The real program, asked for its demo.</summary>
[Trait("Speed", "Slow")]
public sealed partial class DemoTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-demo-test").FullName;

    [Fact]
    [Trait("Row", "C12")]
    public async Task OneCommandGivesAPastModelsAndALivePresent()
    {
        using Process process = Start();
        try
        {
            string said = await SaidAsync(process);
            using var client = new HttpClient { BaseAddress = new Uri(Address().Match(said).Groups[1].Value) };
            client.DefaultRequestHeaders.Add("X-API-Key", Key().Match(said).Groups[1].Value);

            JsonElement status = await GetAsync(client, "/status");
            Assert.All(status.GetProperty("models").EnumerateArray(), static model => Assert.True(model.GetProperty("ready").GetBoolean(), $"{model.GetProperty("name")} is trained"));
            // The past is full of findings, of detectors and of models.
            long past = status.GetProperty("logs_processed").GetInt64();
            Assert.True(past > 10_000);
            Assert.True((await GetAsync(client, "/api/incidents?limit=100")).GetProperty("items").GetArrayLength() > 3);
            JsonElement anomalies = (await GetAsync(client, "/api/anomalies?limit=1000")).GetProperty("items");
            Assert.True(anomalies.GetArrayLength() > 10);
            Assert.Contains(anomalies.EnumerateArray(), static anomaly => anomaly.GetProperty("time").GetDateTimeOffset() < DateTimeOffset.UtcNow.AddHours(-1));
            // And the present goes on.
            var patience = Stopwatch.StartNew();
            while ((await GetAsync(client, "/status")).GetProperty("logs_processed").GetInt64() <= past + 5) Assert.True(patience.Elapsed < Patience);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;

    /// <summary>What it says until it is ready.</summary>
    private static async Task<string> SaidAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        string said = "";
        while (!said.Contains("Live traffic", StringComparison.Ordinal))
            said += (await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidDataException("The demo ended early: " + said)) + "\n";
        return said;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "vedette.dll"), "demo", "--hours", "4", "--no-browser", "--port", "0", "--data", _folder])
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return process;
    }

    [GeneratedRegex(@"(http://\S+?)/docs", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"Key:\s+(\S+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
