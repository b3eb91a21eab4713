using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

/// <summary>What a command reads it never writes over, and what it fails to write leaves the file before.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class FilesKeptTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("--out")]
    [InlineData("--annotate")]
    public async Task AScanDoesNotWriteOverItsLog(string option)
    {
        string log = _workspace.Write("access.log", SampleLog.WithAttack);
        await RefusesAsync(log, SampleLog.WithAttack, () => Workspace.RunAsync(log, option, Path.Combine(Path.GetDirectoryName(log)!, ".", "access.log")), option);
    }

    [Fact]
    public async Task ReportAndRowsAreTwoFiles()
    {
        string log = _workspace.Write("access.log", SampleLog.Quiet), report = _workspace.Write("report", "of another day");
        await RefusesAsync(report, "of another day", () => Workspace.RunAsync(log, "--out", report, "--annotate", report), "--annotate");
    }

    [Fact]
    public async Task ScoresDoNotReplaceTheTable()
    {
        const string Table = "a,b\n1,2\n2,3\n3,4\n";
        string table = _workspace.Write("table.csv", Table);
        await RefusesAsync(table, Table, () => Workspace.RunAsync(OutliersCommand.Create(), ["outliers", table, "--scores", table]), "--scores");
    }

    [Fact]
    public async Task AnImportDoesNotReplaceTheRequests()
    {
        string raw = _workspace.Write("normal.txt", "GET http://localhost/ HTTP/1.1\n\n");
        await RefusesAsync(raw, await File.ReadAllTextAsync(raw), () => Workspace.RunAsync(DatasetCommand.Create(), ["dataset", "import", "--csic", raw, "--out", raw]), "--out");
    }

    [Fact]
    public async Task AnEvaluationDoesNotReplaceTheLabels()
    {
        string log = _workspace.Write("access.log", SampleLog.Quiet), truth = _workspace.Write("access.truth", "{}\n");
        await RefusesAsync(truth, "{}\n", () => Workspace.RunAsync(EvaluateCommand.Create(), ["evaluate", log, "--truth", truth, "--out", truth]), "--out");
    }

    [Fact]
    public async Task AReportThatCannotBePlacedCostsNoScanAndLeavesNothing()
    {
        string log = _workspace.Write("access.log", SampleLog.Quiet), report = _workspace.Write("report.json", "of another day");
        Assert.Equal(ExitCode.Failure, (await Workspace.RunAsync(log, "--out", report, "--annotate", _workspace.PathOf("no/such/folder/rows"))).Exit);
        Assert.Equal("of another day", await File.ReadAllTextAsync(report));
        Assert.Equal(["access.log", "report.json"], Directory.EnumerateFiles(Path.GetDirectoryName(report)!).Select(Path.GetFileName).Order());
    }

    public void Dispose() => _workspace.Dispose();

    private static async Task RefusesAsync(string file, string content, Func<Task<(int Exit, string Error)>> run, string option)
    {
        (int exit, string error) = await run();
        Assert.Equal(ExitCode.Usage, exit);
        Assert.StartsWith($"vedette: {option} would write over", error, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(file));
    }
}
