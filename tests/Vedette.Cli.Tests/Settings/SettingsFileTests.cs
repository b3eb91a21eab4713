using System.Collections;
using System.Text.Json.Nodes;
using Vedette.Cli.Settings;
using Vedette.Engine;

namespace Vedette.Cli.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("a.json", "{\"Risk\":{\"Medium\":30,\"AlertsPerDay\":2.5},\"Allow\":[\"10.0.0.0/8\"],\"Proxies\":{\"TrustPrivatePeers\":false}}")]
    [InlineData("b.json", "// comment\n{\"risk\":{\"medium\":\"30\",\"alertsPerDay\":2.5,},\"allow\":[\"10.0.0.0/8\"],\"proxies\":{\"trustPrivatePeers\":false}}")]
    [InlineData("c.yaml", "# comment\nrisk:\n  medium: 30\n  alertsPerDay: 2.5\nallow:\n  - 10.0.0.0/8\nproxies:\n  trustPrivatePeers: false\n")]
    [InlineData("d.yml", "Risk: {Medium: '30', AlertsPerDay: 2.5}\nAllow: [10.0.0.0/8]\nProxies: {TrustPrivatePeers: false}\n")]
    public void JsonAndYamlSayTheSame(string name, string text)
    {
        EngineOptions options = SettingsFile.Load(new FileInfo(_workspace.Write(name, text)));
        Assert.Equal(30, options.Risk.Medium);
        Assert.Equal(2.5, options.Risk.AlertsPerDay);
        Assert.Equal(60, options.Risk.High);
        Assert.Equal(["10.0.0.0/8"], options.Allow);
        Assert.False(options.Proxies.TrustPrivatePeers);
    }

    [Theory]
    [InlineData("a.json", "{\"Risk\":{\"Medium\":\"much\"}}", "Risk.Medium", "wrong type")]
    [InlineData("b.json", "{\"Rysk\":{}}", "Rysk", "no such setting")]
    [InlineData("c.json", "{\"Risk\":{\"Medium\":70}}", "Risk: Medium 70", "must rise")]
    [InlineData("d.json", "{\"Tracking\":{\"MaxCallers\":3},\"Incidents\":{\"IdleMinutes\":0}}", "Tracking:MaxCallers", "Incidents:IdleMinutes")]
    [InlineData("e.json", "{\"Allow\":[\"10.0.0.0/99\"]}", "Allow", "10.0.0.0/99")]
    [InlineData("f.json", "{\"Proxies\":{\"TrustedNetworks\":[\"everybody\"]}}", "Proxies:TrustedNetworks", "everybody")]
    [InlineData("g.json", "{nonsense", "g.json", "not valid JSON")]
    [InlineData("h.json", "[1,2]", "h.json", "object with sections")]
    [InlineData("i.json", "", "i.json", "not valid JSON")]
    [InlineData("j.yaml", "risk:\n  medum: 30\n", "risk.medum", "no such setting")]
    [InlineData("k.yaml", "risk: [1\n", "k.yaml", "not valid YAML")]
    [InlineData("l.yaml", "just a text", "l.yaml", "object with sections")]
    public void AWrongSettingIsNamed(string name, string text, string setting, string reason)
    {
        string message = Assert.Throws<UsageException>(() => SettingsFile.Load(new FileInfo(_workspace.Write(name, text)))).Message;
        Assert.Contains(setting, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsNamed() =>
        Assert.Contains("missing.json", Assert.Throws<UsageException>(() => SettingsFile.Load(new FileInfo(_workspace.PathOf("missing.json")))).Message, StringComparison.Ordinal);

    [Fact]
    public void TheEnvironmentGoesOverTheFileWhateverTheCase()
    {
        var settings = JsonNode.Parse("{\"risk\":{\"medium\":30,\"high\":55}}")!.AsObject();
        SettingsFile.Overlay(settings, new Hashtable { ["VEDETTE__RISK__MEDIUM"] = "35", ["vedette__Tracking__Workers"] = "3", ["VEDETTE_RISK"] = "x", ["PATH"] = "/bin" });
        Assert.Equal("35", settings["risk"]!["medium"]!.GetValue<string>());
        Assert.Equal(55, settings["risk"]!["high"]!.GetValue<int>());
        Assert.Equal("3", settings["Tracking"]!["Workers"]!.GetValue<string>());
        Assert.Equal(2, settings.Count);
    }

    [Fact]
    public async Task TheEnvironmentReachesTheProgram()
    {
        _workspace.Write("access.log", SampleLog.WithAttack);
        string[] args = ["scan", "access.log", "--fail-on", "critical"];
        Assert.Equal(ExitCode.Done, (await _workspace.StartAsync(args)).Exit);
        Assert.Equal(ExitCode.IncidentsFound, (await _workspace.StartAsync(args, null, ("VEDETTE__RISK__CRITICAL", "65"))).Exit);
        (int exit, _, string error) = await _workspace.StartAsync(args, null, ("VEDETTE__RISK__CRITICAL", "very"));
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("RISK.CRITICAL", error, StringComparison.Ordinal);
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
