using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>Asks the same again and again: a health probe, a console left open.</summary>
internal sealed class PollActor : Actor
{
    private readonly Visit _visit;
    private readonly Route[] _routes;
    private readonly double _intervalMicros;
    private readonly double _jitter;
    private readonly long _endMicros;
    private readonly int _truth;
    private int _turn;

    /// <param name="visit">Who asks.</param>
    /// <param name="routes">What it asks, in turn.</param>
    /// <param name="interval">Time from one question to the next.</param>
    /// <param name="jitter">How far the interval varies, as a share of it.</param>
    /// <param name="period">First and last time.</param>
    /// <param name="truth">Label.</param>
    public PollActor(Visit visit, Route[] routes, TimeSpan interval, double jitter, (long Start, long End) period, int truth)
    {
        (_visit, _routes, _jitter, _truth) = (visit, routes, jitter, truth);
        _intervalMicros = interval.TotalMicroseconds;
        NextMicros = period.Start;
        _endMicros = period.End;
    }

    public override ActorStep Act(World world, ref TrafficEvent request)
    {
        var route = _routes[_turn++ % _routes.Length];
        world.Write(ref request, route, _visit);
        request.Truth = _truth;
        var step = world.Complete(ref request, route) ? ActorStep.Sent : ActorStep.Silent;
        NextMicros += 1 + (long)(_intervalMicros * world.Random.Uniform(1 - _jitter, 1 + _jitter));
        return NextMicros < _endMicros ? step : step | ActorStep.Done;
    }
}
