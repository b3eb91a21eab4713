using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Server.Analysis;

/// <summary>Counts the incidents of medium or higher risk that were raised in the last 24 hours, by the clock. Thread-safe, bounded.</summary>
internal sealed class AlertTally(TimeProvider time)
{
    private const int MaxKept = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _raised = new(StringComparer.Ordinal);

    public int LastDay
    {
        get
        {
            lock (_lock)
            {
                DateTimeOffset from = time.GetUtcNow().AddDays(-1);
                foreach ((string id, DateTimeOffset raised) in _raised)
                    if (raised < from) _raised.Remove(id);
                return _raised.Count;
            }
        }
    }

    public void See(IReadOnlyCollection<Incident> incidents)
    {
        lock (_lock)
        {
            foreach (Incident incident in incidents)
                if (incident.Level >= RiskLevel.Medium && _raised.Count < MaxKept) _raised.TryAdd(incident.Id, time.GetUtcNow());
        }
    }
}
