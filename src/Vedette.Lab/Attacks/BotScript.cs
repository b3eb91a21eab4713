using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>A program that says it is no program: watches a few objects for stock or seats and grabs them, never loads a picture.</summary>
internal sealed class BotScript : AttackScript
{
    private readonly Route _watched;
    private readonly Route[] _grab;
    private readonly ObjectKind? _kind;
    private readonly long[] _objects;

    public BotScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        var open = Api.Routes.Where(r => r.Method == "GET" && !r.Is(RouteRole.Asset | RouteRole.Health) && !r.NeedsLogin && (r.Object is null || !r.Object.IsOwned)).ToArray();
        _watched = Random.Pick(open);
        _grab = [.. Api.Routes.Where(r => r.Method == "POST" && r.Is(RouteRole.Deep | RouteRole.Money))];
        _kind = _watched.Object;
        _objects = [.. Enumerable.Range(0, 3).Select(_ => (long)Random.Next(200))];
    }

    public override string Scenario => Intensity == Intensity.Easy ? "headless" : "scalper";

    public override string DrawAgent() => Intensity == Intensity.Easy ? UserAgents.HeadlessBrowser(Random) : UserAgents.Browser(Random);

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        bool grabs = Random.Chance(0.05);
        var route = grabs ? Random.Pick(_grab) : _watched;
        if (_kind is not null && !grabs) source.Visit.Pin(_kind, Random.Pick(_objects) % _kind.Count);
        World.Write(ref request, route, source.Visit);
        source.Visit.IsPinned = false;
        if (grabs && Random.Chance(0.5)) request.Status = 409;
        return route;
    }
}
