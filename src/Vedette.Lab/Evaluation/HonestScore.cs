using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.Lab.Evaluation;

/// <summary>What the engine says of traffic in which nobody does wrong.</summary>
/// <param name="Days">Length of the traffic.</param>
/// <param name="Events">Its requests.</param>
/// <param name="ByScenario">False incidents of MEDIUM or above by the honest episode they are about; <c>ordinary</c> for none. Every episode that took place has an entry.</param>
/// <param name="Incidents">The false incidents.</param>
public sealed record HonestScore(double Days, long Events, IReadOnlyDictionary<string, int> ByScenario, IReadOnlyList<Incident> Incidents)
{
    /// <summary>What a false incident is put down to that concerns no episode.</summary>
    public const string Ordinary = "ordinary";

    public double FalseIncidentsPerDay => Incidents.Count / Days;

    /// <summary>Adds up traffics without attacks and faults.</summary>
    public static HonestScore Of(IReadOnlyList<EvaluatedTraffic> traffics)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal) { [Ordinary] = 0 };
        var all = new List<Incident>();
        foreach (EvaluatedTraffic traffic in traffics)
        {
            foreach (TruthRow row in traffic.Truth.Where(static row => row.IsHonest)) counts.TryAdd(row.Scenario, 0);
            foreach (Incident incident in traffic.Incidents.Where(static incident => incident.Risk >= EvaluatedTraffic.AlarmRisk))
            {
                all.Add(incident);
                counts[ScenarioOf(incident, traffic.Truth)]++;
            }
        }
        return new HonestScore(traffics.Sum(static traffic => traffic.Days), traffics.Sum(static traffic => traffic.Events), counts, all);
    }

    /// <summary>By actor where the incident blames somebody; by time alone where it is about the service.</summary>
    internal static string ScenarioOf(Incident incident, IReadOnlyList<TruthRow> truth)
    {
        long start = CampaignScore.Micros(incident.FirstSeen), end = CampaignScore.Micros(incident.LastSeen);
        HashSet<string> names = [.. incident.Actor.Members.Prepend(incident.Actor.Value).Select(CallerName.Normalize)];
        // The shortest episode that fits explains most: gateways and probes go on all day.
        IEnumerable<TruthRow> during = truth.Where(row => row.IsHonest && row.Overlaps(start, end)).OrderBy(static row => row.EndMicros - row.StartMicros);
        TruthRow? row = incident.Type.IsOperational()
            ? during.FirstOrDefault(static row => row.Scenario is "deploy_blip" or "flash_crowd" or "password_reset_wave")
            : during.FirstOrDefault(row => row.Actors.Concat(row.Users).Any(actor => names.Contains(CallerName.Normalize(actor))));
        return row?.Scenario ?? Ordinary;
    }
}
