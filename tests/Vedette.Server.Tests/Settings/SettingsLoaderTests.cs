using System.Collections;
using Vedette.Engine;
using Vedette.Server.Settings;

namespace Vedette.Server.Tests.Settings;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-settings").FullName;

    [Theory]
    [InlineData("a.json", "{\"Risk\":{\"Medium\":30,\"AlertsPerDay\":2.5},\"Allow\":[\"10.0.0.0/8\"],\"Proxies\":{\"TrustPrivatePeers\":false}}")]
    [InlineData("b.json", "// comment\n{\"risk\":{\"medium\":\"30\",\"alertsPerDay\":2.5,},\"allow\":[\"10.0.0.0/8\"],\"proxies\":{\"trustPrivatePeers\":false}}")]
    [InlineData("c.yaml", "# comment\nrisk:\n  medium: 30\n  alertsPerDay: 2.5\nallow:\n  - 10.0.0.0/8\nproxies:\n  trustPrivatePeers: false\n")]
    [InlineData("d.yml", "Risk: {Medium: '30', AlertsPerDay: 2.5}\nAllow: [10.0.0.0/8]\nProxies: {TrustPrivatePeers: false}\n")]
    [Trait("Row", "C13")]
    public void JsonAndYamlSayTheSame(string name, string text)
    {
        EngineOptions options = SettingsLoader.LoadEngine(Write(name, text));
        Assert.Equal(30, options.Risk.Medium);
        Assert.Equal(2.5, options.Risk.AlertsPerDay);
        Assert.Equal(60, options.Risk.High);
        Assert.Equal(["10.0.0.0/8"], options.Allow);
        Assert.False(options.Proxies.TrustPrivatePeers);
    }

    [Theory]
    [InlineData("a.json", "{\"Risk\":{\"Medium\":\"much\"}}", "Risk:Medium", "wrong type")]
    [InlineData("b.json", "{\"Rysk\":{}}", "Rysk", "no such setting")]
    [InlineData("c.json", "{\"Risk\":{\"Medium\":70}}", "Risk: Medium 70", "must rise")]
    [InlineData("d.json", "{\"Tracking\":{\"MaxCallers\":3},\"Incidents\":{\"IdleMinutes\":0}}", "Tracking:MaxCallers", "Incidents:IdleMinutes")]
    [InlineData("e.json", "{\"Allow\":[\"10.0.0.0/99\"]}", "Allow", "10.0.0.0/99")]
    [InlineData("f.json", "{\"Proxies\":{\"TrustedNetworks\":[\"everybody\"]}}", "Proxies:TrustedNetworks", "everybody")]
    [InlineData("g.json", "{nonsense", "g.json", "not valid JSON")]
    [InlineData("h.json", "[1,2]", "h.json", "object with sections")]
    [InlineData("i.json", "", "i.json", "not valid JSON")]
    [InlineData("j.yaml", "risk:\n  medum: 30\n", "risk:medum", "no such setting")]
    [InlineData("k.yaml", "risk: [1\n", "k.yaml", "not valid YAML")]
    [InlineData("l.yaml", "just a text", "l.yaml", "object with sections")]
    public void AWrongSettingIsNamed(string name, string text, string setting, string reason)
    {
        string message = Assert.Throws<SettingsException>(() => SettingsLoader.LoadEngine(Write(name, text))).Message;
        Assert.Contains(setting, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Allow\":[null,\"10.0.0.0/8\"],\"Proxies\":{\"TrustedNetworks\":[null]},\"Redaction\":{\"Names\":[null]},\"Risk\":{\"Medium\":null},\"Tracking\":null}")]
    [InlineData("{\"Allow\":[\"10.0.0.0/8\"]}")]
    public void WhatHasNoValueIsNotThere(string text)
    {
        EngineOptions options = SettingsLoader.LoadEngine(Write("nulls.json", text));
        Assert.Equal(["10.0.0.0/8"], options.Allow);
        Assert.Empty(options.Proxies.TrustedNetworks);
        Assert.Empty(options.Redaction.Names);
        Assert.Equal(40, options.Risk.Medium);
    }

    [Fact]
    public void AMissingFileIsNamed() =>
        Assert.Contains("missing.json", Assert.Throws<SettingsException>(() => SettingsLoader.LoadEngine(new FileInfo(Path.Combine(_folder, "missing.json")))).Message, StringComparison.Ordinal);

    [Fact]
    public void TheEnvironmentGoesOverTheFileWhateverTheCase()
    {
        FileInfo file = Write("a.json", "{\"risk\":{\"medium\":30,\"high\":55}}");
        VedetteSettings settings = SettingsLoader.Load(new SettingsSources { File = file, Environment = new Hashtable { ["VEDETTE__RISK__MEDIUM"] = "35", ["vedette__Tracking__Workers"] = "3", ["VEDETTE_RISK"] = "x", ["PATH"] = "/bin" } });
        Assert.Equal((35, 55, 3), (settings.Engine.Risk.Medium, settings.Engine.Risk.High, settings.Engine.Tracking.Workers));
        Assert.Equal(("VEDETTE__RISK__MEDIUM", "a.json"), (settings.Origins["Risk:Medium"], settings.Origins["Risk:High"]));
    }

    [Fact]
    public void ListsAndTruthsCanComeFromTheEnvironment()
    {
        VedetteSettings settings = SettingsLoader.Load(new SettingsSources { File = Write("a.json", "{}"), Environment = new Hashtable { ["VEDETTE__ALLOW"] = "10.0.0.0/8, 192.0.2.1", ["VEDETTE__PROXIES__TRUSTPRIVATEPEERS"] = "false" } });
        Assert.Equal(["10.0.0.0/8", "192.0.2.1"], settings.Engine.Allow);
        Assert.False(settings.Engine.Proxies.TrustPrivatePeers);
    }

    [Theory]
    [InlineData("PORT", "9090", "Server:Port")]
    [InlineData("HOST", "0.0.0.0", "Server:Host")]
    [InlineData("AUTH_TOKEN", "a-long-random-text", "Access:Token")]
    [InlineData("DATABASE_URL", "postgresql://user:secret@db.example/vedette", "Storage:Url")]
    [InlineData("MODEL_DIR", "/models", "Models:Directory")]
    [InlineData("SCALER_PATH", "/scaler", "Models:ScalerPath")]
    [InlineData("WARMUP_LOGS", "1000", "Learning:WarmupEvents")]
    [InlineData("LOG_LEVEL", "DEBUG", "Logging:Level")]
    [InlineData("LOG_FILE", "/var/log/vedette.log", "Logging:File")]
    [InlineData("WORKERS", "3", "Tracking:Workers")]
    [Trait("Row", "D8")]
    [Trait("Row", "B6")]
    public void ShortNamesAreHonoredByTheServerAlone(string name, string value, string path)
    {
        var sources = new SettingsSources { File = Write("a.json", "{}"), Environment = new Hashtable { [name] = value } };
        Assert.Empty(SettingsLoader.Load(sources).Origins);
        VedetteSettings settings = SettingsLoader.Load(sources with { HonorsShortNames = true });
        Assert.Equal(name, settings.Origins[path]);
        string report = SettingsReport.Write(settings);
        Assert.Contains($"{path} = ", report, StringComparison.Ordinal);
        Assert.Contains($"({name})", report, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", report, StringComparison.Ordinal);
        Assert.DoesNotContain("a-long-random-text", report, StringComparison.Ordinal);
    }

    [Fact]
    public void LaterSourcesWin()
    {
        VedetteSettings settings = SettingsLoader.Load(new SettingsSources
        {
            File = Write("a.json", "{\"Server\":{\"Port\":1,\"Host\":\"::1\",\"QueueEvents\":300000},\"Risk\":{\"High\":61,\"AlertsPerDay\":3}}"),
            Stored = "{\"Risk\":{\"High\":62}}",
            Environment = new Hashtable { ["PORT"] = "2", ["VEDETTE__SERVER__PORT"] = "3" },
            HonorsShortNames = true,
            CommandLine = new Dictionary<string, string> { ["Server:Port"] = "4" },
        });
        Assert.Equal((4, "::1", 62, 3.0), (settings.Server.Port, settings.Server.Host, settings.Engine.Risk.High, settings.Engine.Risk.AlertsPerDay));
        Assert.Equal(("command line", "stored"), (settings.Origins["Server:Port"], settings.Origins["Risk:High"]));
    }

    [Theory]
    [InlineData("PORT", "http", "Server:Port", "PORT")]
    [InlineData("PORT", "70000", "Server:Port", "65535")]
    [InlineData("HOST", "everywhere", "Server:Host", "0.0.0.0")]
    [InlineData("AUTH_TOKEN", "short", "Access:Token", "8 characters")]
    [InlineData("LOG_LEVEL", "loud", "Logging:Level", "debug")]
    [InlineData("WORKERS", "-1", "Tracking:Workers", "1024")]
    [InlineData("WARMUP_LOGS", "7", "Learning:WarmupEvents", "100")]
    [InlineData("MODEL_PATH", "/nowhere/model", "Models:Path", "no such file")]
    [InlineData("DATABASE_URL", "mysql://db", "Storage:Url", "postgresql://")]
    public void AWrongShortSettingIsNamed(string name, string value, string path, string advice)
    {
        string message = Assert.Throws<SettingsException>(() => SettingsLoader.Load(new SettingsSources { File = Write("a.json", "{}"), Environment = new Hashtable { [name] = value }, HonorsShortNames = true })).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.Contains(name, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30d", 30 * 86_400.0)]
    [InlineData("12h", 43_200.0)]
    [InlineData("250ms", 0.25)]
    [InlineData("1.02:00:00", 93_600.0)]
    [InlineData("30", null)]
    [InlineData("soon", null)]
    public void LengthsOfTimeAreReadAsPeopleWriteThem(string text, double? seconds)
    {
        bool isRead = DurationConverter.TryParse(text, out TimeSpan duration);
        Assert.Equal(seconds, isRead ? duration.TotalSeconds : null);
    }

    private FileInfo Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return new FileInfo(Path.Combine(_folder, name));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
