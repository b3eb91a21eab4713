using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Faults;

/// <summary>The faults of a run, and what they do to each request.</summary>
internal sealed class FaultSchedule
{
    private readonly List<Fault> _faults = [];

    public void Add(Fault fault) => _faults.Add(fault);

    /// <summary>True if a fault kept the request from arriving.</summary>
    public bool IsLost(in TrafficEvent request, RandomSource random)
    {
        foreach (var fault in _faults)
            if (fault.IsActive(request.TimeMicros) && fault.LossRate > 0 && random.Chance(fault.LossRate)) return true;
        return false;
    }

    public void Apply(ref TrafficEvent request, Route route, RandomSource random)
    {
        foreach (var fault in _faults)
            if (fault.IsActive(request.TimeMicros) && fault.Concerns(route)) fault.Apply(ref request, random);
    }
}
