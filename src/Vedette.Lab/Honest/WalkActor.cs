using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>A permitted program that reads a list page by page and each object on it, id after id.</summary>
internal sealed class WalkActor : Actor
{
    private readonly Visit _visit;
    private readonly Route _list;
    private readonly Route _object;
    private readonly double _gapSeconds;
    private readonly int _truth;
    private readonly long _firstId;
    private readonly int _step;
    private int _sent;
    private int _left;

    /// <param name="visit">Who walks.</param>
    /// <param name="routes">The list and the route of one object.</param>
    /// <param name="walk">First object, distance from one to the next, and number of requests.</param>
    /// <param name="gapSeconds">Median pause.</param>
    /// <param name="startMicros">Begin.</param>
    /// <param name="truth">Label.</param>
    public WalkActor(Visit visit, (Route List, Route Object) routes, (long First, int Step, int Requests) walk, double gapSeconds, long startMicros, int truth)
    {
        (_visit, _list, _object, _gapSeconds, _truth) = (visit, routes.List, routes.Object, gapSeconds, truth);
        (_firstId, _step, _left) = walk;
        NextMicros = startMicros;
    }

    public override ActorStep Act(World world, ref TrafficEvent request)
    {
        const int PageLength = 50;
        var route = _sent % (PageLength + 1) == 0 ? _list : _object;
        _visit.Pin(_object.Object!, (_firstId + (long)_sent * _step) % _object.Object!.Count);
        world.Write(ref request, route, _visit);
        request.Truth = _truth;
        _sent++;
        var step = world.Complete(ref request, route) ? ActorStep.Sent : ActorStep.Silent;
        NextMicros += 1 + (long)(world.Random.LogNormal(_gapSeconds, 0.4) * 1e6);
        return --_left > 0 ? step : step | ActorStep.Done;
    }
}
