using System.Collections.Concurrent;
using Vedette.Engine.Events;

namespace Vedette.Server.Observability;

/// <summary>What the server counts about itself. Labels come from fixed lists or bounded tables, never from traffic. Thread-safe.</summary>
public sealed class ServerMetrics
{
    private const int MaxLabelSets = 2000;

    private readonly Histogram[] _stages = [.. Enum.GetValues<Stage>().Select(static _ => new Histogram())];
    private readonly ConcurrentDictionary<(string Route, string Method, int Status), Tally> _requests = new();
    private readonly ConcurrentDictionary<string, Histogram> _durations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Source, ParseError Reason), Tally> _parseFailures = new();
    private readonly ConcurrentDictionary<(string Type, string Level), Tally> _incidents = new();
    private readonly ConcurrentDictionary<string, Tally> _anomalies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Histogram> _detectors = new(StringComparer.Ordinal);

    private long _trafficErrors;

    /// <summary>Time of one commit to the store.</summary>
    public Histogram StorageWrite { get; } = new();

    public Histogram Stage(Stage stage) => _stages[(int)stage];

    /// <summary>Time one detector or model takes for one question.</summary>
    public Histogram Detector(string name) => _detectors.GetOrAdd(name, static _ => new Histogram());

    public void CountRequest(string route, string method, int status, TimeSpan duration)
    {
        Count(_requests, (route, method, status), ("other", "OTHER", status));
        if (_durations.TryGetValue(route, out Histogram? histogram) || _durations.Count < MaxLabelSets && (histogram = _durations.GetOrAdd(route, static _ => new Histogram())) is not null)
            histogram.Observe(duration);
    }

    public void CountParseFailure(string source, ParseError reason) => Count(_parseFailures, (source, reason), ("other", reason));

    public void CountIncident(string type, string level) => Count(_incidents, (type, level), ("other", level));

    /// <summary>Counts an anomaly found by a kind of question: <c>traffic</c>, <c>detect</c>.</summary>
    public void CountAnomalies(string origin, long count)
    {
        if (count > 0) _anomalies.GetOrAdd(origin, static _ => new Tally()).Add(count);
    }

    public void CountTrafficErrors(long count) => Interlocked.Add(ref _trafficErrors, count);

    /// <summary>Events with status 400 or above.</summary>
    public long TrafficErrors => Interlocked.Read(ref _trafficErrors);

    /// <summary>Anomalies found, whatever asked.</summary>
    public long Anomalies => _anomalies.Values.Sum(static counter => counter.Value);

    internal IEnumerable<KeyValuePair<(string Route, string Method, int Status), Tally>> Requests => _requests;

    internal IEnumerable<KeyValuePair<string, Histogram>> Durations => _durations;

    internal IEnumerable<KeyValuePair<(string Source, ParseError Reason), Tally>> ParseFailures => _parseFailures;

    internal IEnumerable<KeyValuePair<(string Type, string Level), Tally>> Incidents => _incidents;

    internal IEnumerable<KeyValuePair<string, Tally>> AnomaliesByOrigin => _anomalies;

    internal IEnumerable<KeyValuePair<string, Histogram>> Detectors => _detectors;

    private static void Count<TKey>(ConcurrentDictionary<TKey, Tally> table, TKey key, TKey overflow) where TKey : notnull
    {
        if (!table.TryGetValue(key, out Tally? counter)) counter = table.GetOrAdd(table.Count < MaxLabelSets ? key : overflow, static _ => new Tally());
        counter.Add(1);
    }
}

/// <summary>A number that many threads add to.</summary>
internal sealed class Tally
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long count) => Interlocked.Add(ref _value, count);
}
