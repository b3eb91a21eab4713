using System.Numerics;
using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;
using LogFormat = Vedette.Lab.Output.LogFormat;

namespace Vedette.Lab.Training;

/// <summary>Labelled windows of simulated traffic, for models that learn from labels: one stream for each fictional API, with attacks and faults of every kind.</summary>
/// <remarks>
/// The streams are written in formats that tell more and less (JSON, nginx, Apache), as real logs do, so that models do not rely on what a log may lack. Every window comes out of the engine itself: what is learnt from is computed as it
/// will be when the models are at work. Depends on the options alone.
/// </remarks>
public static class SimulatedWindows
{
    private static readonly LogFormat[] Formats = [LogFormat.Json, LogFormat.Nginx, LogFormat.Combined, LogFormat.Json];

    /// <summary>Makes them.</summary>
    /// <param name="hours">Length of each stream; all streams together are as many times as long.</param>
    /// <param name="requestsPerMinute">Mean requests a minute.</param>
    /// <param name="seed">Same seed, same windows.</param>
    /// <param name="progress">Told of each stream before it is made: its name and the share that is done.</param>
    /// <param name="maxThreads">Threads that work on it; 0 for one per processor. The windows are the same.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IReadOnlyList<LabelledWindows> Make(double hours, double requestsPerMinute, ulong seed, IProgress<TrainingProgress>? progress = null, int maxThreads = 0, CancellationToken cancellation = default)
    {
        var streams = new List<LabelledWindows>();
        for (int i = 0; i < TrafficSimulator.ApiNames.Count; i++)
        {
            string api = TrafficSimulator.ApiNames[i];
            progress?.Report(new TrainingProgress($"simulating {api}", (double)i / TrafficSimulator.ApiNames.Count));
            var simulation = new SimulationOptions { Api = api, Duration = TimeSpan.FromHours(hours), RequestsPerMinute = requestsPerMinute, Seed = seed + (ulong)i, Bodies = false };
            streams.Add(Make(simulation, Formats[i % Formats.Length], maxThreads, cancellation));
        }
        return streams;
    }

    /// <summary>Makes one stream.</summary>
    /// <param name="simulation">What traffic.</param>
    /// <param name="format">How its log is written.</param>
    /// <param name="maxThreads">Threads that work on it; 0 for one per processor.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static LabelledWindows Make(SimulationOptions simulation, LogFormat format, int maxThreads = 0, CancellationToken cancellation = default)
    {
        var labels = new WindowAttacks();
        var windows = new LabelledWindows($"simulated {simulation.Api}, {simulation.Duration.TotalHours:0.#} h, seed {simulation.Seed}");
        using var source = new SimulatedSource(new TrafficSimulator(simulation), format, labels.Note);
        var engine = new DetectionEngine(new EngineOptions { Tracking = TrackingOf(simulation, maxThreads) }) { WindowsClosed = batch => Add(windows, labels, batch) };
        BatchPipeline.Run(source, new LogParser(ReaderOf(format)), engine, maxThreads == 1 ? 0 : 2 * Environment.ProcessorCount, static _ => { }, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return windows;
    }

    /// <summary>Tables with room for the stream, where the usual ones would take a server that trains hundreds of megabytes for each.</summary>
    private static TrackingOptions TrackingOf(SimulationOptions simulation, int maxThreads)
    {
        var usual = new TrackingOptions { Workers = maxThreads };
        int requests = (int)Math.Clamp(simulation.Duration.TotalMinutes * simulation.RequestsPerMinute, 65_536, 1 << 20);
        int room = (int)BitOperations.RoundUpToPowerOf2((uint)requests);
        return usual with { MaxCallers = Math.Min(room / 8, usual.MaxCallers), MaxCallerRoutes = Math.Min(room / 2, usual.MaxCallerRoutes), MaxSeen = Math.Min(room, usual.MaxSeen) };
    }

    /// <summary>What reads the lines of a simulated log.</summary>
    internal static ILogFormat ReaderOf(LogFormat format) => LogFormats.Find(format switch
    {
        LogFormat.Json => "json",
        LogFormat.Common => "common",
        LogFormat.Vhost => "combined_vhost",
        // The combined format guesses what follows it: here the request time.
        _ => "combined",
    })!;

    private static void Add(LabelledWindows windows, WindowAttacks labels, WindowBatch batch)
    {
        for (int i = 0; i < batch.Count; i++) windows.Add(batch.Row(i), labels.IsAttack(batch.Caller(i), batch.Time(i)));
    }
}
