using System.Diagnostics;
using System.Text.Json;
using Vedette.Server.Tests.Deploy;

namespace Vedette.Server.Tests.Api;

/// <summary>Every line of docs/api.md that begins with curl works as it stands.</summary>
public sealed class DocumentationTests
{
    /// <summary>What curl ends with when <c>--max-time</c> is over.</summary>
    private const int CurlTimedOut = 28;

    [Fact]
    public async Task EveryExampleRuns()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed");
        await using TestServer server = await TestServer.StartAsync();
        var failed = new List<string>();
        string incident = "none";
        foreach (string line in await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "api.md")))
        {
            if (!line.StartsWith("curl ", StringComparison.Ordinal)) continue;
            if (line.Contains("$INCIDENT", StringComparison.Ordinal) && incident == "none") incident = await FirstIncidentAsync(server);
            (int exit, string output) = await RunAsync(line, server, incident);
            bool mayEnd = line.Contains("--max-time", StringComparison.Ordinal) && exit == CurlTimedOut;
            if (exit != 0 && !mayEnd) failed.Add($"{exit}: {line}: {output}");
            else if (!line.Contains(" -f", StringComparison.Ordinal) && !mayEnd && !output.Contains("\"status\":4", StringComparison.Ordinal)) failed.Add($"answered well, so it may say -f: {line}");
        }
        Assert.Empty(failed);
    }

    private static async Task<string> FirstIncidentAsync(TestServer server)
    {
        JsonElement items = default;
        await server.UntilAsync(async () => (items = (await server.GetAsync("/api/incidents")).Body.GetProperty("items")).GetArrayLength() > 0, "an incident of the examples");
        return items[0].GetProperty("id").GetString()!;
    }

    private static async Task<(int Exit, string Output)> RunAsync(string line, TestServer server, string incident)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["VEDETTE"] = server.Address.GetLeftPart(UriPartial.Authority);
        start.Environment["KEY"] = TestServer.Token;
        start.Environment["INCIDENT"] = incident;
        using Process curl = Process.Start(start)!;
        Task<string> output = curl.StandardOutput.ReadToEndAsync(), error = curl.StandardError.ReadToEndAsync();
        await curl.WaitForExitAsync();
        return (curl.ExitCode, await output + await error);
    }
}
