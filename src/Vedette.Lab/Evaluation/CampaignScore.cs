using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.Lab.Evaluation;

/// <summary>What became of one labelled attack or fault.</summary>
/// <param name="Row">The label.</param>
/// <param name="Alarms">Incidents of MEDIUM or above about it.</param>
public sealed record CampaignOutcome(TruthRow Row, IReadOnlyList<Incident> Alarms)
{
    public bool IsFound => Alarms.Count > 0;

    /// <summary>Found, and called what it is.</summary>
    public bool IsNamed => Alarms.Any(alarm => alarm.Type.Name() == Row.Type || alarm.AlsoSeen.Any(type => type.Name() == Row.Type));
}

/// <summary>Incidents against labels, campaign by campaign: what a person who reads incidents gets.</summary>
/// <remarks>
/// An incident is about an attack if it names one of its actors or users and overlaps its time, half an hour allowed on both sides; about a fault if it is
/// about the service and overlaps its time. An incident of MEDIUM or above that is about no label is false, and so is one about an honest episode. An attack may
/// slow the service down; an incident about that is false here, since no label says so.
/// </remarks>
/// <param name="Campaigns">Attacks and faults, in the order of the truth.</param>
/// <param name="FalseIncidents">Incidents of MEDIUM or above about nothing that happened.</param>
/// <param name="FalseMinor">Number of false incidents below MEDIUM.</param>
public sealed record CampaignScore(IReadOnlyList<CampaignOutcome> Campaigns, IReadOnlyList<Incident> FalseIncidents, int FalseMinor)
{
    /// <summary>Half an hour in microseconds: campaigns have quiet beginnings and incidents a memory.</summary>
    public const long SlackMicros = 30 * 60_000_000L;

    public static CampaignScore Of(IReadOnlyList<TruthRow> truth, IReadOnlyList<Incident> incidents)
    {
        Dictionary<string, List<Incident>> about = IndexByActor(incidents);
        Incident[] operational = [.. incidents.Where(static incident => incident.Type.IsOperational())];
        var explained = new HashSet<string>(StringComparer.Ordinal);
        var outcomes = new List<CampaignOutcome>();
        foreach (TruthRow row in truth.Where(static row => !row.IsHonest))
        {
            IEnumerable<Incident> candidates = row.IsFault ? operational : row.Actors.Concat(row.Users).Select(CallerName.Normalize).Distinct(StringComparer.Ordinal).SelectMany(name => about.GetValueOrDefault(name, [])).Distinct();
            Incident[] hits = [.. candidates.Where(incident => row.Overlaps(Micros(incident.FirstSeen) - SlackMicros, Micros(incident.LastSeen) + SlackMicros))];
            foreach (Incident hit in hits) explained.Add(hit.Id);
            outcomes.Add(new CampaignOutcome(row, [.. hits.Where(static hit => hit.Risk >= EvaluatedTraffic.AlarmRisk)]));
        }
        Incident[] wrong = [.. incidents.Where(incident => !explained.Contains(incident.Id))];
        return new CampaignScore(outcomes, [.. wrong.Where(static i => i.Risk >= EvaluatedTraffic.AlarmRisk)], wrong.Count(static i => i.Risk < EvaluatedTraffic.AlarmRisk));
    }

    internal static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static Dictionary<string, List<Incident>> IndexByActor(IReadOnlyList<Incident> incidents)
    {
        var index = new Dictionary<string, List<Incident>>(StringComparer.Ordinal);
        foreach (Incident incident in incidents)
        {
            foreach (string name in incident.Actor.Members.Prepend(incident.Actor.Value).Select(CallerName.Normalize).Distinct(StringComparer.Ordinal))
            {
                if (!index.TryGetValue(name, out List<Incident>? list)) index.Add(name, list = []);
                list.Add(incident);
            }
        }
        return index;
    }
}
