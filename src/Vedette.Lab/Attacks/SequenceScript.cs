using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Calls the last steps of a process without the ones before, in orders no client of the API produces.</summary>
internal sealed class SequenceScript(World world, Intensity intensity) : AttackScript(world, intensity)
{
    private readonly Route[] _deep = [.. world.Api.With(RouteRole.Deep | RouteRole.Money | RouteRole.AccountChange)];

    public override string Scenario => "skipped_steps";

    public override bool NeedsSignIn => true;

    public override string DrawAgent() => Clients.UserAgents.Browser(Random);

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_deep);
        World.Write(ref request, route, source.Visit);
        double u = Random.Uniform();
        request.Status = u < 0.2 ? (short)409 : u < 0.35 ? (short)422 : (short)0;
        return route;
    }
}
