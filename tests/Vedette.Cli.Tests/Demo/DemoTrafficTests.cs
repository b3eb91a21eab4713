using Vedette.Cli.Demo;
using Vedette.Lab.Simulation;
using Vedette.Server;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Tests.Demo;

public sealed class DemoTrafficTests : IDisposable
{
    private static readonly SimulationOptions Wave = new()
    {
        Duration = TimeSpan.FromMinutes(6),
        RequestsPerMinute = 200,
        AttackDensity = 0.2,
        Campaigns = 2,
        Intensities = new HashSet<Intensity> { Intensity.Easy, Intensity.Medium },
        Faults = false,
        Honest = HonestScenarios.None,
        Seed = 3,
    };

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task AWaveBringsItsAttacksAndNoneOfTheHonestTraffic()
    {
        VedetteSettings settings = SettingsLoader.Load(new SettingsSources
        {
            CommandLine = new Dictionary<string, string> { ["Storage:Url"] = "sqlite:" + _workspace.PathOf("data"), ["Server:Port"] = "0", ["Logging:File"] = _workspace.PathOf("vedette.log") },
        });
        await using var server = new VedetteServer(settings, StoreFactory.Create(settings.Storage, TimeProvider.System));
        await server.StartAsync(CancellationToken.None);
        await server.Opened;
        TrafficEvent[] all = [.. new TrafficSimulator(Wave).ReadAll()];
        int attacks = all.Count(static request => request.Truth >= 0);
        Assert.InRange(attacks, 1, all.Length / 2);

        var traffic = new DemoTraffic(server.Intake, "demo", Wave, attacksOnly: true);
        await traffic.SendPastAsync(Wave.Start + Wave.Duration, static _ => { }, CancellationToken.None);
        Assert.Equal(attacks, traffic.Events);
        await server.StopAsync();
    }

    public void Dispose() => _workspace.Dispose();
}
