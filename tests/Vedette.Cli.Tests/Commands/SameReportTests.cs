using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

/// <summary>The same traffic gives the same report, on any number of processors and however it is cut and handed in.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed partial class SameReportTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _log;
    private readonly string[] _lines;

    public SameReportTests()
    {
        _log = _workspace.PathOf("whole.log");
        var root = new RootCommand();
        root.Add(SimulateCommand.Create());
        Assert.Equal(ExitCode.Done, root.Parse(["simulate", "--hours", "1.5", "--rate", "60", "--seed", "9", "--out", _log]).Invoke());
        _lines = File.ReadAllLines(_log);
    }

    [Theory]
    [InlineData("access.log.2.gz access.log.1 access.log")]
    [InlineData("access.log access.log.1 access.log.2.gz")]
    [InlineData("access.log.1 access.log.2.gz access.log")]
    public async Task PiecesInAnyOrderAreTheWholeLog(string order)
    {
        WritePiece("access.log.2.gz", 0, _lines.Length / 4);
        WritePiece("access.log.1", _lines.Length / 4, _lines.Length / 2);
        WritePiece("access.log", _lines.Length / 2, _lines.Length);
        Assert.Equal(await ReportAsync(_log), await ReportAsync([.. order.Split(' ').Select(_workspace.PathOf)]));
    }

    [Fact]
    public async Task FilesThatOverlapGiveOneReportInAnyOrder()
    {
        // Cut by client, as a load balancer would; lines of one second may then change places, but in the same way whatever the order of the files.
        string[] shares = ["a.log", "b.log", "c.log"];
        for (int share = 0; share < shares.Length; share++)
            await File.WriteAllLinesAsync(_workspace.PathOf(shares[share]), _lines.Where(line => line[..line.IndexOf(' ', StringComparison.Ordinal)].Sum(static c => c) % shares.Length == share));
        string[] paths = [.. shares.Select(_workspace.PathOf)];
        string report = await ReportAsync(paths);
        Assert.Contains("\"type\"", report, StringComparison.Ordinal);
        Assert.Equal(report, await ReportAsync([.. paths.Reverse()]));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("7")]
    public async Task ProcessorsAndPiecesOfStandardInputDoNotMatter(string processors)
    {
        string whole = await ReportAsync(_log);
        Assert.Contains("\"type\"", whole, StringComparison.Ordinal);
        (int exit, string output, string error) = await _workspace.StartAsync(["scan", "-", "--output", "json"], await File.ReadAllTextAsync(_log), ("DOTNET_PROCESSOR_COUNT", processors));
        Assert.True(exit == ExitCode.Done, error);
        Assert.Equal(whole, Normalize(output));
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<string> ReportAsync(params string[] logs)
    {
        string report = _workspace.PathOf("report.json");
        (int exit, string error) = await Workspace.RunAsync([.. logs, "--output", "json", "--out", report]);
        Assert.True(exit == ExitCode.Done, error);
        return Normalize(await File.ReadAllTextAsync(report));
    }

    private void WritePiece(string name, int from, int to)
    {
        string text = string.Concat(_lines[from..to].Select(static line => line + "\n"));
        _workspace.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? HostileInputTests.Pack(text) : Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Without what must differ: how long it took, and in which file and where in it a line stands.</summary>
    private static string Normalize(string report) => Varying().Replace(report.ReplaceLineEndings("\n").TrimEnd(), "");

    [GeneratedRegex(",?\\s*\"(elapsed_ms|line|source)\": \\d+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Varying();
}
