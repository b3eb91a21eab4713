namespace Vedette.Cli.Tests.Commands;

public sealed class ScanSettingsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task TheEnvironmentReachesTheProgram()
    {
        _workspace.Write("access.log", SampleLog.WithAttack);
        string[] args = ["scan", "access.log", "--fail-on", "critical"];
        Assert.Equal(ExitCode.Done, (await _workspace.StartAsync(args)).Exit);
        Assert.Equal(ExitCode.IncidentsFound, (await _workspace.StartAsync(args, null, ("VEDETTE__RISK__CRITICAL", "65"))).Exit);
        (int exit, _, string error) = await _workspace.StartAsync(args, null, ("VEDETTE__RISK__CRITICAL", "very"));
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("RISK:CRITICAL", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFileInTheWorkingFolderIsTaken()
    {
        _workspace.Write("access.log", SampleLog.WithAttack);
        _workspace.Write("vedette.yaml", $"allow:\n  - {SampleLog.Attacker}\n");
        Assert.Equal(ExitCode.Done, (await _workspace.StartAsync(["scan", "access.log", "--fail-on", "low"])).Exit);
    }

    public void Dispose() => _workspace.Dispose();
}
