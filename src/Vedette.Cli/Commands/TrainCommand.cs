using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;
using Vedette.Engine.Sources;
using Vedette.Lab.Simulation;
using Vedette.Lab.Training;
using Vedette.Server.Settings;
using LabFormat = Vedette.Lab.Output.LogFormat;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette train</c>: learns from logs what is ordinary, from simulated attacks what is not, and keeps the models as a new version.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var files = LogFilesArgument.Create("Logs of your own traffic, plain or gzip; without any, simulated traffic stands in.", ArgumentArity.ZeroOrMore);
        var format = LogFormatOption.Create();
        var hours = new Option<double>("--simulate-hours") { Description = "Hours of labelled traffic to simulate, all fictional APIs together; 0 trains without labels.", DefaultValueFactory = _ => 48 };
        var rate = new Option<double>("--rate") { Description = "Mean simulated requests per minute.", DefaultValueFactory = _ => 300 };
        var seed = new Option<ulong>("--seed") { Description = "Same seed, same models.", DefaultValueFactory = _ => 1 };
        var noTuning = new Option<bool>("--no-tuning") { Description = "Use sound settings instead of searching for better ones." };
        Option<string> data = ModelsOption.CreateData();
        var config = ConfigOption.Create();
        var command = new Command("train", "Train all models, measure them on what they have not seen, and keep them as a new version.") { files, format, hours, rate, seed, noTuning, data, config };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => Run(new TrainRequest
        {
            Files = parsed.GetValue(files) ?? [],
            Format = LogFormatOption.Resolve(parsed.GetValue(format)!),
            Hours = parsed.GetValue(hours) is >= 0 and <= 1440 and var given ? given : throw new UsageException("--simulate-hours must be from 0 to 1440."),
            Rate = parsed.GetValue(rate) is >= 1 and <= 100_000 and var perMinute ? perMinute : throw new UsageException("--rate must be from 1 to 100000."),
            Seed = parsed.GetValue(seed),
            Tune = !parsed.GetValue(noTuning),
            Directory = ModelsOption.Directory(parsed.GetValue(data)!),
            Options = SettingsLoader.LoadEngine(parsed.GetValue(config)),
        }, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(TrainRequest request, CancellationToken cancellationToken)
    {
        if (request.Files.Count == 0 && request.Hours == 0) throw new UsageException("train needs logs to learn from, or --simulate-hours above 0.");
        request.Directory.CheckWritable();
        long started = Stopwatch.GetTimestamp();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        ModelSet? models = null;
        if (Console.IsErrorRedirected) models = Train(request, new Announcements(null), cancellationToken);
        else console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(context => models = Train(request, new Announcements(context), cancellationToken));
        models = request.Directory.Add(models!, DateTimeOffset.UtcNow);
        Report(models, request.Directory, Stopwatch.GetElapsedTime(started));
        return ExitCode.Done;
    }

    private static ModelSet Train(TrainRequest request, Announcements progress, CancellationToken cancellationToken)
    {
        TrainingData own = Gather(request, progress, cancellationToken);
        IReadOnlyList<LabelledWindows> labelled = request.Hours == 0 ? []
            : SimulatedWindows.Make(request.Hours / TrafficSimulator.ApiNames.Count, request.Rate, request.Seed, progress.For("Simulating"), cancellation: cancellationToken);
        try
        {
            return ModelTrainer.Train(own, labelled, new TrainerOptions { Seed = request.Seed, Tune = request.Tune, Learning = request.Options.Learning }, progress.For("Training"), cancellationToken);
        }
        catch (ArgumentException problem)
        {
            throw new InvalidDataException(problem.Message, problem);
        }
    }

    private static TrainingData Gather(TrainRequest request, Announcements progress, CancellationToken cancellationToken)
    {
        progress.For("Reading").Report(new TrainingProgress(request.Files.Count == 0 ? "simulated traffic" : string.Join(", ", request.Files.Select(Path.GetFileName)), 0));
        if (request.Files.Count == 0)
        {
            var simulation = new SimulationOptions { Duration = TimeSpan.FromHours(request.Hours / TrafficSimulator.ApiNames.Count), RequestsPerMinute = request.Rate, Seed = request.Seed + 1000, Bodies = false };
            return GatheredTraffic.Of(simulation, LabFormat.Json, request.Options, cancellationToken);
        }
        using FileSource source = FileSource.Open(request.Files);
        TrainingData own = GatheredTraffic.Of(source, source.CreateParser(request.Format), request.Options, static _ => { }, cancellationToken);
        return own.Events > 0 ? own : throw new InvalidDataException("The logs hold no request that could be read, so there is nothing of your own to learn from; 'vedette parse FILE' shows why.");
    }

    private static void Report(ModelSet models, ModelDirectory directory, TimeSpan elapsed)
    {
        ModelLineage lineage = models.Lineage;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{models.Version} in {directory.Path}, trained in {elapsed.TotalSeconds:0.0} s on {lineage.Windows:N0} windows, {lineage.Requests:N0} requests and {lineage.Sequences:N0} sequences of {lineage.Events:N0} events"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready: {string.Join(", ", models.Ready)}"));
        Console.Out.WriteLine();
        ModelsCommand.WriteMetrics(Console.Out, lineage.Metrics);
    }

    private sealed record TrainRequest
    {
        public required IReadOnlyList<string> Files { get; init; }

        public required ILogFormat? Format { get; init; }

        public required double Hours { get; init; }

        public required double Rate { get; init; }

        public required ulong Seed { get; init; }

        public required bool Tune { get; init; }

        public required ModelDirectory Directory { get; init; }

        public required EngineOptions Options { get; init; }
    }

    /// <summary>Progress on a terminal's stderr: one bar for each part of the work; silent without a terminal.</summary>
    private sealed class Announcements(ProgressContext? context)
    {
        public IProgress<TrainingProgress> For(string part)
        {
            if (context is null) return new Receiver(static _ => { });
            ProgressTask task = context.AddTask(part);
            return new Receiver(progress =>
            {
                task.Value = 100 * progress.Share;
                task.Description = $"{part}: {progress.Step.EscapeMarkup()}";
            });
        }

        private sealed class Receiver(Action<TrainingProgress> receive) : IProgress<TrainingProgress>
        {
            public void Report(TrainingProgress value) => receive(value);
        }
    }
}
