using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Copies the catalogue: lists page by page, public objects one after another, no pictures, no pauses for reading.</summary>
internal sealed class ScrapingScript : AttackScript
{
    private readonly Route[] _lists;
    private readonly Route? _object;
    private readonly bool _rotatesAgents;
    private long _next;

    public ScrapingScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        var lists = Api.With(RouteRole.List).Where(r => r.Method == "GET").ToArray();
        var openLists = lists.Where(r => !r.NeedsLogin).ToArray();
        _lists = openLists.Length > 0 ? openLists : lists;
        var open = Api.With(RouteRole.Object).Where(r => r.Object is { IsOwned: false } && !r.NeedsLogin).ToArray();
        _object = open.Length > 0 ? Random.Pick(open) : null;
        _rotatesAgents = intensity != Intensity.Easy && Random.Chance(0.5);
        _next = Random.Next(500);
    }

    public override string Scenario => _rotatesAgents ? "rotating_agents" : "catalogue";

    public override string DrawAgent() => Intensity == Intensity.Easy ? UserAgents.Library(Random) : UserAgents.Browser(Random);

    public override bool NeedsSignIn => _lists.Any(r => r.NeedsLogin);

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        if (_rotatesAgents && Random.Chance(0.2)) source.Visit.UserAgent = UserAgents.Browser(Random);
        bool isList = _object is null || _next % 25 == 0;
        var route = isList ? _lists[(int)(_next / 25 % _lists.Length)] : _object!;
        if (!isList) source.Visit.Pin(_object!.Object!, _next % _object.Object!.Count);
        World.Write(ref request, route, source.Visit);
        source.Visit.IsPinned = false;
        _next++;
        request.Status = Random.Chance(0.01) ? (short)404 : Intensity == Intensity.Easy && Random.Chance(0.03) ? (short)429 : (short)0;
        return route;
    }
}
