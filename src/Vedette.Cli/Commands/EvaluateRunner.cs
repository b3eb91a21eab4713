using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;
using Vedette.Engine.Sources;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;
using LabFormat = Vedette.Lab.Output.LogFormat;

namespace Vedette.Cli.Commands;

/// <summary>Takes traffic through the engine for an evaluation: a file with its labels, or a simulation.</summary>
internal sealed class EvaluateRunner(EngineOptions options, EvaluatedModels models, CancellationToken cancellationToken)
{
    public EvaluatedTraffic RunFile(string events, string truth, ILogFormat? format)
    {
        IReadOnlyList<TruthRow> rows = ReadTruth(truth);
        using FileSource source = FileSource.Open(events);
        return Run(Path.GetFileName(events), source, source.CreateParser(format), () => rows, models.ForLog());
    }

    public EvaluatedTraffic Simulate(string name, SimulationOptions simulation, LabFormat format)
    {
        var simulator = new TrafficSimulator(simulation with { Bodies = format == LabFormat.Json });
        using var source = new SimulatedSource(simulator, format);
        return Run(name, source, new LogParser(Formats(format)), () => TruthRow.From(simulator), models.For(simulation.Api));
    }

    private EvaluatedTraffic Run(string name, IBatchSource source, LogParser parser, Func<IReadOnlyList<TruthRow>> truth, ModelSet? judges)
    {
        using FileStream spool = SpoolFile.Create();
        bool isTerminal = !Console.IsErrorRedirected;
        EvaluatedTraffic traffic = EvaluatedTraffic.Run(name, source, parser, options, truth, spool, events =>
        {
            if (isTerminal) Console.Error.Write($"\r{name}: {events:N0} events ");
        }, cancellationToken, judges);
        if (isTerminal) Console.Error.Write("\r\u001b[K");
        foreach (string warning in source.Warnings) Console.Error.WriteLine($"vedette: {warning}");
        return traffic;
    }

    private static IReadOnlyList<TruthRow> ReadTruth(string path)
    {
        using TextReader reader = TextInput.Open(path);
        return TruthReader.Read(reader);
    }

    private static ILogFormat Formats(LabFormat format) => LogFormats.Find(format switch
    {
        LabFormat.Json => "json",
        LabFormat.Common => "common",
        LabFormat.Vhost => "combined_vhost",
        // The combined format guesses what follows it: here the request time.
        _ => "combined",
    })!;
}
