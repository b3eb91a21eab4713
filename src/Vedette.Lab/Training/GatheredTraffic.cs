using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Sources;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;
using LogFormat = Vedette.Lab.Output.LogFormat;

namespace Vedette.Lab.Training;

/// <summary>Runs traffic through an engine that gathers what models learn from.</summary>
public static class GatheredTraffic
{
    /// <summary>Gathers from log lines.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="parser">How they are read.</param>
    /// <param name="options">How the engine is set.</param>
    /// <param name="onProcessed">Called with each batch the engine has seen.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static TrainingData Of(IBatchSource source, LogParser parser, EngineOptions options, Action<PreparedBatch> onProcessed, CancellationToken cancellation = default)
    {
        var engine = new DetectionEngine(options with { Learning = options.Learning with { Gather = true } });
        BatchPipeline.Run(source, parser, engine, 2 * Environment.ProcessorCount, onProcessed, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return engine.SnapshotTraining();
    }

    /// <summary>Gathers from a simulation.</summary>
    public static TrainingData Of(SimulationOptions simulation, LogFormat format, EngineOptions options, CancellationToken cancellation = default)
    {
        using var source = new SimulatedSource(new TrafficSimulator(simulation), format);
        return Of(source, new LogParser(SimulatedWindows.ReaderOf(format)), options, static _ => { }, cancellation);
    }
}
