using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Vedette.Engine.Learning;
using Vedette.Lab.Simulation;
using Vedette.Server;
using Vedette.Server.Observability;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Demo;

/// <summary>Two days of simulated past, models trained on it, and a server that watches the simulated present.</summary>
internal static class DemoRun
{
    /// <summary>Requests a minute of the past: enough for all models to learn from, little enough for a laptop.</summary>
    private const double PastRate = 200;

    private const double LiveRate = 600;

    /// <summary>Attack campaigns an hour in the live traffic, so that something happens while one watches.</summary>
    private const int LiveCampaignsPerHour = 20;

    private static readonly TimeSpan LiveDuration = TimeSpan.FromHours(24);

    public static async Task<int> RunAsync(DemoOptions demo, CancellationToken cancellationToken)
    {
        string folder = DemoFolder.Prepare(demo.Data);
        VedetteSettings settings = SettingsLoader.Load(new SettingsSources
        {
            CommandLine = new Dictionary<string, string>
            {
                ["Storage:Url"] = "sqlite:" + folder,
                ["Server:Port"] = demo.Port.ToString(CultureInfo.InvariantCulture),
                ["Logging:File"] = Path.Combine(folder, "vedette.log"),
                ["Models:TrainAutomatically"] = "false",
            },
        });
        ServerLogging.Begin(settings);
        await using var server = new VedetteServer(settings, StoreFactory.Create(settings.Storage, TimeProvider.System));
        await server.StartAsync(cancellationToken);
        await server.Opened.WaitAsync(cancellationToken);

        var traffic = new DemoTraffic(server.Intake, "demo");
        long started = Stopwatch.GetTimestamp();
        ModelSet? models = await PrepareAsync(server, traffic, demo, cancellationToken);
        Tell(server, folder, traffic, models, Stopwatch.GetElapsedTime(started));
        if (demo.OpensBrowser && server.CreateSignInLink() is { } link) Browser.TryOpen(link);
        await WatchAsync(traffic, demo, cancellationToken);
        await Console.Error.WriteLineAsync("vedette: stopping.");
        await server.StopAsync();
        ServerLogging.End();
        return ExitCode.Done;
    }

    /// <summary>Past and models, with a bar each on a terminal. A folder that has both from an earlier time is used as it is.</summary>
    private static async Task<ModelSet?> PrepareAsync(VedetteServer server, DemoTraffic traffic, DemoOptions demo, CancellationToken cancellationToken)
    {
        if (server.ActiveModels is { } already) return already;
        if (Console.IsErrorRedirected) return await PrepareAsync(server, traffic, demo, static _ => { }, static _ => { }, cancellationToken);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(async context =>
        {
            ProgressTask past = context.AddTask(string.Create(CultureInfo.InvariantCulture, $"Simulating {demo.Hours:0.#} hours of traffic"));
            ProgressTask training = context.AddTask("Training");
            return await PrepareAsync(server, traffic, demo, share => past.Value = 100 * share, step =>
            {
                training.Value = 100 * step.Share;
                training.Description = ("Training: " + step.Step).EscapeMarkup();
            }, cancellationToken);
        });
    }

    private static async Task<ModelSet?> PrepareAsync(VedetteServer server, DemoTraffic traffic, DemoOptions demo, Action<double> onPast, Action<TrainingProgress> onTraining, CancellationToken cancellationToken)
    {
        TimeSpan length = TimeSpan.FromHours(demo.Hours);
        await traffic.SendPastAsync(new SimulationOptions { Start = DateTimeOffset.UtcNow - length, Duration = length, RequestsPerMinute = PastRate, AttackDensity = 0.1, Seed = demo.Seed }, onPast, cancellationToken);
        return await server.TrainAsync(new TrainerOptions { Seed = demo.Seed, Tune = true }, new Receiver(onTraining), cancellationToken);
    }

    private static async Task WatchAsync(DemoTraffic traffic, DemoOptions demo, CancellationToken cancellationToken)
    {
        try
        {
            for (ulong day = 1; !cancellationToken.IsCancellationRequested; day++)
            {
                var live = new SimulationOptions
                {
                    Start = DateTimeOffset.UtcNow, Duration = LiveDuration, RequestsPerMinute = LiveRate, AttackDensity = 0.1, Campaigns = (int)(LiveCampaignsPerHour * LiveDuration.TotalHours), Seed = demo.Seed + day,
                };
                await traffic.SendLiveAsync(live, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C ends the demo.
        }
    }

    private static void Tell(VedetteServer server, string folder, DemoTraffic traffic, ModelSet? models, TimeSpan elapsed)
    {
        TextWriter told = Console.Out;
        if (traffic.Events > 0) told.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{traffic.Events:N0} requests simulated, stored and analysed, {models?.Ready.Count ?? 0} models trained, in {elapsed.TotalSeconds:0} s."));
        told.WriteLine($"Data: {folder}");
        if (server.FirstKey is { } key) told.WriteLine($"Key:  {key}");
        if (server.CreateSignInLink() is { } link) told.WriteLine($"Dashboard, signed in (once, within 15 minutes): {link}");
        foreach (string address in server.Addresses) told.WriteLine($"API and documentation: {address}/docs");
        told.WriteLine("Live traffic with waves of attacks goes on until Ctrl+C.");
        told.Flush();
    }

    private sealed class Receiver(Action<TrainingProgress> receive) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => receive(value);
    }
}
