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

/// <summary>Brings simulated traffic into a server through the way every event takes: what is past as fast as the server takes it, the rest when its time has come.</summary>
/// <remarks>One simulation makes past and present, so the same people go on where the past ends and no rate breaks there.</remarks>
/// <param name="intake">The server's.</param>
/// <param name="source">What the server knows it by.</param>
/// <param name="simulation">The traffic.</param>
/// <param name="attacksOnly">Whether what honest clients send is left out, for attacks on top of other traffic.</param>
internal sealed class DemoTraffic(EventIntake intake, string source, SimulationOptions simulation, bool attacksOnly = false)
{
    private const int PastBatch = 2000;

    private readonly LogParser _parser = new(LogFormats.Find("json")!);
    private readonly TrafficSimulator _simulator = new(simulation);
    private TrafficEvent _next;
    private bool _isRead;

    /// <summary>Events handed in so far.</summary>
    public long Events { get; private set; }

    /// <summary>Gathers from the past what models learn from, apart from any server.</summary>
    /// <param name="end">Where the past ends.</param>
    /// <param name="onProgress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public TrainingData Gather(DateTimeOffset end, Action<double> onProgress, CancellationToken cancellationToken)
    {
        using var traffic = new SimulatedSource(new TrafficSimulator(simulation), LogFormat.Json) { EndMicros = Micros(end) };
        void Report(PreparedBatch batch)
        {
            if (batch.Events.EventCount > 0) onProgress(ShareOf(batch.Events.Events[^1].TimeMicros, end));
        }

        return GatheredTraffic.Of(traffic, new LogParser(LogFormats.Find("json")!), new EngineOptions(), Report, cancellationToken);
    }

    /// <summary>Hands in what is past, as fast as the server takes it.</summary>
    /// <param name="end">Where the past ends.</param>
    /// <param name="onProgress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task SendPastAsync(DateTimeOffset end, Action<double> onProgress, CancellationToken cancellationToken)
    {
        long endMicros = Micros(end);
        while (TryPeek() && _next.TimeMicros < endMicros)
        {
            await SendAsync(TakeUntil(endMicros), cancellationToken);
            onProgress(ShareOf(_next.TimeMicros, end));
        }
        onProgress(1);
    }

    /// <summary>Hands each further event in when its time has come, until it is cancelled or the traffic ends.</summary>
    public async Task SendLiveAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), time);
        while (TryPeek() && await timer.WaitForNextTickAsync(cancellationToken)) await SendAsync(TakeUntil(Micros(time.GetUtcNow())), cancellationToken);
    }

    /// <summary>True if there is an event that was not handed in; it has been read then.</summary>
    private bool TryPeek() => _isRead || (_isRead = _simulator.TryRead(ref _next));

    /// <summary>The next events before a time, at most a batch.</summary>
    private List<TrafficEvent> TakeUntil(long endMicros)
    {
        var due = new List<TrafficEvent>();
        for (; TryPeek() && _next.TimeMicros < endMicros && due.Count < PastBatch; _isRead = false)
            if (!attacksOnly || _next.Truth >= 0) due.Add(_next);
        return due;
    }

    private double ShareOf(long micros, DateTimeOffset end) => Math.Clamp((micros - Micros(simulation.Start)) / (end - simulation.Start).TotalMicroseconds, 0, 1);

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
