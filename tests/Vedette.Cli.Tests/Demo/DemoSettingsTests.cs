using System.Collections;
using Vedette.Cli.Demo;
using Vedette.Server.Enforcement;
using Vedette.Server.Settings;

namespace Vedette.Cli.Tests.Demo;

public sealed class DemoSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-demo-settings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Nobody is alerted, nothing is banned and no database written to because somebody looks at a demo.</summary>
    [Fact]
    public void WhatARealServerIsToldDoesNotCount()
    {
        VedetteSettings settings = DemoSettings.Load(_folder, 0, new Hashtable
        {
            ["VEDETTE__ALERTS__SLACK__URL"] = "https://hooks.slack.com/services/T0/B0/x",
            ["VEDETTE__ENFORCEMENT__MODE"] = "On",
            ["DATABASE_URL"] = "postgresql://vedette@db.example.com/vedette",
            ["MODEL_DIR"] = "/var/lib/vedette/models",
            ["LOG_FILE"] = "/var/log/vedette.log",
        });
        Assert.Equal("", settings.Alerts.Slack.Url);
        Assert.Equal("sqlite:" + _folder, settings.Storage.Url);
        Assert.Equal("", settings.Models.Directory);
        Assert.Equal(EnforcementMode.Off, settings.Enforcement.Mode);
        Assert.Equal(Path.Combine(_folder, "vedette.log"), settings.Logging.File);
        Assert.False(settings.Sources!.UsesWorkingDirectory);
    }

    [Fact]
    public void HowToReachItAndGetInCounts()
    {
        var environment = new Hashtable { ["AUTH_TOKEN"] = "a-key-of-more-than-twenty", ["HOST"] = "0.0.0.0", ["PORT"] = "9001" };
        VedetteSettings settings = DemoSettings.Load(_folder, null, environment);
        Assert.Equal(("a-key-of-more-than-twenty", "0.0.0.0", 9001), (settings.Access.Token, settings.Server.Host, settings.Server.Port));
        Assert.Equal(9002, DemoSettings.Load(_folder, 9002, environment).Server.Port);
        Assert.Equal(8080, DemoSettings.Load(_folder, null, new Hashtable()).Server.Port);
    }

    [Fact]
    public void AFolderWithSomethingElseInItIsLeftAlone()
    {
        string real = Path.Combine(_folder, "real"), demo = Path.Combine(_folder, "demo");
        Directory.CreateDirectory(real);
        File.WriteAllText(Path.Combine(real, "vedette.db"), "events of years");
        Assert.Contains("empty folder", Assert.Throws<UsageException>(() => DemoFolder.Prepare(real)).Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(real, "vedette.db")], Directory.EnumerateFiles(real));

        DemoFolder.Prepare(demo);
        File.WriteAllText(Path.Combine(demo, "vedette.db"), "events of an hour");
        Assert.Equal(demo, DemoFolder.Prepare(demo));
        Assert.True(File.Exists(Path.Combine(demo, "vedette.db")));
    }
}
