using System.Collections.Concurrent;
using Vedette.Server.Observability;

namespace Vedette.Server.Alerts;

/// <summary>Counts what became of alerts, by sink. Thread-safe.</summary>
internal sealed class AlertCounters
{
    private readonly ConcurrentDictionary<(string Sink, string Result), Tally> _sent = new();
    private readonly ConcurrentDictionary<string, Tally> _dropped = new(StringComparer.Ordinal);

    /// <summary>By sink and result: <c>delivered</c>, <c>retried</c>, <c>failed</c>.</summary>
    public IEnumerable<KeyValuePair<(string Sink, string Result), Tally>> BySink => _sent;

    public IEnumerable<KeyValuePair<string, Tally>> DroppedBySink => _dropped;

    public void Sent(string sink, string result) => _sent.GetOrAdd((sink, result), static _ => new Tally()).Add(1);

    /// <summary>An incident nobody will be told of, for lack of room.</summary>
    public void Dropped(string sink) => _dropped.GetOrAdd(sink, static _ => new Tally()).Add(1);
}
