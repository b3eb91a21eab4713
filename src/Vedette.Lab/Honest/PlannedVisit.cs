using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>A visit whose requests are all known when it begins.</summary>
internal sealed class PlannedVisit : Actor
{
    private readonly Visit _visit;
    private readonly int _truth;
    private readonly PlannedRequest[] _requests;
    private int _index;

    public PlannedVisit(Visit visit, long startMicros, int truth, PlannedRequest[] requests)
    {
        (_visit, _truth, _requests) = (visit, truth, requests);
        NextMicros = startMicros;
    }

    public override ActorStep Act(World world, ref TrafficEvent request)
    {
        var planned = _requests[_index];
        if (planned.Route is not null)
        {
            world.Write(ref request, planned.Route, _visit);
        }
        else
        {
            world.Sign(ref request, _visit);
            request.Path = planned.Path!;
        }
        request.Status = planned.Status;
        request.Truth = _truth;
        var step = world.Complete(ref request, planned.Route) ? ActorStep.Sent : ActorStep.Silent;
        if (++_index == _requests.Length) return step | ActorStep.Done;
        NextMicros += _requests[_index].DelayMicros;
        return step;
    }
}

/// <summary>One request of a <see cref="PlannedVisit"/>.</summary>
/// <param name="DelayMicros">Pause since the one before.</param>
/// <param name="Route">Route, or null for a GET of <paramref name="Path"/>.</param>
/// <param name="Status">Status, or 0 to leave it to the server.</param>
/// <param name="Path">Path that is no route.</param>
internal readonly record struct PlannedRequest(long DelayMicros, Route? Route, short Status = 0, string? Path = null);
