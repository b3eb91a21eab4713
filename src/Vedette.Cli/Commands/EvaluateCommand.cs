using System.CommandLine;
using Vedette.Engine;
using Vedette.Engine.Parsing;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;
using Vedette.Server.Settings;
using LabFormat = Vedette.Lab.Output.LogFormat;
using LabFormats = Vedette.Lab.Output.LogFormats;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette evaluate</c>: labelled traffic in, how well it is judged out, against static threshold rules.</summary>
internal static class EvaluateCommand
{
    private const double HonestRate = 1000;

    public static Command Create()
    {
        var events = new Argument<string?>("EVENTS") { Description = "A log, plain or gzip; without one, traffic is simulated.", Arity = ArgumentArity.ZeroOrOne };
        var truth = new Option<string?>("--truth") { Description = "The labels of EVENTS, as 'vedette simulate --truth' writes them.", HelpName = "FILE" };
        var format = new Option<string>("--format", "-f") { Description = "Format of EVENTS, as in 'vedette scan'; of simulated traffic, as in 'vedette simulate' (json by default).", DefaultValueFactory = _ => "auto", HelpName = "NAME" };
        var hours = new Option<double>("--hours") { Description = "Length of the simulated traffic of each API in hours.", DefaultValueFactory = _ => 24 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the simulation.", DefaultValueFactory = _ => 1 };
        var rate = new Option<double>("--rate") { Description = "Mean simulated requests per minute.", DefaultValueFactory = _ => 600 };
        var apis = new Option<string[]>("--api") { Description = $"Simulated APIs: {string.Join(", ", TrafficSimulator.ApiNames)}; all by default.", AllowMultipleArgumentsPerToken = true };
        var honest = new Option<double?>("--honest-hours") { Description = "Length of simulated traffic without attacks, at 1,000 requests a minute, in which everything reported is false; 24 by default, 0 with EVENTS." };
        var output = OutputOption.Create("text for people, json for programs.");
        var outFile = new Option<string?>("--out") { Description = "Write the report to this file instead of standard output.", HelpName = "FILE" };
        var misses = new Option<bool>("--misses") { Description = "List the attacks and faults that were not found or have another name." };
        var models = new Option<string?>("--models") { Description = $"Folder of the models to measure; '{EvaluatedModels.None}' for none. Without it models are trained on simulated traffic of other seeds.", HelpName = "DIR" };
        var simulated = new Option<double>("--simulate-hours") { Description = "Hours of labelled traffic to train the models on where none are given, all fictional APIs together.", DefaultValueFactory = _ => 24 };
        var config = ConfigOption.Create();
        var command = new Command("evaluate", "Measure detection on labelled traffic: recall, precision and false positives of every model, against static threshold rules at the same recall.")
        {
            events, truth, format, hours, seed, rate, apis, honest, output, outFile, misses, models, simulated, config,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(() =>
        {
            string? file = parsed.GetValue(events);
            string? labels = parsed.GetValue(truth);
            if (file is not null && labels is null) throw new UsageException("evaluate needs --truth FILE with the labels of the events; without a file of events it simulates its own.");
            if (file is null && labels is not null) throw new UsageException("--truth belongs to a file of events: vedette evaluate EVENTS --truth TRUTH.");
            // Everything is checked before anything runs: a run takes a minute.
            OutputFile.RequireApart(((string?[])[file, labels]).OfType<string>(), ("--out", parsed.GetValue(outFile)));
            OutputKind kind = OutputOption.Resolve(parsed.GetValue(output)!);
            string[] names = SimulationArguments.Apis(parsed.GetValue(apis));
            var simulation = SimulationArguments.Check(new SimulationOptions { Seed = parsed.GetValue(seed), Duration = SimulationArguments.Hours("--hours", parsed.GetValue(hours)), RequestsPerMinute = parsed.GetValue(rate) });
            double honestHours = parsed.GetValue(honest) ?? (file is null ? 24 : 0);
            SimulationOptions? calm = honestHours == 0 ? null : SimulationArguments.Check(simulation with { Duration = SimulationArguments.Hours("--honest-hours", honestHours), RequestsPerMinute = HonestRate, AttackDensity = 0, Faults = false });
            ILogFormat? fileFormat = file is null ? null : LogFormatOption.Resolve(parsed.GetValue(format)!);
            LabFormat simulatedFormat = file is null ? ResolveSimulatedFormat(parsed.GetValue(format)!) : LabFormat.Json;
            EngineOptions engine = SettingsLoader.LoadEngine(parsed.GetValue(config));
            var judges = new EvaluatedModels(parsed.GetValue(models), SimulationArguments.Hours("--simulate-hours", parsed.GetValue(simulated)).TotalHours, parsed.GetValue(seed), engine, cancellationToken);
            using OutputFile? report = parsed.GetValue(outFile) is { } path ? OutputFile.Create(path) : null;
            var runner = new EvaluateRunner(engine, judges, cancellationToken);

            List<EvaluatedTraffic> traffics = file is not null
                ? [runner.RunFile(file, labels!, fileFormat)]
                : [.. names.Select(api => runner.Simulate(api, simulation with { Api = api }, simulatedFormat))];
            List<EvaluatedTraffic> quiet = calm is null ? [] : [.. names.Select(api => runner.Simulate($"{api}, honest", calm with { Api = api }, LabFormat.Json))];
            Write(EvaluationResult.Of(traffics, quiet), kind, report, parsed.GetValue(misses));
            return ExitCode.Done;
        }, cancellationToken));
        return command;
    }

    private static void Write(EvaluationResult result, OutputKind kind, OutputFile? file, bool hasMisses)
    {
        using Stream stream = file?.Stream ?? Console.OpenStandardOutput();
        if (kind == OutputKind.Json) EvaluateJson.Write(result, stream);
        else
        {
            using var text = new StreamWriter(stream, leaveOpen: true);
            new EvaluateText(text).Write(result, hasMisses);
        }
        file?.Complete();
    }

    private static LabFormat ResolveSimulatedFormat(string name)
    {
        if (name == "auto") return LabFormat.Json;
        return LabFormats.TryParse(name, out LabFormat format) ? format : throw new UsageException($"--format of simulated traffic is one of {string.Join(", ", LabFormats.Names)}, not '{name}'.");
    }
}
