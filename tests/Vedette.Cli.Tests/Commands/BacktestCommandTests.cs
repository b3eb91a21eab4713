using System.Text.Json;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

[Collection(nameof(ConsoleCollection))]
public sealed class BacktestCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task TheSameSettingsFindTheSame()
    {
        string log = await LogAsync();
        JsonElement found = await FoundAsync(log, "{}");
        Assert.True(found.GetProperty("same").GetInt32() > 3);
        Assert.All((string[])["appeared", "disappeared", "changed"], list => Assert.Equal(0, found.GetProperty(list).GetArrayLength()));
    }

    [Fact]
    public async Task OtherLevelsChangeIncidentsAndLoseNone()
    {
        string log = await LogAsync();
        JsonElement found = await FoundAsync(log, """{"Risk":{"Medium":97,"High":98,"Critical":99}}""");
        Assert.Equal(0, found.GetProperty("appeared").GetArrayLength() + found.GetProperty("disappeared").GetArrayLength());
        JsonElement change = found.GetProperty("changed")[0];
        Assert.Equal(change.GetProperty("before").GetProperty("risk").GetInt32(), change.GetProperty("after").GetProperty("risk").GetInt32());
        Assert.NotEqual(change.GetProperty("before").GetProperty("level").GetString(), change.GetProperty("after").GetProperty("level").GetString());
    }

    [Fact]
    public async Task AnAllowedAddressNoLongerAppearsAndIsNamed()
    {
        string log = await LogAsync();
        JsonElement report = await _workspace.ReportAsync(log);
        string address = report.GetProperty("incidents").EnumerateArray().Select(static incident => incident.GetProperty("actor")).First(static actor => actor.GetProperty("kind").GetString() == "ip").GetProperty("value").GetString()!;
        string with = WriteSettings($$"""{"Allow":["{{address}}"]}""");
        JsonElement found = JsonDocument.Parse((await RunAsync(log, "--with", with, "--output", "json")).Output).RootElement;
        Assert.Contains(found.GetProperty("disappeared").EnumerateArray(), incident => incident.GetProperty("actor").GetProperty("value").GetString() == address);
        string text = (await RunAsync(log, "--with", with)).Output;
        Assert.Contains("disappear", text, StringComparison.Ordinal);
        Assert.Contains(address, text, StringComparison.Ordinal);
    }

    /// <summary>The changes go over the present settings: what they do not name stays.</summary>
    [Fact]
    public async Task WhatIsNotChangedStaysAsConfigured()
    {
        string log = await LogAsync();
        string config = _workspace.PathOf("present.json");
        await File.WriteAllTextAsync(config, """{"Risk":{"Medium":97,"High":98,"Critical":99}}""");
        JsonElement found = JsonDocument.Parse((await RunAsync(log, "--config", config, "--with", WriteSettings("""{"Incidents":{"IdleMinutes":60}}"""), "--output", "json")).Output).RootElement;
        Assert.Equal(0, found.GetProperty("changed").GetArrayLength());
    }

    [Fact]
    public async Task WrongUseIsRefused()
    {
        string log = await LogAsync();
        Assert.Equal(ExitCode.Usage, (await RunAsync(log)).Exit);
        (int exit, _, string error) = await RunAsync(log, "--with", WriteSettings("""{"Risk":{"Medium":-5}}"""));
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("Risk", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await RunAsync(log, "--with", _workspace.PathOf("none.json"))).Exit);
        Assert.Equal(ExitCode.Usage, (await RunAsync("--data", _workspace.PathOf("none"), "--with", WriteSettings("{}"))).Exit);
        Assert.Equal(ExitCode.Failure, (await RunAsync(_workspace.PathOf("none.log"), "--with", WriteSettings("{}"))).Exit);
    }

    private async Task<string> LogAsync()
    {
        string log = _workspace.PathOf("past.log");
        Assert.Equal(ExitCode.Done, (await Workspace.CaptureAsync(SimulateCommand.Create(), "--hours", "3", "--rate", "200", "--format", "combined", "--out", log)).Exit);
        return log;
    }

    private async Task<JsonElement> FoundAsync(string log, string changes) => JsonDocument.Parse((await RunAsync(log, "--with", WriteSettings(changes), "--output", "json")).Output).RootElement;

    private string WriteSettings(string json)
    {
        string file = _workspace.PathOf("changes.json");
        File.WriteAllText(file, json);
        return file;
    }

    private static Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) => Workspace.CaptureAsync(BacktestCommand.Create(), arguments);
}
