namespace Vedette.Engine.Detection;

/// <summary>Collects a shard's findings between two ticks. Written by one thread, read at the barrier.</summary>
internal sealed class FindingSink
{
    public List<Finding> Found { get; } = [];

    /// <summary>Evidence the shard kept of the caller in question; set before each observation.</summary>
    public Func<int, IReadOnlyList<Evidence>> EvidenceOf { get; set; } = static _ => [];

    /// <summary>Reports a finding about the caller and remembers in its state that it was reported.</summary>
    public void Raise(ref CallerContext context, IncidentType type, string detector, double pValue, double impact, long since, long events,
        string explanation, Driver[] drivers, int route = -1, ulong trait = 0)
    {
        context.Caller.Raised |= type.Bit();
        Found.Add(new Finding
        {
            Type = type,
            Detector = detector,
            Sequence = context.Sequence,
            Time = context.Time,
            Since = since,
            Actor = context.Caller.Key,
            ActorKind = context.ActorKind,
            ActorName = context.ActorName,
            Route = route >= 0 ? route : context.Route.Id,
            PValue = Math.Clamp(pValue, 1e-30, 1),
            Impact = impact,
            Events = events,
            Explanation = explanation,
            Drivers = drivers,
            Evidence = EvidenceOf(context.Slot),
            Trait = trait == 0 ? Events.Fingerprint.Combine(context.Caller.AgentKey, (ulong)type) : trait,
        });
    }
}
