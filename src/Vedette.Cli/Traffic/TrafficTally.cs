using System.Runtime.InteropServices;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;
using Vedette.Engine.Pipeline;

namespace Vedette.Cli.Traffic;

/// <summary>Counts what a report tells of the traffic itself: when, what, by whom, how answered. Bounded, whatever the log holds.</summary>
internal sealed class TrafficTally(DetectionEngine engine)
{
    private const int MaxStatus = 1_000;

    private readonly long[] _statuses = new long[MaxStatus];
    private readonly long[] _methods = new long[(int)RequestMethod.Other + 1];
    private EventOutcome[] _outcomes = [];

    public TimeTable Times { get; } = new();

    /// <summary>Routes by <c>METHOD template</c>.</summary>
    public TopTable Routes { get; } = new();

    public TopTable Callers { get; } = new();

    public TopTable Agents { get; } = new();

    public TopTable Referers { get; } = new();

    /// <summary>Paths that were answered with 404 or 410.</summary>
    public TopTable Missing { get; } = new();

    /// <summary>Bytes sent in answers, as far as the log tells.</summary>
    public long Bytes { get; private set; }

    /// <summary>Requests by status code; 0 is unknown. Only codes that occurred.</summary>
    public IEnumerable<(int Status, long Requests)> Statuses => _statuses.Index().Where(static entry => entry.Item > 0);

    /// <summary>Requests by method. Only methods that occurred.</summary>
    public IEnumerable<(RequestMethod Method, long Requests)> Methods => _methods.Index().Where(static entry => entry.Item > 0).Select(static entry => ((RequestMethod)entry.Index, entry.Item));

    /// <summary>Requests by what their user agents claim to be.</summary>
    public IEnumerable<(UserAgentKind Kind, long Requests)> AgentKinds =>
        Agents.All.GroupBy(static row => UserAgents.Classify(System.Text.Encoding.UTF8.GetBytes(row.Text)).Kind).Select(static kind => (kind.Key, kind.Sum(static row => row.Requests))).OrderBy(static kind => kind.Key);

    /// <summary>Counts a batch the engine has processed.</summary>
    public void Add(PreparedBatch batch)
    {
        EventBatch events = batch.Events;
        if (_outcomes.Length < events.EventCount) _outcomes = new EventOutcome[Math.Max(events.EventCount, 2 * _outcomes.Length)];
        Span<EventOutcome> outcomes = _outcomes.AsSpan(0, events.EventCount);
        engine.ReadOutcomes(batch, outcomes);
        for (int i = 0; i < outcomes.Length; i++) Add(events, events.Events[i], outcomes[i].Route);
    }

    private void Add(EventBatch events, in HttpEvent request, string? route)
    {
        Times.Add(request);
        if ((uint)request.Status < MaxStatus) _statuses[request.Status]++;
        _methods[(int)request.Method]++;
        if (request.ResponseBytes > 0) Bytes += request.ResponseBytes;
        if (route is not null) CountRoute(request, route);
        CountCaller(events, request);
        Agents.Add(events[request.UserAgent], request);
        if (events[request.Referer] is not ([] or [(byte)'-'])) Referers.Add(events[request.Referer], request);
        if (request.Status is 404 or 410) Missing.Add(events[request.Path], request);
    }

    private void CountRoute(in HttpEvent request, string route)
    {
        ulong key = Fingerprint.Of(MemoryMarshal.AsBytes(route.AsSpan()), (ulong)request.Method + 1);
        (Routes.Find(key) ?? Routes.Open(key, $"{NameOf(request.Method)} {route}")).Add(request);
    }

    private void CountCaller(EventBatch events, in HttpEvent request)
    {
        NetworkAddress client = request.Client.CallerKey;
        ulong key = Fingerprint.Combine(client.High, client.Low);
        Counted row = Callers.Find(key) ?? Callers.Open(key, Describe(events, request, client));
        row.Add(request);
    }

    private static string Describe(EventBatch events, in HttpEvent request, NetworkAddress client)
    {
        if (client.IsName) return System.Text.Encoding.UTF8.GetString(events[request.ClientName]);
        return client.IsIPv4 || client.IsUnknown ? client.ToString() : $"{client}/64";
    }

    /// <summary>The method's name as it is written in requests.</summary>
    public static string NameOf(RequestMethod method) => method switch
    {
        RequestMethod.Unknown => "(none)",
        RequestMethod.Other => "(other)",
        _ => method.ToString().ToUpperInvariant(),
    };
}
