using System.Text;
using System.Text.Json;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;
using Vedette.Server.Api;
using Vedette.Storage.Control;
using Vedette.Storage.Results;

namespace Vedette.Server.Models;

/// <summary>What people said about incidents, as labels to train on. Incidents about addresses and users count; those about routes blame nobody, and keys and sessions are kept without what would identify them.</summary>
internal sealed class FeedbackLabels(Verdicts verdicts, IResultStore results)
{
    /// <summary>Verdicts that are looked at, the latest ones.</summary>
    private const int MaxVerdicts = 1000;

    /// <summary>The labels, those of the latest verdicts last.</summary>
    public async ValueTask<IReadOnlyList<AnalystLabel>> ReadAsync(CancellationToken cancellationToken)
    {
        var labels = new List<AnalystLabel>();
        foreach (FeedbackRecord feedback in verdicts.All.TakeLast(MaxVerdicts))
        {
            if (await results.FindIncidentAsync(feedback.Incident, cancellationToken) is not { } incident) continue;
            foreach (ulong caller in CallersOf(incident)) labels.Add(new AnalystLabel(caller, Micros(incident.FirstSeen), Micros(incident.LastSeen), feedback.Verdict == "confirmed"));
        }
        return labels;
    }

    private static IEnumerable<ulong> CallersOf(StoredIncident incident)
    {
        if (incident.ActorKind == "user") return [CallerKey.OfUser(incident.ActorValue)];
        return AddressesOf(incident).Select(static text => NetworkAddress.TryParse(Encoding.ASCII.GetBytes(text), out NetworkAddress address) ? CallerKey.OfAddress(address) : 0).Where(static key => key != 0);
    }

    private static string[] AddressesOf(StoredIncident incident)
    {
        if (incident.ActorKind == "ip") return [incident.ActorValue];
        if (incident.ActorKind != "distributed") return [];
        using JsonDocument document = JsonDocument.Parse(incident.Json);
        return [.. document.RootElement.GetProperty("actor").GetProperty("members").EnumerateArray().Select(static member => member.GetString()!)];
    }

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;
}
