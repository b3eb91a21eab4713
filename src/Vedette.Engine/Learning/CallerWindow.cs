using Vedette.Engine.Behavior;
using Vedette.Engine.Events;

namespace Vedette.Engine.Learning;

/// <summary>What one caller did since the last tick: its window.</summary>
internal struct CallerWindow
{
    public WindowCounts Counts;

    /// <summary>Strongest payload, in [0, 1].</summary>
    public float SignatureScore;

    private float _latencyOctaves;
    private int _latencies;
    private int _route;
    private int _lead;

    /// <summary>The route it used most, if it used one more than all others together; else one of its routes.</summary>
    public readonly int Route => _route;

    /// <summary>Mean of log₂(duration / the route's usual one); 0 while nothing is usual yet.</summary>
    public readonly float LatencyOctaves => _latencies == 0 ? 0 : _latencyOctaves / _latencies;

    public void Add(in HttpEvent request, in PreparedEvent prepared, RouteBaseline baseline, bool isRepeat)
    {
        ulong endpoint = prepared.Route != 0 ? (ulong)prepared.Route : prepared.Path.Exact;
        Counts.Add(new WindowRequest(prepared.Time, endpoint, prepared.Path.Exact, request.Status, request.ServerMicros, request.RequestBytes), isRepeat);
        SignatureScore = Math.Max(SignatureScore, prepared.PayloadScore);
        if (request.ServerMicros > 0 && baseline.LogLatency.Count > 0)
        {
            _latencyOctaves += (float)(Math.Log2(request.ServerMicros) - baseline.LogLatency.Level);
            _latencies++;
        }
        // Majority vote in one pass (R. S. Boyer, J. S. Moore, 1981).
        if (_lead == 0) _route = prepared.Route;
        _lead += prepared.Route == _route ? 1 : -1;
    }
}
