using System.Text.Json;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

[Collection(nameof(ConsoleCollection))]
public sealed class TrainCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Data => _workspace.PathOf("data");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task VersionsAreTrainedListedActivatedAndRolledBack()
    {
        string log = _workspace.PathOf("own.log");
        Assert.Equal(ExitCode.Done, (await Workspace.CaptureAsync(SimulateCommand.Create(), "--hours", "6", "--rate", "100", "--format", "combined", "--out", log)).Exit);
        for (int i = 1; i <= 2; i++)
        {
            var trained = await Workspace.CaptureAsync(TrainCommand.Create(), log, "--simulate-hours", "8", "--rate", "100", "--no-tuning", "--data", Data, "--seed", $"{i}");
            Assert.True(trained.Exit == ExitCode.Done, trained.Error);
            Assert.StartsWith($"v000{i} in ", trained.Output, StringComparison.Ordinal);
            Assert.Contains("consensus", trained.Output, StringComparison.Ordinal);
        }
        JsonElement listed = JsonDocument.Parse((await Workspace.CaptureAsync(ModelsCommand.Create(), "list", "--data", Data, "--output", "json")).Output).RootElement;
        Assert.Equal(["v0002", "v0001"], listed.EnumerateArray().Select(static version => version.GetProperty("version").GetString()));
        Assert.True(listed[0].GetProperty("active").GetBoolean());
        Assert.Equal("v0001", listed[0].GetProperty("lineage").GetProperty("parent").GetString());
        Assert.Equal("v0001 is active.", (await Workspace.CaptureAsync(ModelsCommand.Create(), "rollback", "--data", Data)).Output.Trim());
        Assert.Equal("v0002 is active.", (await Workspace.CaptureAsync(ModelsCommand.Create(), "activate", "v0002", "--data", Data)).Output.Trim());
        Assert.Contains("* v0002", (await Workspace.CaptureAsync(ModelsCommand.Create(), "list", "--data", Data)).Output, StringComparison.Ordinal);

        JsonElement report = await _workspace.ReportAsync(log, "--models", Data);
        Assert.Contains(report.GetProperty("incidents").EnumerateArray(), static incident => incident.GetProperty("models").TryGetProperty("isolation_forest", out _));
    }

    [Fact]
    public async Task TooLittleTrafficIsRefusedWithWhatIsMissing()
    {
        string log = _workspace.PathOf("small.log");
        await File.WriteAllTextAsync(log, "203.0.113.1 - - [10/Mar/2026:09:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"-\"\n");
        var trained = await Workspace.CaptureAsync(TrainCommand.Create(), log, "--simulate-hours", "0", "--data", Data);
        Assert.Equal(ExitCode.Failure, trained.Exit);
        Assert.Contains("too few to learn from", trained.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Data, "models")));
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsToldBeforeAnythingIsRead()
    {
        string file = _workspace.PathOf("file");
        await File.WriteAllTextAsync(file, "");
        var trained = await Workspace.CaptureAsync(TrainCommand.Create(), _workspace.PathOf("missing.log"), "--data", Path.Combine(file, "below"));
        Assert.Equal(ExitCode.Failure, trained.Exit);
        Assert.Contains($"{file} is a file", trained.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALogWithoutRequestsIsRefusedThoughThereIsSimulatedTraffic()
    {
        string log = _workspace.PathOf("empty.log");
        await File.WriteAllTextAsync(log, "");
        var trained = await Workspace.CaptureAsync(TrainCommand.Create(), log, "--simulate-hours", "1", "--data", Data);
        Assert.Equal(ExitCode.Failure, trained.Exit);
        Assert.Contains("no request that could be read", trained.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Data, "models")));
    }

    [Theory]
    [InlineData("train needs logs", "--simulate-hours", "0")]
    [InlineData("--rate must be", "--rate", "0")]
    [InlineData("--simulate-hours must be", "--simulate-hours", "9999")]
    public async Task WrongUseIsRefused(string message, params string[] arguments)
    {
        var trained = await Workspace.CaptureAsync(TrainCommand.Create(), [.. arguments, "--data", Data]);
        Assert.Equal(ExitCode.Usage, trained.Exit);
        Assert.Contains(message, trained.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderWithoutModelsIsToldWithWhatMakesThem()
    {
        Assert.Contains("'vedette train' makes them", (await Workspace.CaptureAsync(ModelsCommand.Create(), "list", "--data", Data)).Output, StringComparison.Ordinal);
        var activated = await Workspace.CaptureAsync(ModelsCommand.Create(), "activate", "v0001", "--data", Data);
        Assert.Equal(ExitCode.Failure, activated.Exit);
        Assert.Contains("no version 'v0001'", activated.Error, StringComparison.Ordinal);
        var scanned = await Workspace.CaptureAsync(ScanCommand.Create(), "--models", Data);
        Assert.Equal(ExitCode.Usage, scanned.Exit);
        Assert.Contains("there are no models", scanned.Error, StringComparison.Ordinal);
    }
}
