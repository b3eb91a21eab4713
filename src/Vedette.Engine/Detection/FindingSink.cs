using System.Runtime.InteropServices;
using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Detection;

/// <summary>Collects a shard's findings between two ticks. Written by one thread, read at the barrier.</summary>
internal sealed class FindingSink
{
    /// <summary>Below it an innocent reading is likelier: nobody is joined to others for that.</summary>
    private const double LeastSureImpact = -0.1;

    public List<Finding> Found { get; } = [];

    /// <summary>Evidence the shard kept of the caller in question; set before each observation.</summary>
    public Func<int, Trigger, PayloadClasses, IReadOnlyList<Evidence>> EvidenceOf { get; set; } = static (_, _, _) => [];

    /// <summary>The clearest payload, of one of some classes, of the caller in a slot: parameter, value and rule; null if none was kept.</summary>
    public Func<int, PayloadClasses, string?> MatchOf { get; set; } = static (_, _) => null;

    /// <summary>The same of the first such payload.</summary>
    public Func<int, PayloadClasses, string?> FirstMatchOf { get; set; } = static (_, _) => null;

    /// <summary>Reports a finding about the caller and remembers in its state that it was reported. <paramref name="isRefused"/>: nothing it tried has worked so far.</summary>
    public void Raise(ref CallerContext context, IncidentType type, string detector, double pValue, double impact, long since, long events,
        string explanation, Driver[] drivers, int route = -1, bool isRefused = false)
    {
        context.Caller.Raised |= type.Bit();
        Found.Add(new Finding
        {
            Type = type,
            Detector = detector,
            Sequence = context.Sequence,
            Time = context.Time,
            Since = since,
            Until = context.Caller.LastSeen,
            Via = context.Caller.Kind == CallerKind.Address ? 0 : CallerState.KeyOf(context.Caller.Address),
            Actor = context.Caller.Key,
            ActorKind = context.ActorKind,
            ActorName = context.ActorName,
            Route = route >= 0 ? route : context.Route.Id,
            PValue = Math.Clamp(pValue, 1e-30, 1),
            Impact = impact,
            IsNoise = isRefused && context.Caller.Agent != UserAgentKind.Browser,
            Events = events,
            Explanation = explanation,
            Drivers = drivers,
            Evidence = EvidenceOf(context.Slot, ReasonsFor(type), PayloadTypes.ClassesOf(type)),
            Trait = type.IsPayload() && context.Caller.Agent == UserAgentKind.Empty ? TraitOf(FirstMatchOf(context.Slot, PayloadTypes.ClassesOf(type))) : TraitOf(context.Caller, type, context.Route.Id),
            Aim = impact < LeastSureImpact ? 0 : AimOf(context, type),
        });
    }

    /// <summary>What members of a campaign share: a tool's user agent, or a browser's and the route. Without an agent nothing tells strangers apart.</summary>
    public static ulong TraitOf(in CallerState caller, IncidentType type, int route) => caller.Agent switch
    {
        UserAgentKind.Empty => 0,
        UserAgentKind.Browser => Fingerprint.Combine(Fingerprint.Combine(caller.AgentKey, (ulong)type), (ulong)route),
        _ => Fingerprint.Combine(caller.AgentKey, (ulong)type),
    };

    /// <summary>Who hires addresses hires agents with them; what they are after stays the same.</summary>
    private static ulong AimOf(in CallerContext context, IncidentType type) =>
        type.IsPayload() && context.Caller.Agent == UserAgentKind.Browser && context.Prepared.PayloadParameter is not 0 and var parameter
            ? Fingerprint.Combine(Fingerprint.Combine(parameter, (ulong)type), (ulong)context.Route.Id) : 0;

    /// <summary>A worm sends no agent, and everywhere the same: the payload itself is what its hosts share.</summary>
    private static ulong TraitOf(string? match) => match is null ? 0 : Fingerprint.Of(MemoryMarshal.AsBytes(match.AsSpan()), 8);

    /// <summary>What made a line telling for an incident of this type.</summary>
    private static Trigger ReasonsFor(IncidentType type) => type switch
    {
        _ when type.IsPayload() => Trigger.Payload,
        IncidentType.AccountTakeover => Trigger.LoginFailure | Trigger.LoginSuccess | Trigger.SensitiveWrite,
        _ when type.IsLogin() => Trigger.LoginFailure,
        IncidentType.Scanner or IncidentType.EndpointEnumeration => Trigger.Payload | Trigger.Probe | Trigger.BlindNotFound | Trigger.AttackTool,
        _ => Trigger.NewItem,
    };
}
