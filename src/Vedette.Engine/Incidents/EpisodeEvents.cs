using System.Runtime.InteropServices;
using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;

namespace Vedette.Engine.Incidents;

/// <summary>How many events of an incident are whose. A finding counts those of one episode of its caller; an incident may outlive several.</summary>
internal sealed class EpisodeEvents
{
    /// <summary>As many as there are members: the total is of those that are known.</summary>
    private const int MaxCallers = Actor.MaxMembers;

    private readonly Dictionary<ulong, Count> _byCaller = [];

    /// <summary>Of all episodes of the callers that are known; a least number once they are <see cref="Actor.MaxMembers"/>.</summary>
    public long Total => _byCaller.Values.Sum(static count => count.Earlier + count.Current);

    public void Add(Finding finding)
    {
        if (_byCaller.Count >= MaxCallers && !_byCaller.ContainsKey(finding.Actor)) return;
        ref Count count = ref CollectionsMarshal.GetValueRefOrAddDefault(_byCaller, finding.Actor, out _);
        if (finding.Since - count.Until > CallerState.EpisodeGapMicros)
        {
            count.Earlier += count.Current;
            count.Current = 0;
        }
        count.Current = Math.Max(count.Current, finding.Events);
        count.Until = Math.Max(count.Until, finding.Until);
    }

    /// <summary>Takes over those of callers that are not known here.</summary>
    public void Add(EpisodeEvents other)
    {
        foreach ((ulong caller, Count count) in other._byCaller)
            if (_byCaller.Count < MaxCallers) _byCaller.TryAdd(caller, count);
    }

    /// <summary>Those of a caller's episodes that were over before its last.</summary>
    public long EarlierOf(ulong caller) => _byCaller.GetValueOrDefault(caller).Earlier;

    private struct Count
    {
        public long Earlier;
        public long Current;
        public long Until;
    }
}
