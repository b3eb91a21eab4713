using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Sources;

/// <summary>Another source's events of a span of time; the rest is left out before anything learns from it. Events without a time stay.</summary>
public sealed class TimeSlice(IBatchSource source, LogParser parser, long sinceMicros, long untilMicros) : IBatchSource
{
    public IReadOnlyList<string> Names => source.Names;

    public IReadOnlyList<string> Warnings => source.Warnings;

    public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
    {
        if (!source.Read(batch, cancellationToken)) return false;
        if (sinceMicros == long.MinValue && untilMicros == long.MaxValue) return true;
        parser.Parse(batch);
        batch.RemoveEventsOutside(sinceMicros, untilMicros);
        return true;
    }

    public void Dispose() => source.Dispose();
}
