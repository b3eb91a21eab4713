using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>One account takes out far more than it ever reads: exports and documents, large answers.</summary>
internal sealed class ExfiltrationScript(World world, Intensity intensity) : AttackScript(world, intensity)
{
    private readonly Route[] _routes = [.. world.Api.With(RouteRole.Export), .. world.Api.With(RouteRole.Object).OrderByDescending(r => r.MedianBytes).Take(1), world.Api.First(RouteRole.Export)];
    private readonly double _volume = intensity switch { Intensity.Easy => 12, Intensity.Medium => 5, _ => 2 } * world.Random.LogNormal(1, 0.3);

    public override string Scenario => "bulk_download";

    public override bool NeedsSignIn => true;

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_routes);
        World.Write(ref request, route, source.Visit);
        request.ResponseBytes = (long)Random.LogNormal(route.MedianBytes * _volume, 0.4);
        return route;
    }
}
