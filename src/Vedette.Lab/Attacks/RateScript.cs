using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Calls one or two routes far above any sensible rate.</summary>
internal sealed class RateScript : AttackScript
{
    private readonly Route[] _routes;
    private readonly double _limitedShare;

    public RateScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        var routes = Api.Routes.Where(r => !r.Is(RouteRole.Asset | RouteRole.Health | RouteRole.Login)).ToArray();
        Random.Shuffle(routes.AsSpan());
        _routes = routes[..Random.Between(1, 2)];
        _limitedShare = Random.Chance(0.5) ? Random.Uniform(0.1, 0.7) : 0;
    }

    public override string Scenario => _limitedShare > 0 ? "limited" : "unlimited";

    public override bool NeedsSignIn => _routes.Any(r => r.NeedsLogin);

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_routes);
        World.Write(ref request, route, source.Visit);
        if (Random.Chance(_limitedShare)) request.Status = 429;
        return route;
    }
}
