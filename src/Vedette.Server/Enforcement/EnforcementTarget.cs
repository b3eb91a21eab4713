using System.Text;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Incidents;

namespace Vedette.Server.Enforcement;

/// <summary>Somebody a decision can be about.</summary>
/// <param name="Scope">ip, range or user.</param>
/// <param name="Value">Whom it is about.</param>
/// <param name="Caller">The caller as traffic and incidents name it.</param>
/// <param name="Address">Of a scope that is no user: the address.</param>
internal sealed record EnforcementTarget(string Scope, string Value, string Caller, NetworkAddress? Address)
{
    /// <summary>Of an incident with many members the busiest are looked at.</summary>
    private const int MaxMembers = 50;

    /// <summary>Whom an incident is about, as far as somebody can be kept out: no endpoint, no session, no API key's hash, and not the account that was taken over.</summary>
    public static IEnumerable<EnforcementTarget> Of(Incident incident) => incident.Actor.Kind switch
    {
        ActorKind.User when incident.Type != IncidentType.AccountTakeover => [new EnforcementTarget("user", incident.Actor.Value, incident.Actor.Value, null)],
        ActorKind.Ip => Addresses([incident.Actor.Value]),
        ActorKind.Distributed => Addresses(incident.Actor.Members.Take(MaxMembers)),
        _ => [],
    };

    /// <summary>Clients known by name only are left out. An IPv6 site changes its address at will within its /64.</summary>
    private static IEnumerable<EnforcementTarget> Addresses(IEnumerable<string> callers)
    {
        foreach (string caller in callers)
        {
            string text = caller.Split('/')[0];
            if (!NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out NetworkAddress address)) continue;
            yield return address.IsIPv4 ? new EnforcementTarget("ip", text, caller, address) : new EnforcementTarget("range", $"{address.CallerKey.ToIPAddress()}/64", caller, address);
        }
    }
}
