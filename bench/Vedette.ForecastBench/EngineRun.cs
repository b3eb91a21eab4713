using System.Text;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Sources;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.ForecastBench;

/// <summary>Sends simulated traffic through the whole engine, as lines of a log with durations.</summary>
internal static class EngineRun
{
    public static DetectionEngine Run(IEnumerable<TrafficEvent> traffic)
    {
        using var source = new TrafficSource(traffic);
        var engine = new DetectionEngine(new EngineOptions { Tracking = new TrackingOptions { Workers = 1 } });
        BatchPipeline.Run(source, new LogParser(Vedette.Engine.Parsing.LogFormats.Find("json")!), engine, ahead: 1, static _ => { }, CancellationToken.None);
        return engine;
    }

    /// <summary>Batches of lines, written as they are asked for.</summary>
    private sealed class TrafficSource(IEnumerable<TrafficEvent> traffic) : IBatchSource
    {
        private const int LinesPerBatch = 4000;
        private readonly IEnumerator<TrafficEvent> _events = traffic.GetEnumerator();
        private long _number;

        public IReadOnlyList<string> Names => ["simulation"];

        public IReadOnlyList<string> Warnings => [];

        public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
        {
            batch.Clear();
            using var text = new MemoryStream();
            using (var writer = new TrafficWriter(text, LogFormat.Json))
                for (int i = 0; i < LinesPerBatch && _events.MoveNext(); i++) writer.Write(_events.Current);
            ReadOnlySpan<byte> rest = text.GetBuffer().AsSpan(0, (int)text.Length);
            while (!rest.IsEmpty)
            {
                int end = rest.IndexOf((byte)'\n');
                batch.AddLine(batch.Append(rest[..end]), ++_number);
                rest = rest[(end + 1)..];
            }
            return batch.LineCount > 0;
        }

        public void Dispose() => _events.Dispose();
    }
}
