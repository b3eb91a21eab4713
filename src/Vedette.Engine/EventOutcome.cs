using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Engine;

/// <summary>What the engine made of one event by the time it had seen it; an incident raised later may claim it still.</summary>
/// <param name="Route">Template of its route; null where none is known.</param>
/// <param name="Score">How anomalous, in [0, 1].</param>
/// <param name="Payloads">Kinds of attack payload it carries.</param>
/// <param name="IsLate">It came later than the clock allows, and counts as if it happened when it came.</param>
public readonly record struct EventOutcome(string? Route, float Score, PayloadClasses Payloads, bool IsLate)
{
    /// <summary>True if it carries an attack.</summary>
    public bool IsAnomaly => Payloads != PayloadClasses.None;

    /// <summary>The incident types its payloads are of, the gravest first.</summary>
    public IReadOnlyList<IncidentType> Types
    {
        get
        {
            if (!IsAnomaly) return [];
            var types = new List<IncidentType>();
            foreach (PayloadClass payload in PayloadTypes.BySeverity)
                if ((Payloads & payload.AsSet()) != 0 && !types.Contains(PayloadTypes.Of(payload))) types.Add(PayloadTypes.Of(payload));
            return types;
        }
    }

    internal static EventOutcome Of(in HttpEvent request, in PreparedEvent prepared, string? route) => new(
        route,
        Suspicion(prepared.Flags, request.Status, prepared.PayloadScore),
        (prepared.Flags & PreparedFlags.Attack) == 0 ? PayloadClasses.None : (PayloadClasses)prepared.PayloadKinds,
        (prepared.Flags & PreparedFlags.Late) != 0);

    /// <summary>A payload's own score; else a little for what is unusual alone, so that lines can be ordered.</summary>
    internal static float Suspicion(PreparedFlags flags, int status, float payloadScore)
    {
        float unusual = (flags & PreparedFlags.Probe) != 0 ? 0.4f
            : status is 401 or 403 or 429 ? 0.15f
            : status is 404 or 410 ? ((flags & PreparedFlags.Customary) != 0 ? 0.02f : 0.12f)
            : status >= 400 ? 0.1f
            : 0.01f;
        return Math.Max(payloadScore, unusual);
    }
}
