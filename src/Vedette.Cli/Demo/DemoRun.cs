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
    /// <summary>Requests a minute, past and live alike: enough for all models to learn from, little enough for a laptop.</summary>
    private const double Rate = 200;

    /// <summary>Attack campaigns an hour, so that something happens while one watches.</summary>
    private const int CampaignsPerHour = 8;

    private const string Source = "demo";

    private static readonly TimeSpan LiveDuration = TimeSpan.FromHours(24);

    /// <summary>So often a wave of attacks begins while one watches.</summary>
    private static readonly TimeSpan WaveDuration = TimeSpan.FromMinutes(6);

    public static async Task<int> RunAsync(DemoOptions demo, CancellationToken cancellationToken)
    {
        string folder = DemoFolder.Prepare(demo.Data);
        VedetteSettings settings = DemoSettings.Load(folder, demo.Port, Environment.GetEnvironmentVariables());
        ServerLogging.Begin(settings);
        await using var server = new VedetteServer(settings, StoreFactory.Create(settings.Storage, TimeProvider.System));
        await server.StartAsync(cancellationToken);
        await server.Opened.WaitAsync(cancellationToken);

        long started = Stopwatch.GetTimestamp();
        DateTimeOffset present = DateTimeOffset.UtcNow;
        // A folder that has models from an earlier time is used as it is.
        ModelSet? models = server.ActiveModels;
        SimulationOptions simulation = Simulate(present, models is null ? TimeSpan.FromHours(demo.Hours) : TimeSpan.Zero, demo.Seed);
        var traffic = new DemoTraffic(server.Intake, Source, simulation);
        models ??= await PrepareAsync(server, traffic, present, demo, cancellationToken);
        GiveBackMemory();
        Tell(server, settings.Access.Token.Length > 0, folder, traffic, models, Stopwatch.GetElapsedTime(started));
        if (demo.OpensBrowser && server.CreateSignInLink() is { } link) Browser.TryOpen(link);
        await WatchAsync(server, traffic, simulation, cancellationToken);
        await Console.Error.WriteLineAsync("vedette: stopping.");
        await server.StopAsync();
        ServerLogging.End();
        return ExitCode.Done;
    }

    private static SimulationOptions Simulate(DateTimeOffset present, TimeSpan past, ulong seed) => new()
    {
        Start = present - past,
        Duration = past + LiveDuration,
        RequestsPerMinute = Rate,
        AttackDensity = 0.1,
        Campaigns = (int)(CampaignsPerHour * (past + LiveDuration).TotalHours),
        Seed = seed,
    };

    /// <summary>Two attacks that are easily seen, on top of the live traffic: of the others some hours have none.</summary>
    private static SimulationOptions Wave(DateTimeOffset start, ulong seed) => new()
    {
        Start = start,
        Duration = WaveDuration,
        RequestsPerMinute = Rate,
        AttackDensity = 0.2,
        Campaigns = 2,
        Intensities = new HashSet<Intensity> { Intensity.Easy, Intensity.Medium },
        Faults = false,
        Honest = HonestScenarios.None,
        Seed = seed,
    };

    /// <summary>Past and models, with a bar for each part of the work on a terminal.</summary>
    private static async Task<ModelSet?> PrepareAsync(VedetteServer server, DemoTraffic traffic, DateTimeOffset present, DemoOptions demo, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected) return await PrepareAsync(server, traffic, present, demo, static _ => new Receiver(static _ => { }), cancellationToken);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(context =>
            PrepareAsync(server, traffic, present, demo, part => BarFor(context, part), cancellationToken));
    }

    /// <summary>The models learn from the past before the server sees it, so that they judge all of it: the dashboard is full from its first moment.</summary>
    private static async Task<ModelSet?> PrepareAsync(VedetteServer server, DemoTraffic traffic, DateTimeOffset present, DemoOptions demo, Func<string, IProgress<TrainingProgress>> progressOf, CancellationToken cancellationToken)
    {
        IProgress<TrainingProgress> simulating = progressOf(string.Create(CultureInfo.InvariantCulture, $"Simulating {demo.Hours:0.#} hours of traffic"));
        IProgress<TrainingProgress> training = progressOf("Training"), judging = progressOf("Judging the traffic");
        TrainingData samples = await Task.Run(() => traffic.Gather(present, share => simulating.Report(new TrainingProgress("", share)), cancellationToken), cancellationToken);
        GiveBackMemory();
        ModelSet? models = await server.TrainAsync(new TrainerOptions { Seed = demo.Seed, Tune = true }, training, cancellationToken, samples);
        training.Report(new TrainingProgress("done", 1));
        await traffic.SendPastAsync(present, share => judging.Report(new TrainingProgress("", share)), cancellationToken);
        return models;
    }

    /// <summary>To simulate, to train and to judge two days take memory each that what follows has no use for.</summary>
    private static void GiveBackMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static Receiver BarFor(ProgressContext context, string part)
    {
        ProgressTask bar = context.AddTask(part.EscapeMarkup());
        return new Receiver(progress =>
        {
            bar.Value = 100 * progress.Share;
            if (progress.Step.Length > 0) bar.Description = $"{part}: {progress.Step}".EscapeMarkup();
        });
    }

    private static async Task WatchAsync(VedetteServer server, DemoTraffic traffic, SimulationOptions simulation, CancellationToken cancellationToken)
    {
        try
        {
            await await Task.WhenAny(SendLiveAsync(server, traffic, simulation, cancellationToken), SendWavesAsync(server, simulation.Seed, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C ends the demo.
        }
    }

    /// <summary>Live traffic without an end: a simulation that is over is followed by another.</summary>
    private static async Task SendLiveAsync(VedetteServer server, DemoTraffic traffic, SimulationOptions simulation, CancellationToken cancellationToken)
    {
        while (true)
        {
            await traffic.SendLiveAsync(TimeProvider.System, cancellationToken);
            simulation = Simulate(simulation.Start + simulation.Duration, TimeSpan.Zero, simulation.Seed + 1);
            traffic = new DemoTraffic(server.Intake, Source, simulation);
        }
    }

    private static async Task SendWavesAsync(VedetteServer server, ulong seed, CancellationToken cancellationToken)
    {
        for (DateTimeOffset start = DateTimeOffset.UtcNow; ; start += WaveDuration)
            await new DemoTraffic(server.Intake, Source, Wave(start, ++seed), attacksOnly: true).SendLiveAsync(TimeProvider.System, cancellationToken);
    }

    private static void Tell(VedetteServer server, bool hasToken, string folder, DemoTraffic traffic, ModelSet? models, TimeSpan elapsed)
    {
        TextWriter told = Console.Out;
        if (traffic.Events > 0) told.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{traffic.Events:N0} requests simulated, stored and analysed, {models?.Ready.Count ?? 0} models trained, in {elapsed.TotalSeconds:0} s."));
        told.WriteLine($"Data: {folder}");
        if (server.FirstKey is { } key) told.WriteLine($"Key:  {key}");
        if (hasToken) told.WriteLine("Key:  AUTH_TOKEN");
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
