using Vedette.Engine.Events;
using Vedette.Engine.Sources;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Evaluation;

/// <summary>Simulated traffic as log lines, without a file between.</summary>
/// <param name="simulator">Where the events come from; its truth is complete when this source is at its end.</param>
/// <param name="format">How they are written.</param>
/// <param name="onEvent">Called with each event and the row of the truth it belongs to, if any, by whoever reads.</param>
public sealed class SimulatedSource(TrafficSimulator simulator, LogFormat format, Action<TrafficEvent, TruthEntry?>? onEvent = null) : IBatchSource
{
    private const int LinesPerBatch = 4096;

    private readonly MemoryStream _text = new();
    private TrafficEvent _request;
    private long _line;

    /// <summary>Events from this time on are left out, in microseconds since 1970. Default none is.</summary>
    public long EndMicros { get; init; } = long.MaxValue;

    public IReadOnlyList<string> Names => ["simulation"];

    public IReadOnlyList<string> Warnings => [];

    public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Clear();
        _text.SetLength(0);
        using (var writer = new TrafficWriter(_text, format))
            for (int i = 0; i < LinesPerBatch && simulator.TryRead(ref _request) && _request.TimeMicros < EndMicros; i++)
            {
                writer.Write(_request);
                onEvent?.Invoke(_request, _request.Truth < 0 ? null : simulator.Truth[_request.Truth]);
            }
        ReadOnlySpan<byte> rest = _text.GetBuffer().AsSpan(0, (int)_text.Length);
        while (rest.IndexOf((byte)'\n') is >= 0 and int end)
        {
            batch.AddLine(batch.Append(rest[..end]), ++_line);
            rest = rest[(end + 1)..];
        }
        return batch.LineCount > 0;
    }

    public void Dispose() => _text.Dispose();
}
