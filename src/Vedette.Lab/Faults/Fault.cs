using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Faults;

/// <summary>A failure of operation that changes the answers to other people's requests for a while.</summary>
internal abstract class Fault
{
    public required long StartMicros { get; init; }

    public required long EndMicros { get; init; }

    /// <summary>The route that fails, or null if all do.</summary>
    public Route? Route { get; init; }

    /// <summary>The service whose routes fail; 0 for none in particular.</summary>
    public int Dependency { get; init; }

    public bool IsActive(long micros) => micros >= StartMicros && micros < EndMicros;

    /// <summary>Whether requests to a route are concerned. Files served from a cache are spared by everything but a fault of all routes.</summary>
    public bool Concerns(Route route)
    {
        if (Route is not null) return Route == route;
        return Dependency == 0 || Dependency == route.Dependency;
    }

    /// <summary>Chance that a request is lost on its way.</summary>
    public virtual double LossRate => 0;

    /// <summary>Changes the answer to a request.</summary>
    public virtual void Apply(ref TrafficEvent request, RandomSource random)
    {
    }

    /// <summary>Turns the answer into a failure of the server.</summary>
    protected static void Fail(ref TrafficEvent request, short status)
    {
        request.Status = status;
        request.ResponseBytes = 0;
    }
}
