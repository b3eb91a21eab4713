using Vedette.Lab.Simulation;

namespace Vedette.BenchLog;

/// <summary>Counts what a log holds: lines, clients, distinct targets, attack lines.</summary>
internal sealed class Census
{
    private readonly HashSet<string> _clients = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _targets = [];
    private long _attackLines;

    public long Lines { get; private set; }

    /// <summary>Time of the last event.</summary>
    public long LastMicros { get; private set; }

    public void Count(in TrafficEvent request)
    {
        Lines++;
        LastMicros = request.TimeMicros;
        _clients.Add(request.Client);
        // 64-bit FNV-1a: a million targets collide with a chance of one in 37 million.
        ulong hash = 14695981039346656037;
        foreach (char c in request.Path) hash = (hash ^ c) * 1099511628211;
        foreach (char c in request.Query) hash = (hash ^ c) * 1099511628211;
        _targets.Add(hash);
        if (request.ClientKind == ClientKind.Attacker) _attackLines++;
    }

    public override string ToString() => $"{Lines:N0} lines, {_clients.Count:N0} clients, {_targets.Count:N0} distinct targets, {_attackLines:N0} attack lines";
}
