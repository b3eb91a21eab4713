using System.Numerics;
using Vedette.Engine.Behavior;
using Vedette.Engine.Events;

namespace Vedette.Engine.Pipeline;

/// <summary>A parsed batch and what was worked out of each event, ready for the engine. Reused.</summary>
public sealed class PreparedBatch(EventBatch events)
{
    private PreparedEvent[] _prepared = [];

    /// <summary>A batch for about a megabyte of text.</summary>
    public PreparedBatch() : this(new EventBatch())
    {
    }

    /// <summary>The events and their text.</summary>
    public EventBatch Events { get; } = events;

    internal Span<PreparedEvent> Prepared => _prepared.AsSpan(0, Events.EventCount);

    /// <summary>Makes room for one prepared event per event.</summary>
    internal void EnsureCapacity()
    {
        if (_prepared.Length < Events.EventCount) _prepared = new PreparedEvent[(int)BitOperations.RoundUpToPowerOf2((uint)Events.EventCount)];
    }
}
