using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Few requests that cost much: huge pages, wide ranges, expensive routes all at once.</summary>
internal sealed class ExhaustionScript(World world, Intensity intensity) : AttackScript(world, intensity)
{
    private static readonly string[] Wide = ["limit=100000", "page_size=1000000", "size=500000", "per_page=99999", "from=1970-01-01&to=2099-12-31", "depth=50", "expand=all.all.all", "include=*", "range=all"];
    private readonly Route[] _routes = world.Api.With(RouteRole.Expensive);

    public override string Scenario => "expensive_requests";

    public override bool NeedsSignIn => _routes.Any(r => r.NeedsLogin);

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_routes);
        World.Write(ref request, route, source.Visit);
        request.Query = request.Query.Length == 0 ? Random.Pick(Wide) : $"{request.Query}&{Random.Pick(Wide)}";
        double u = Random.Uniform();
        request.Status = u < 0.08 ? (short)503 : u < 0.14 ? (short)504 : (short)0;
        request.DurationMicros = (long)Random.LogNormal(route.MedianMicros * 20, 0.6);
        if (u >= 0.14) request.ResponseBytes = (long)Random.LogNormal(route.MedianBytes * 25, 0.5);
        return route;
    }
}
