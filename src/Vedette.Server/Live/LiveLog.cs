namespace Vedette.Server.Live;

/// <summary>What live readers may have missed: the latest message about each incident, and the last anomalies. Thread-safe, bounded.</summary>
/// <remarks>
/// A message about an incident replaces the one before, so whoever asks for everything after a number gets every incident that has changed since, however
/// far behind it is, as long as no more than <see cref="MaxIncidents"/> have.
/// </remarks>
internal sealed class LiveLog
{
    public const int MaxIncidents = 10_000;
    public const int MaxOthers = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<LiveMessage>> _byIncident = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveMessage> _incidents = new();
    private readonly LinkedList<LiveMessage> _others = new();

    /// <summary>Number of the last message. Numbers go on after a restart.</summary>
    public long Sequence { get; private set; }

    /// <param name="firstSequence">Numbers begin after this one; larger than any of an earlier run.</param>
    public LiveLog(long firstSequence) => Sequence = firstSequence;

    /// <summary>Adds a message. <paramref name="data"/> is JSON.</summary>
    public void Add(string type, string? incident, ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            var message = new LiveMessage(type, ++Sequence, LiveMessage.Format(type, data, Sequence), data.ToArray());
            if (incident is null)
            {
                _others.AddLast(message);
                if (_others.Count > MaxOthers) _others.RemoveFirst();
                return;
            }
            if (_byIncident.Remove(incident, out LinkedListNode<LiveMessage>? before)) _incidents.Remove(before);
            _byIncident[incident] = _incidents.AddLast(message with { Incident = incident });
            if (_incidents.Count <= MaxIncidents) return;
            _byIncident.Remove(_incidents.First!.Value.Incident!);
            _incidents.RemoveFirst();
        }
    }

    /// <summary>Messages after a number, in order, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<LiveMessage> After(long sequence, int limit)
    {
        lock (_lock)
        {
            if (sequence >= Sequence) return [];
            return [.. TailAfter(_incidents, sequence).Concat(TailAfter(_others, sequence)).OrderBy(static message => message.Sequence).Take(limit)];
        }
    }

    private static Stack<LiveMessage> TailAfter(LinkedList<LiveMessage> list, long sequence)
    {
        var tail = new Stack<LiveMessage>();
        for (LinkedListNode<LiveMessage>? node = list.Last; node is not null && node.Value.Sequence > sequence; node = node.Previous) tail.Push(node.Value);
        return tail;
    }
}
