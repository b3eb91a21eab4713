using System.Diagnostics;

namespace Vedette.Cli.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    /// <summary>What a server says at its start stands in the journal for everybody to read.</summary>
    [Fact]
    public async Task ThePasswordOfADatabaseThatIsAwayIsNotTold()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "vedette.dll"), "serve", "--port", "0"])
        {
            WorkingDirectory = Path.GetDirectoryName(_workspace.PathOf("x")),
            RedirectStandardError = true,
        };
        start.Environment["DATABASE_URL"] = "postgresql://vedette:geheim@127.0.0.1:1/vedette";
        start.Environment["LOG_FILE"] = "-";
        using Process server = Process.Start(start)!;
        try
        {
            string? line;
            do
            {
                line = await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
                Assert.NotNull(line);
                Assert.DoesNotContain("geheim", line, StringComparison.Ordinal);
            }
            while (!line.Contains("cannot be reached yet", StringComparison.Ordinal));
            Assert.Contains("postgresql://vedette:***@127.0.0.1:1/vedette", line, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _workspace.Dispose();
}
