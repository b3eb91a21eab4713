using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;
using Vedette.Engine.Pipeline;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;
using Vedette.Lab.Training;
using Vedette.Server.Ingestion;
using LogFormats = Vedette.Engine.Parsing.LogFormats;
using LogParser = Vedette.Engine.Parsing.LogParser;

namespace Vedette.Cli.Demo;

/// <summary>Brings simulated traffic into a server through the way every event takes.</summary>
internal sealed class DemoTraffic(EventIntake intake, string source)
{
    private const int PastBatch = 2000;

    private readonly LogParser _parser = new(LogFormats.Find("json")!);

    /// <summary>Events handed in so far.</summary>
    public long Events { get; private set; }

    /// <summary>Gathers from a traffic what models learn from, apart from any server.</summary>
    public static TrainingData Gather(SimulationOptions simulation, Action<double> onProgress, CancellationToken cancellationToken)
    {
        using var traffic = new SimulatedSource(new TrafficSimulator(simulation), LogFormat.Json);
        long first = Micros(simulation.Start);
        double length = simulation.Duration.TotalMicroseconds;
        void Report(PreparedBatch batch)
        {
            if (batch.Events.EventCount > 0) onProgress(Math.Clamp((batch.Events.Events[^1].TimeMicros - first) / length, 0, 1));
        }

        return GatheredTraffic.Of(traffic, new LogParser(LogFormats.Find("json")!), new EngineOptions(), Report, cancellationToken);
    }

    /// <summary>Hands in the whole traffic as fast as the server takes it.</summary>
    /// <param name="simulation">What to simulate.</param>
    /// <param name="onProgress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task SendPastAsync(SimulationOptions simulation, Action<double> onProgress, CancellationToken cancellationToken)
    {
        var simulator = new TrafficSimulator(simulation);
        var batch = new List<TrafficEvent>(PastBatch);
        var request = default(TrafficEvent);
        long first = Micros(simulation.Start);
        double length = simulation.Duration.TotalMicroseconds;
        bool isOpen = true;
        while (isOpen)
        {
            batch.Clear();
            while (batch.Count < PastBatch && (isOpen = simulator.TryRead(ref request))) batch.Add(request);
            await SendAsync(batch, cancellationToken);
            onProgress(Math.Clamp((request.TimeMicros - first) / length, 0, 1));
        }
        onProgress(1);
    }

    /// <summary>Hands each event in when its time has come, until it is cancelled or the traffic ends.</summary>
    public async Task SendLiveAsync(SimulationOptions simulation, TimeProvider time, CancellationToken cancellationToken)
    {
        var simulator = new TrafficSimulator(simulation);
        var due = new List<TrafficEvent>();
        var request = default(TrafficEvent);
        bool isOpen = simulator.TryRead(ref request);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), time);
        while (isOpen && await timer.WaitForNextTickAsync(cancellationToken))
        {
            long now = Micros(time.GetUtcNow());
            due.Clear();
            while (isOpen && request.TimeMicros <= now && due.Count < PastBatch)
            {
                due.Add(request);
                isOpen = simulator.TryRead(ref request);
            }
            if (due.Count > 0) await SendAsync(due, cancellationToken);
        }
    }

    private async Task SendAsync(List<TrafficEvent> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0) return;
        using var text = new MemoryStream();
        using (var writer = new TrafficWriter(text, LogFormat.Json))
            foreach (TrafficEvent request in batch) writer.Write(request);
        while (true)
        {
            Submission submission = intake.Rent(text.Length);
            submission.Source = intake.Sources.IndexOf(source, "simulator");
            AddLines(submission.Events, text.GetBuffer().AsSpan(0, (int)text.Length));
            _parser.Parse(submission.Events);
            SubmitResult result = await intake.SubmitAsync(submission);
            if (result == SubmitResult.Stored) break;
            if (result == SubmitResult.Failed) throw new InvalidDataException("The server could not analyse the simulated traffic; its log says why.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
        Events += batch.Count;
    }

    private static void AddLines(EventBatch events, ReadOnlySpan<byte> text)
    {
        Utf8Slice all = events.Append(text);
        int start = all.Offset;
        for (int length; (length = events.Text[start..].IndexOf((byte)'\n')) >= 0; start += length + 1) events.AddLine(new Utf8Slice(start, length), events.LineCount + 1);
    }

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;
}
